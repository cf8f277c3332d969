//! Calls as a team makes them, and what all operations have in common.

use serde_json::{Value, json};

use crate::client::{Answer, Call};
use crate::server::Server;

pub const PASSWORD: &str = "correct-horse-battery-staple-7c1e";
pub const TOTP_SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// A request of the team that `key` belongs to.
pub fn call_by(server: &Server, key: &str, method: &str, path: &str) -> Call {
    let call = server.client.call(method, path);
    call.header("anchor-api-key", key)
}

/// A request of the demo's team.
pub fn call(server: &Server, method: &str, path: &str) -> Call {
    call_by(server, server.demo("/anchorbrowser/api_key"), method, path)
}

/// The path of what stands below an application.
pub fn below(application: &str, rest: &str) -> String {
    format!("/v1/applications/{application}{rest}")
}

/// A new application of the demo's team at `source`: its id.
pub async fn application(server: &Server, source: &str) -> String {
    let body = json!({ "source": source });
    let made = call(server, "POST", "/v1/applications").json(&body);
    made.expect(201).await.string("/id")
}

/// A new flow: its id.
pub async fn auth_flow(server: &Server, application: &str, body: &Value) -> String {
    let made = call(server, "POST", &below(application, "/auth-flows")).json(body);
    made.expect(201).await.string("/id")
}

/// A new identity of the demo's team: its id.
pub async fn identity(server: &Server, body: &Value) -> String {
    let made = call(server, "POST", "/v1/identities").json(body);
    made.expect(201).await.string("/id")
}

/// A new identity token.
pub async fn identity_token(server: &Server, application: &str, callback: &str) -> String {
    let body = json!({ "callbackUrl": callback });
    let made = call(server, "POST", &below(application, "/tokens")).json(&body);
    made.expect(201).await.string("/token")
}

/// A site that no other scenario has.
pub fn new_site() -> String {
    format!("https://site-{}.example.com", uuid::Uuid::new_v4())
}

pub fn username_password() -> Value {
    json!({"type": "username_password", "username": "ada", "password": PASSWORD})
}

/// The documented error body: its code is the status, its message is there.
pub fn assert_error(answer: &Answer, status: u16) {
    assert_eq!(answer.json()["error"]["code"], json!(status));
    assert!(!answer.string("/error/message").is_empty());
}

/// The names of the things in a list.
pub fn names(list: &Value) -> Vec<&str> {
    let items = list.as_array().expect("a list");
    items
        .iter()
        .map(|item| item["name"].as_str().expect("a name"))
        .collect()
}
