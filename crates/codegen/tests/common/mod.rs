//! Contracts as text, and the code that becomes of them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a test stops at the first surprise, and not each needs everything here"
)]

use specmint_codegen::{dialect, emit, ir, load, overlay, resolve};

/// The code of a contract.
pub fn code(contract: &str) -> String {
    emit::emit(&api(contract), emit::Options::default()).unwrap()
}

/// A contract with every decision taken.
pub fn api(contract: &str) -> ir::Api {
    let document = load::text("contract.yaml", contract).unwrap();
    let lowered = dialect::lower(overlay::apply(document, &[]).unwrap()).unwrap();
    let resolved = resolve::resolve(&lowered).unwrap_or_else(|found| panic!("{found}"));
    resolved.api
}
