//! What is refused: to whom, and for which requests.

use serde_json::json;

use super::{EVENTS, OWNERS, TOKENS, call, demo_owner, get, mint, revoke};
use crate::server::{Server, Setup, shared};

scenarios!(
    refuses_bodies_that_are_not_valid,
    knows_nobody_without_a_good_key,
    says_what_does_not_exist,
    refuses_parameters_that_are_not_valid,
    is_not_on_the_other_listener,
    owns_up_to_a_broken_store,
);

async fn refuses_bodies_that_are_not_valid() {
    let server = shared().await;
    let team = demo_owner(server, "anchorbrowser", "team").await;
    for path in [OWNERS.to_owned(), format!("{OWNERS}/{team}/tokens")] {
        let post = || call(server, "POST", &path);
        post().json(&json!({})).expect(422).await;
        let unknown = json!({"provider": "vtex", "kind": "x", "name": "x", "more": 1});
        post().json(&unknown).expect(422).await;
        post().body("text/plain", "name").expect(415).await;
        post()
            .body("application/json", vec![b' '; 3 << 20])
            .expect(413)
            .await;
    }
    let path = format!("{OWNERS}/no-uuid/tokens");
    call(server, "POST", &path)
        .json(&json!({"name": "x"}))
        .expect(422)
        .await;
}

async fn knows_nobody_without_a_good_key() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (token, another) = mint(&server, &team, &[]).await;
    let own = demo_owner(&server, "specmint", "administration").await;
    let keys = get(&server, TOKENS, &[("owner_id", &own)]).await;
    let key = keys.string("/tokens/0/id");
    let operations = [
        ("GET", "/admin/v1/counts".to_owned()),
        ("GET", OWNERS.to_owned()),
        ("POST", OWNERS.to_owned()),
        ("GET", format!("{OWNERS}/{team}")),
        ("DELETE", format!("{OWNERS}/{team}")),
        ("POST", format!("{OWNERS}/{team}/tokens")),
        ("POST", format!("{OWNERS}/{team}/tokens/revoke")),
        ("GET", TOKENS.to_owned()),
        ("GET", format!("{TOKENS}/{token}")),
        ("POST", format!("{TOKENS}/{token}/revoke")),
        ("GET", EVENTS.to_owned()),
    ];
    for (method, path) in &operations {
        let refused = server.admin.call(method, path).expect(401).await;
        assert!(refused.header("www-authenticate").starts_with("Bearer"));
        let wrong = server.admin.call(method, path).bearer(&another);
        wrong.expect(401).await;
    }
    revoke(&server, &key).await;
    for (method, path) in &operations {
        call(&server, method, path).expect(401).await;
    }
}

async fn says_what_does_not_exist() {
    let server = shared().await;
    let unknown = uuid::Uuid::new_v4();
    for (method, path) in [
        ("GET", format!("{OWNERS}/{unknown}")),
        ("DELETE", format!("{OWNERS}/{unknown}")),
        ("POST", format!("{OWNERS}/{unknown}/tokens/revoke")),
        ("GET", format!("{TOKENS}/{unknown}")),
        ("POST", format!("{TOKENS}/{unknown}/revoke")),
    ] {
        let answer = call(server, method, &path).expect(404).await;
        assert!(answer.string("/detail").contains("no such"));
    }
    let path = format!("{OWNERS}/{unknown}/tokens");
    call(server, "POST", &path)
        .json(&json!({"name": "x"}))
        .expect(404)
        .await;
}

async fn refuses_parameters_that_are_not_valid() {
    let server = shared().await;
    for (method, path) in [
        ("GET", "/admin/v1/owners/x"),
        ("DELETE", "/admin/v1/owners/x"),
        ("POST", "/admin/v1/owners/x/tokens/revoke"),
        ("GET", "/admin/v1/tokens/x"),
        ("POST", "/admin/v1/tokens/x/revoke"),
    ] {
        call(server, method, path).expect(400).await;
    }
    for path in [OWNERS, TOKENS, EVENTS] {
        for query in [
            ("limit", "0"),
            ("limit", "201"),
            ("cursor", "x"),
            ("provider", "nobody"),
            ("search", ""),
        ] {
            let answer = call(server, "GET", path).query(&[query]).expect(400).await;
            assert!(answer.text().contains(query.0), "{}", answer.text());
        }
    }
    for (path, query) in [(TOKENS, ("state", "lost")), (EVENTS, ("action", "lost"))] {
        call(server, "GET", path).query(&[query]).expect(400).await;
    }
}

async fn is_not_on_the_other_listener() {
    let server = shared().await;
    let url = format!("{}{OWNERS}", server.client.base());
    let asked = reqwest::Client::new()
        .get(url)
        .bearer_auth(&server.admin_key);
    assert_eq!(asked.send().await.expect("an answer").status(), 404);
    let contract = server.admin.get("/openapi/specmint.yaml").expect(200).await;
    assert!(contract.text().contains("listOwners"));
    server.admin.get("/openapi/specmint.json").expect(200).await;
    server.admin.get("/readyz").expect(200).await;
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (token, _) = mint(&server, &team, &[]).await;
    server.break_store().await;
    for (method, path) in [
        ("GET", "/admin/v1/counts".to_owned()),
        ("GET", OWNERS.to_owned()),
        ("DELETE", format!("{OWNERS}/{team}")),
        ("POST", format!("{OWNERS}/{team}/tokens/revoke")),
        ("GET", TOKENS.to_owned()),
        ("POST", format!("{TOKENS}/{token}/revoke")),
        ("GET", EVENTS.to_owned()),
        ("GET", format!("{OWNERS}/{}", uuid::Uuid::new_v4())),
        ("GET", format!("{TOKENS}/{}", uuid::Uuid::new_v4())),
    ] {
        call(&server, method, &path).expect(500).await;
    }
    let new = json!({"provider": "anchorbrowser", "kind": "team", "name": "x"});
    call(&server, "POST", OWNERS).json(&new).expect(500).await;
    let path = format!("{OWNERS}/{}/tokens", uuid::Uuid::new_v4());
    call(&server, "POST", &path)
        .json(&json!({"name": "x"}))
        .expect(500)
        .await;
}
