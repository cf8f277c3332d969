//! The pages of `docs/` that are made from the code's own tables are current. `make pages` writes them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::path::Path;

use specmint_codegen::{diagnostic, dialect};

fn is_current(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name);
    if std::env::var_os("SPECMINT_PAGES").is_some_and(|it| it == "write") {
        fs::write(&path, made).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == made,
        "docs/{name} is not current: run `make pages`"
    );
}

#[test]
fn every_code_is_documented() {
    is_current("diagnostics.md", &diagnostic::page());
}

#[test]
fn every_field_has_its_standing() {
    is_current("openapi-support.md", &dialect::support_page());
}
