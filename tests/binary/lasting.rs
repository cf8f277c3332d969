//! What was answered is kept: through a stop, a restart, and a kill.

use serde_json::Value;

use crate::process::{Place, anchorbrowser, at, beyond_identity, infisical};

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
