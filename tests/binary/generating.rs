//! `specmint generate`, `overlay` and `explain`.

use std::fs;
use std::process::Output;

use serde_json::Value;

use crate::process::{Place, text};

const CONTRACT: &str = "openapi: 3.0.3
info: { title: Shop, version: 1.0.0 }
paths:
  /things:
    get:
      operationId: things
      responses: { '204': { description: Done. } }
";

fn place() -> Place {
    let place = Place::new();
    fs::write(place.path("shop.yaml"), CONTRACT).expect("a file");
    place
}

fn succeeded(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn a_crate_is_written_and_compared() {
    let place = place();
    let generate =
        |more: &[&str]| place.run(&[&["generate", "shop.yaml", "--out", "api"], more].concat());
    let output = generate(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!place.path("api").exists());
    let output = generate(&[]);
    assert!(
        text(&output.stderr).contains("not on crates.io yet"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(
        succeeded(&output),
        "`api`: 5 files written, 0 as they were, 0 removed\n"
    );
    assert_eq!(
        succeeded(&generate(&[])),
        "`api`: 0 files written, 5 as they were, 0 removed\n"
    );
    assert_eq!(succeeded(&generate(&["--check"])), "");
    fs::write(place.path("api/src/lib.rs"), "mine").expect("a file");
    let output = generate(&["--check"]);
    let complaint = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        complaint.contains("`src/lib.rs` holds something else"),
        "{complaint}"
    );
    assert_eq!(
        fs::read_to_string(place.path("api/src/lib.rs")).expect("a file"),
        "mine"
    );
    let output = place.run(&["generate", "shop.yaml", "--out", "."]);
    assert!(
        text(&output.stderr).contains("did not write"),
        "{}",
        text(&output.stderr)
    );
    assert!(!place.path("Cargo.toml").exists());
}

#[test]
fn what_is_wrong_is_told_to_people_and_to_programs() {
    let place = place();
    let wrong = CONTRACT.replace("responses", "responces");
    fs::write(place.path("wrong.yaml"), wrong).expect("a file");
    let output = place.run(&["generate", "wrong.yaml", "--out", "api"]);
    let complaint = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint.contains(" --> wrong.yaml:7:7\n"), "{complaint}");
    assert!(
        complaint.contains("did you mean `responses`?"),
        "{complaint}"
    );
    assert!(!complaint.contains('\u{1b}'), "{complaint}");
    let output = place.run(&["generate", "wrong.yaml", "--out", "api", "--format", "json"]);
    let lines: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let found = lines.iter().find(|line| line["code"] == "unknown-field");
    assert_eq!(
        found.map(|found| &found["line"]),
        Some(&Value::from(7)),
        "{lines:?}"
    );
    assert!(!place.path("api").exists());
}

#[test]
fn an_overlay_is_applied() {
    let place = place();
    let overlay = "overlay: 1.0.0\ninfo: { title: Ours, version: '1' }\nactions: [{ target: $.info, update: { title: Ours } }]\n";
    fs::write(place.path("overlay.yaml"), overlay).expect("a file");
    let yaml = succeeded(&place.run(&["overlay", "shop.yaml", "overlay.yaml"]));
    assert!(
        yaml.contains("title: Ours\n") && yaml.contains("openapi: \"3.0.3\"\n"),
        "{yaml}"
    );
    let json = succeeded(&place.run(&["overlay", "shop.yaml", "overlay.yaml", "--json"]));
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["info"]["title"], "Ours");
}

#[test]
fn a_code_is_explained() {
    let place = Place::new();
    let said = succeeded(&place.run(&["explain", "dangling-ref"]));
    assert_eq!(said, "dangling-ref: A `$ref` points at nothing.\n");
    let output = place.run(&["explain", "nothing"]);
    assert_eq!(output.status.code(), Some(1));
}
