//! The administration API: owners, tokens and the trail of all providers.

mod ends;
mod infisical;
mod making;
mod owners;
mod refusals;
mod tokens;

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::client::{Answer, Call};
use crate::secrets;
use crate::server::Server;

const OWNERS: &str = "/admin/v1/owners";
const TOKENS: &str = "/admin/v1/tokens";
const EVENTS: &str = "/admin/v1/events";

fn call(server: &Server, method: &str, path: &str) -> Call {
    let call = server.admin.call(method, path);
    call.bearer(&server.admin_key)
}

async fn get(server: &Server, path: &str, query: &[(&str, &str)]) -> Answer {
    call(server, "GET", path).query(query).expect(200).await
}

pub async fn make(server: &Server, owner: &Value) -> Answer {
    let call = call(server, "POST", OWNERS).json(owner);
    let made = call.expect(201).await;
    if let Some(secret) = made.json()["client_secret"].as_str() {
        secrets::keep(secret);
    }
    made
}

/// Makes a token of an owner: its id and its secret.
pub async fn mint(server: &Server, owner: &str, scopes: &[&str]) -> (String, String) {
    let new = if scopes.is_empty() {
        json!({"name": "made here"})
    } else {
        json!({"name": "made here", "scopes": scopes})
    };
    let path = format!("{OWNERS}/{owner}/tokens");
    let made = call(server, "POST", &path).json(&new).expect(201).await;
    assert_eq!(made.string("/token/state"), "active");
    assert_eq!(made.string("/token/name"), "made here");
    assert_eq!(made.string("/token/owner_id"), owner);
    let secret = made.string("/secret");
    secrets::keep(&secret);
    (made.string("/token/id"), secret)
}

/// The one owner of a provider and kind that the demo made.
async fn demo_owner(server: &Server, provider: &str, kind: &str) -> String {
    let query = [("provider", provider), ("kind", kind)];
    let found = get(server, OWNERS, &query).await.json();
    let owners = found["owners"].as_array().expect("owners");
    // Newest first: the demo's is the oldest.
    let owner = owners.last().expect("the demo's");
    owner["id"].as_str().expect("an id").to_owned()
}

async fn revoke(server: &Server, token: &str) -> Answer {
    let path = format!("{TOKENS}/{token}/revoke");
    call(server, "POST", &path).expect(200).await
}

fn anchorbrowser(server: &Server, key: &str) -> Call {
    let application = server.demo("/anchorbrowser/application_id");
    server
        .client
        .post(&format!("/v1/applications/{application}/tokens"))
        .header("anchor-api-key", key)
        .json(&json!({"callbackUrl": "https://app.example.com/"}))
}

fn post(server: &Server, path: &str, body: &Value) -> Call {
    call(server, "POST", path).json(body)
}

/// The scenarios of the administration.
pub fn trials() -> Vec<Trial> {
    [
        ends::trials(),
        owners::trials(),
        tokens::trials(),
        making::trials(),
        infisical::trials(),
        refusals::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
