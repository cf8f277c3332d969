//! Secrets are shown once and kept nowhere: not in the log, not in the database, not in the key file.

use serde_json::json;

use crate::beyond_identity::flow;
use crate::server::{Server, Setup};
use crate::{logs, secrets};

scenarios!(
    no_secret_is_logged_or_stored,
    no_query_or_body_is_logged,
    the_key_file_is_its_owner_s_alone,
);

async fn no_secret_is_logged_or_stored() {
    let server = Server::start(Setup::default()).await;
    let anchor = server
        .client
        .post(&format!(
            "/v1/applications/{}/tokens",
            server.demo("/anchorbrowser/application_id")
        ))
        .header("anchor-api-key", server.demo("/anchorbrowser/api_key"))
        .json(&json!({"callbackUrl": "https://example.com/"}));
    anchor.expect(201).await;
    let demo = flow::demo(&server);
    let code = demo.code(&server).await;
    let token = demo
        .redeem(&server, &code)
        .expect(200)
        .await
        .string("/access_token");
    let kept = secrets::count();
    assert!(kept >= 6, "only {kept} secrets are known");
    for secret in [
        server.demo("/anchorbrowser/api_key"),
        server.demo("/beyond_identity/client_secret"),
        server.demo("/infisical/access_token"),
        server.demo("/applivery/api_key"),
        &code,
        &token,
    ] {
        assert!(!server.database_holds(secret).await, "a secret is stored");
    }
    server.stop().await;
    assert_eq!(
        secrets::found_under(server.directory()),
        Vec::<String>::new()
    );
    assert!(secrets::found_in(&logs::captured()).is_empty());
}

async fn no_query_or_body_is_logged() {
    let server = Server::start(Setup::default()).await;
    let marker = "a-marker-that-nobody-should-log";
    let demo = flow::demo(&server);
    demo.authorize(&server, &[("state", marker)])
        .expect(200)
        .await;
    demo.token_by_basic(&server, &[("grant_type", marker), ("scope", marker)])
        .expect(400)
        .await;
    let body = json!({"applicationId": marker, "returnUrl": marker});
    let answer = server
        .client
        .post("/authorization/token")
        .json(&body)
        .expect(400)
        .await;
    assert!(!answer.text().contains(marker));
    let query = [(marker, marker)];
    server
        .client
        .get("/nothing")
        .query(&query)
        .expect(404)
        .await;
    let log = String::from_utf8_lossy(&logs::captured()).into_owned();
    assert!(
        log.contains("/authorization/token"),
        "nothing is logged at all"
    );
    let lines: Vec<&str> = log.lines().filter(|line| line.contains(marker)).collect();
    assert!(lines.is_empty(), "{lines:#?}");
}

async fn the_key_file_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Server::start(Setup::default()).await;
    let key = server.directory().join("specmint.db.key");
    let mode = std::fs::metadata(key)
        .expect("a key file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}
