//! Contracts as text, and the code that becomes of them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use specmint_codegen::{dialect, emit, load, overlay, resolve};

/// The code of a contract.
pub fn code(contract: &str) -> String {
    let document = load::text("contract.yaml", contract).unwrap();
    let lowered = dialect::lower(overlay::apply(document, &[]).unwrap()).unwrap();
    let resolved = resolve::resolve(&lowered).unwrap_or_else(|found| panic!("{found}"));
    emit::emit(&resolved.api).unwrap()
}
