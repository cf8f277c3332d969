//! `specmint demo`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::process::{Place, anchorbrowser, at, beyond_identity, eventually, infisical, text};

/// The names of all members, with those of the objects within.
fn names(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        for inner in names(member) {
            found.insert(format!("{name}.{inner}"));
        }
        if !member.is_object() {
            found.insert(name.clone());
        }
    }
    found
}

#[test]
fn prints_exactly_the_documented_members() {
    let expected = json!({
        "anchorbrowser": {"api_key": "", "application_id": ""},
        "infisical": {"access_token": "", "identity_id": "", "organization_id": ""},
        "applivery": {"api_key": "", "organization_id": "", "organization_slug": "", "application_id": "", "application_slug": ""},
        "beyond_identity": {"tenant_id": "", "realm_id": "", "application_id": "", "client_id": "", "client_secret": "",
            "redirect_uri": "", "public_application_id": "", "public_client_id": ""},
        "vtex": {"application_id": ""},
    });
    let place = Place::new();
    let output = place.run(&["demo", "--json"]);
    assert!(output.status.success());
    assert_eq!(text(&output.stdout).trim_end().lines().count(), 1);
    let demo: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(names(&demo), names(&expected));
    for name in names(&demo) {
        let pointer = format!("/{}", name.replace('.', "/"));
        assert!(!at(&demo, &pointer).is_empty(), "{name} is empty");
    }
    assert_eq!(at(&demo, "/vtex/application_id"), "vtex");
    assert!(text(&output.stderr).is_empty(), "{}", text(&output.stderr));
}

#[test]
fn asked_again_makes_new_keys_for_the_same_objects_and_says_so() {
    let place = Place::new();
    let first = place.demo();
    let output = place.run(&["demo", "--json"]);
    assert!(output.status.success());
    let second: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let complaint = text(&output.stderr);
    assert!(complaint.contains("new keys"), "{complaint}");
    let secret = ["api_key", "access_token", "client_secret"];
    for name in names(&first) {
        let pointer = format!("/{}", name.replace('.', "/"));
        let is_secret = secret.iter().any(|secret| name.ends_with(secret));
        assert_eq!(
            at(&first, &pointer) != at(&second, &pointer),
            is_secret,
            "{name}"
        );
    }
}

#[test]
fn without_json_it_prints_commands_for_people() {
    let place = Place::new();
    let output = place.run(&["demo"]);
    assert!(output.status.success());
    let said = text(&output.stdout);
    assert!(said.matches("curl ").count() >= 5, "{said}");
    assert!(said.contains("http://127.0.0.1:8080/"));
}

#[test]
fn a_second_process_adds_keys_while_the_first_serves() {
    let place = Place::new();
    let serving = place.serve(&[]);
    // The banner ends with the last API: its own objects are made.
    serving.says("/authorization/token");
    let demo = place.demo();
    assert_eq!(anchorbrowser(&serving.url, &demo), 201);
    assert_eq!(
        infisical(&serving.url, &demo, at(&demo, "/infisical/access_token")).0,
        200
    );
    // The running server may have the old secret's digest at hand for a moment.
    eventually("the new client secret works", || {
        beyond_identity(&serving.url, &demo) == 200
    });
    let again = place.demo();
    assert_eq!(anchorbrowser(&serving.url, &again), 201);
    assert_eq!(
        anchorbrowser(&serving.url, &demo),
        201,
        "the older key still works"
    );
    eventually("the newer client secret works", || {
        beyond_identity(&serving.url, &again) == 200
    });
    eventually("the older client secret stops", || {
        beyond_identity(&serving.url, &demo) == 401
    });
    serving.stop();
}

#[test]
fn several_at_once_make_one_set() {
    let place = Place::new();
    // One after the other the first time is `make once`; here many race for it.
    let children: Vec<_> = (0..4)
        .map(|_| {
            let mut command = place.command(&["demo", "--json"]);
            command
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .expect("the binary runs")
        })
        .collect();
    let mut ids = BTreeSet::new();
    for child in children {
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.success(), "{}", text(&output.stderr));
        let demo: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        ids.insert(at(&demo, "/anchorbrowser/application_id").to_owned());
        ids.insert(at(&demo, "/beyond_identity/application_id").to_owned());
    }
    assert_eq!(ids.len(), 2, "several sets were made");
}
