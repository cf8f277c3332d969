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

#[test]
fn a_deletion_tells_what_went_and_minds_protection() {
    let place = Place::new();
    place.demo();
    let make = |new: &[&str]| {
        let made = json(&place, &[&["create", "infisical"], new].concat());
        at(&made, "/owner/id").to_owned()
    };
    let organization = make(&["organization", "--name", "Field Tools"]);
    let identity = make(&["identity", "--name", "CI", "--parent", &organization]);
    json(&place, &["mint", &identity, "--name", "build"]);
    let deleted = place.run(&["admin", "delete", &organization]);
    assert!(deleted.status.success());
    let said = text(&deleted.stderr);
    let told = r#"deleted "Field Tools", with 1 identity below it; gone with it: 1 active token"#;
    assert!(said.contains(told), "{said}");

    // Comes with its tenant, which nobody else could manage.
    let managed = json(&place, &["owners", "--search", "Management"]);
    let managed = at(&managed, "/owners/0/id");
    let refused = place.run(&["admin", "delete", managed]);
    assert!(!refused.status.success());
    let said = text(&refused.stderr);
    assert!(said.contains("say --force"), "{said}");
    let forced = place.run(&["admin", "delete", managed, "--force"]);
    assert!(forced.status.success(), "{}", text(&forced.stderr));
}

#[test]
fn a_key_may_be_good_for_days() {
    let place = Place::new();
    place.demo();
    let made = json(&place, &["key", "--days", "30"]);
    let (made_at, ends) = (
        at(&made, "/token/created_at"),
        at(&made, "/token/expires_at"),
    );
    let [made_at, ends] = [made_at, ends]
        .map(|time| chrono::DateTime::parse_from_rfc3339(time).expect("a date-time"));
    assert_eq!((ends - made_at).num_days(), 30);
    let refused = place.run(&["admin", "key", "--days", "0"]);
    assert!(!refused.status.success());
}

#[test]
fn the_trail_is_narrowed_by_time() {
    let place = Place::new();
    place.demo();
    let events = |arguments: &[&str]| {
        let found = json(&place, &[&["events"], arguments].concat());
        found["events"].as_array().expect("a list").len()
    };
    let all = events(&[]);
    assert!(all > 0);
    assert_eq!(events(&["--since", "2000-01-01"]), all);
    assert_eq!(events(&["--until", "2000-01-01"]), 0);
    assert_eq!(events(&["--since", "2999-12-31T00:00:00Z"]), 0);
    let refused = place.run(&["admin", "events", "--since", "yesterday"]);
    let said = text(&refused.stderr);
    assert!(said.contains("write a day as 2026-11-22"), "{said}");
}
