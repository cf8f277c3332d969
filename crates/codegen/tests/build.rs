//! What a build script gets.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;

use specmint_codegen::diagnostic::Diagnostic;
use specmint_codegen::{Builder, build};

fn contract(folder: &Path, text: &str) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("openapi.yaml"), text).unwrap();
}

#[test]
fn every_folder_becomes_a_module_that_is_written_only_when_it_changes() {
    let (openapi, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    contract(&openapi.path().join("lending"), include_str!("small.yaml"));
    build(openapi.path(), out.path()).unwrap();
    let module = out.path().join("lending/mod.rs");
    let written = fs::metadata(&module).unwrap().modified().unwrap();
    for beside in ["contract.json", "contract.yaml", "schemas.json"] {
        assert!(
            out.path().join("lending").join(beside).is_file(),
            "{beside}"
        );
    }
    build(openapi.path(), out.path()).unwrap();
    assert_eq!(fs::metadata(&module).unwrap().modified().unwrap(), written);
}

#[test]
fn what_no_contract_stands_behind_is_removed() {
    let (openapi, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for name in ["lending", "returning"] {
        contract(&openapi.path().join(name), include_str!("small.yaml"));
    }
    fs::create_dir(out.path().join("other")).unwrap();
    build(openapi.path(), out.path()).unwrap();
    fs::remove_dir_all(openapi.path().join("returning")).unwrap();
    build(openapi.path(), out.path()).unwrap();
    assert!(out.path().join("lending/mod.rs").is_file());
    assert!(!out.path().join("returning").exists());
    assert!(out.path().join("other").is_dir());
}

#[test]
fn a_folder_without_a_document_is_named() {
    let (openapi, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::create_dir(openapi.path().join("acme")).unwrap();
    fs::create_dir(openapi.path().join(".hidden")).unwrap();
    fs::write(openapi.path().join("README"), "Contracts").unwrap();
    let error = build(openapi.path(), out.path()).unwrap_err().to_string();
    assert!(error.contains("acme` holds no `openapi.yaml`"), "{error}");
    assert!(!error.contains("hidden"), "{error}");
    let error = build(openapi.path().join("nowhere"), out.path()).unwrap_err();
    assert!(error.to_string().contains("nowhere`: "), "{error}");
}

#[test]
fn warnings_of_every_stage_are_told() {
    let openapi = tempfile::tempdir().unwrap();
    let text = include_str!("small.yaml").replacen(
        "      parameters:\n",
        "      parameters:\n        - { name: Accept, in: header, schema: { type: string, minimum: 1 } }\n",
        1,
    );
    contract(openapi.path(), &text);
    let generated = Builder::new(openapi.path().join("openapi.yaml"))
        .generate()
        .unwrap();
    let lines: Vec<String> = generated.warnings.iter().map(Diagnostic::line).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].ends_with("[ineffective-keyword]"), "{lines:?}");
    assert!(lines[1].contains("openapi.yaml:"), "{lines:?}");
    assert!(lines[1].ends_with("[ignored-header]"), "{lines:?}");
}

#[test]
fn overlays_are_applied_and_shown() {
    let (openapi, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = openapi.path().join("lending");
    contract(&folder, include_str!("small.yaml"));
    let overlay = "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions:\n  - target: $.info\n    update: { title: Renting }\n";
    fs::write(folder.join("overlay.yaml"), overlay).unwrap();
    build(openapi.path(), out.path()).unwrap();
    let read = |name: &str| fs::read_to_string(out.path().join("lending").join(name)).unwrap();
    assert!(read("mod.rs").contains("The operations of Renting 1.2.0."));
    assert!(read("contract.yaml").contains("title: Renting"));
    assert!(read("contract.json").contains("\"title\": \"Renting\""));
}

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    let (openapi, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let text = include_str!("small.yaml").replace("- card: []", "- cart: []");
    contract(&openapi.path().join("lending"), &text);
    let error = build(openapi.path(), out.path()).unwrap_err().to_string();
    assert!(error.contains("unknown-security-scheme"), "{error}");
    assert!(error.contains("openapi.yaml:9:"), "{error}");
    assert!(!out.path().join("lending").exists());
}
