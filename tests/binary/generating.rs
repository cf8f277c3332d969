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
fn an_overlay_leaves_references_to_other_files_as_they_are() {
    let place = place();
    let document = CONTRACT.replace(
        "  /things:\n",
        "  /other: { $ref: other.yaml }\n  /things:\n",
    );
    fs::write(place.path("shop.yaml"), document).expect("a file");
    fs::write(place.path("other.yaml"), "get: { operationId: other }\n").expect("a file");
    let overlay = "overlay: 1.0.0\ninfo: { title: Ours, version: '1' }\nactions: [{ target: $.info, update: { title: Ours } }]\n";
    fs::write(place.path("overlay.yaml"), overlay).expect("a file");
    let json = succeeded(&place.run(&["overlay", "shop.yaml", "overlay.yaml", "--json"]));
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["paths"]["/other"]["$ref"], "other.yaml");
    assert!(json.get("components").is_none());
    // What an overlay makes of a reference is followed.
    let overlay = overlay.replace(
        "$.info, update: { title: Ours }",
        "\"$.paths['/other']\", update: { $ref: third.yaml }",
    );
    fs::write(place.path("overlay.yaml"), overlay).expect("a file");
    fs::write(place.path("third.yaml"), "get: { operationId: third }\n").expect("a file");
    fs::remove_file(place.path("other.yaml")).expect("a file");
    succeeded(&place.run(&[
        "generate",
        "shop.yaml",
        "--overlay",
        "overlay.yaml",
        "--out",
        "api",
    ]));
    let code = fs::read_to_string(place.path("api/src/lib.rs")).expect("a file");
    assert!(code.contains("async fn third("), "{code}");
}

#[test]
fn of_many_warnings_of_a_code_people_read_the_first_few() {
    let place = place();
    let tags = "tags: [{ name: a, url: b }, { name: c, url: d }, { name: e, url: f }, { name: g, url: h }]\n";
    fs::write(place.path("shop.yaml"), format!("{CONTRACT}{tags}")).expect("a file");
    let output = place.run(&["generate", "shop.yaml", "--out", "api"]);
    let told = text(&output.stderr);
    assert_eq!(told.matches("warning[unknown-field]").count(), 3, "{told}");
    assert!(
        told.contains("specmint: 1 more warning `unknown-field`"),
        "{told}"
    );
    let output = place.run(&["generate", "shop.yaml", "--out", "api", "--format", "json"]);
    assert_eq!(succeeded(&output).lines().count(), 4);
}

#[test]
fn a_code_is_explained() {
    let place = Place::new();
    let said = succeeded(&place.run(&["explain", "dangling-ref"]));
    assert_eq!(said, "dangling-ref: A `$ref` points at nothing.\n");
    let output = place.run(&["explain", "nothing"]);
    assert_eq!(output.status.code(), Some(1));
}
