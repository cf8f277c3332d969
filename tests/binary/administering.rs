//! `specmint admin`, while a server runs on the same database.

use serde_json::Value;

use crate::process::{Place, at, http, text};

/// What a command prints as JSON.
fn json(place: &Place, arguments: &[&str]) -> Value {
    let arguments = [&["admin"], arguments, &["--json"]].concat();
    let output = place.run(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn an_identity_of_infisical_is_made_used_and_revoked() {
    let place = Place::new();
    let serving = place.serve(&[]);
    let new = [
        "create",
        "infisical",
        "organization",
        "--name",
        "Field Tools",
    ];
    let organization = json(&place, &new);
    let parent = at(&organization, "/owner/id");
    let new = [
        "create",
        "infisical",
        "identity",
        "--name",
        "CI",
        "--parent",
        parent,
    ];
    let identity = json(&place, &new);
    let identity = at(&identity, "/owner/id");
    let made = json(&place, &["mint", identity, "--name", "build"]);
    let call = || {
        let target = format!("{}/api/v1/identities/details", serving.url);
        http(|client| client.get(target).bearer_auth(at(&made, "/secret"))).0
    };
    assert_eq!(call(), 200);
    let listed = json(&place, &["tokens", "--owner", identity]);
    assert_eq!(at(&listed, "/tokens/0/name"), "build");
    let revoked = json(&place, &["revoke", at(&made, "/token/id")]);
    assert_eq!(at(&revoked, "/state"), "revoked");
    // Another process's change is noticed within a quarter of a second.
    crate::process::eventually("the token is refused", || call() == 401);
    serving.stop();
}

#[test]
fn what_is_not_made_here_says_how_it_comes_about() {
    let place = Place::new();
    place.demo();
    let refused = place.run(&["admin", "create", "vtex", "merchant", "--name", "x"]);
    assert!(!refused.status.success());
    let said = text(&refused.stderr);
    assert!(said.contains("merchants sign up"), "{said}");
}
