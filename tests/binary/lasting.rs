//! What was answered is kept: through a stop, a restart, and a kill.

use serde_json::Value;

use crate::process::{Place, anchorbrowser, at, beyond_identity, http, infisical};

#[test]
fn all_keys_work_after_a_restart() {
    let place = Place::new();
    let demo = place.demo();
    for _ in 0..2 {
        let serving = place.serve(&[]);
        assert_eq!(anchorbrowser(&serving.url, &demo), 201);
        assert_eq!(beyond_identity(&serving.url, &demo), 200);
        assert_eq!(
            infisical(&serving.url, &demo, at(&demo, "/infisical/access_token")).0,
            200
        );
        serving.stop();
    }
}

#[test]
fn an_answered_mint_outlives_a_kill() {
    let place = Place::new();
    let demo = place.demo();
    let mut tokens: Vec<String> = Vec::new();
    for _ in 0..3 {
        let mut serving = place.serve(&[]);
        for token in &tokens {
            assert_eq!(
                infisical(&serving.url, &demo, token).0,
                200,
                "a minted token is gone"
            );
        }
        let (status, body) = infisical(&serving.url, &demo, at(&demo, "/infisical/access_token"));
        assert_eq!(status, 200);
        let body: Value = serde_json::from_str(&body).expect("JSON");
        tokens.push(at(&body, "/accessToken").to_owned());
        serving.signal("KILL");
        assert!(!serving.ended().success());
    }
}

#[test]
fn what_was_revoked_stays_revoked() {
    let place = Place::new();
    let demo = place.demo();
    let it = |name: &str| at(&demo, &format!("/beyond_identity/{name}")).to_owned();
    let base = format!(
        "/v1/tenants/{}/realms/{}/applications/{}",
        it("tenant_id"),
        it("realm_id"),
        it("application_id")
    );
    let basic =
        |call: reqwest::RequestBuilder| call.basic_auth(it("client_id"), Some(it("client_secret")));
    let mut serving = place.serve(&[]);
    let target = format!("{}{base}/token", serving.url);
    let form = [("grant_type", "client_credentials")];
    let (status, body) = http(|client| basic(client.post(target)).form(&form));
    assert_eq!(status, 200, "{body}");
    let body: Value = serde_json::from_str(&body).expect("JSON");
    let token = at(&body, "/access_token");
    let opens = |url: &str| {
        let target = format!("{url}{base}/revoke");
        http(|client| {
            client
                .post(target)
                .bearer_auth(token)
                .form(&[("token", "none")])
        })
        .0
    };
    assert_eq!(opens(&serving.url), 200);
    let target = format!("{}{base}/revoke", serving.url);
    assert_eq!(
        http(|client| basic(client.post(target)).form(&[("token", token)])).0,
        200
    );
    serving.signal("KILL");
    serving.ended();
    let serving = place.serve(&[]);
    assert_eq!(opens(&serving.url), 401);
    serving.stop();
}
