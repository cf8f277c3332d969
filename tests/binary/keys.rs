//! `specmint keys`, while a server runs on the same database.

use serde_json::Value;

use crate::process::{Place, at, beyond_identity, eventually, http, text};

/// The `kid`s that the server publishes, the one that signs first.
fn kids(url: &str, demo: &Value) -> Vec<String> {
    let it = |name: &str| at(demo, &format!("/beyond_identity/{name}"));
    let target = format!(
        "{url}/v1/tenants/{}/realms/{}/applications/{}/.well-known/jwks.json",
        it("tenant_id"),
        it("realm_id"),
        it("application_id")
    );
    let (status, body) = http(|client| client.get(target));
    assert_eq!(status, 200, "{body}");
    let body: Value = serde_json::from_str(&body).expect("JSON");
    let keys = body["keys"].as_array().expect("keys");
    keys.iter().map(|key| at(key, "/kid").to_owned()).collect()
}

#[test]
fn a_rotation_is_seen_by_a_running_server() {
    let place = Place::new();
    let demo = place.demo();
    let serving = place.serve(&[]);
    let before = kids(&serving.url, &demo);
    assert_eq!(before.len(), 1);
    let rotated = place.run(&["keys", "rotate"]);
    assert!(rotated.status.success(), "{}", text(&rotated.stderr));
    eventually("the new key is published", || {
        kids(&serving.url, &demo).len() == 2
    });
    let after = kids(&serving.url, &demo);
    assert_eq!(after.last(), before.first());
    let said = text(&rotated.stdout);
    assert!(said.contains(&after[0]), "{said}");
    assert!(
        said.contains(" UTC"),
        "until when the other is good: {said}"
    );
    assert_eq!(beyond_identity(&serving.url, &demo), 200);
    serving.stop();
}
