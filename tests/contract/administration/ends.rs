//! What ends with an owner or a token at Beyond Identity, although it does not stand below it.

use serde_json::{Value, json};

use super::{EVENTS, OWNERS, TOKENS, call, demo_owner, get, revoke};
use crate::beyond_identity::flow::{self, Application, DELETE, assert_error};
use crate::secrets;
use crate::server::{Server, Setup};

scenarios!(
    a_deleted_person_s_tokens_are_revoked,
    all_tokens_of_a_person_are_revoked,
    with_a_refresh_token_its_access_tokens_end,
    a_client_is_not_deleted_without_its_application,
    the_clients_of_what_is_deleted_are_gone_and_the_demo_makes_others,
);

/// The person as whom the demo's applications are approved.
async fn ada(server: &Server) -> String {
    let found = get(server, OWNERS, &[("search", "ada@example.com")]).await;
    found.string("/owners/0/id")
}

/// The states of all tokens of a kind.
async fn states(server: &Server, kind: &str) -> Vec<String> {
    let query = [("provider", "beyond-identity"), ("kind", kind)];
    let listed = get(server, TOKENS, &query).await.json();
    let tokens = listed["tokens"].as_array().expect("a list").iter();
    let state = |token: &Value| token["state"].as_str().expect("a state").to_owned();
    tokens.map(state).collect()
}

async fn a_deleted_person_s_tokens_are_revoked() {
    let server = Server::start(Setup::default()).await;
    let (demo, public) = (flow::demo(&server), flow::public_demo(&server));
    let access = demo.tokens(&server, DELETE).await.string("/access_token");
    public.tokens(&server, "openid").await;
    let own = demo.access_token(&server, DELETE).await;
    let path = format!("{OWNERS}/{}", ada(&server).await);
    call(&server, "DELETE", &path).expect(204).await;
    assert!(!demo.opens(&server, &access).await);
    assert!(demo.opens(&server, &own).await);
    assert_eq!(states(&server, "refresh_token").await, ["revoked"]);
    let access = states(&server, "access_token").await;
    assert_eq!(access, ["active", "revoked", "revoked"]);
    let events = get(&server, EVENTS, &[("action", "revoked")]).await.json();
    assert_eq!(events["events"].as_array().map(Vec::len), Some(3));
}

async fn all_tokens_of_a_person_are_revoked() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let access = demo.tokens(&server, DELETE).await.string("/access_token");
    let path = format!("{OWNERS}/{}/tokens/revoke", ada(&server).await);
    let revoked = call(&server, "POST", &path).expect(200).await.json();
    assert_eq!(revoked, json!({"revoked": 1}));
    assert!(!demo.opens(&server, &access).await);
    // The person may approve again.
    let access = demo.tokens(&server, DELETE).await.string("/access_token");
    assert!(demo.opens(&server, &access).await);
}

async fn with_a_refresh_token_its_access_tokens_end() {
    let server = Server::start(Setup::default()).await;
    let public = flow::public_demo(&server);
    let tokens = public.tokens(&server, "openid").await;
    let found = get(&server, TOKENS, &[("kind", "refresh_token")]).await;
    revoke(&server, &found.string("/tokens/0/id")).await;
    let call = server.client.get(&public.path("userinfo"));
    let call = call.bearer(&tokens.string("/access_token"));
    assert_error(&call.expect(401).await, "invalid_token");
}

async fn a_client_is_not_deleted_without_its_application() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let query = [("kind", "client"), ("search", demo.client_id.as_str())];
    let client = get(&server, OWNERS, &query).await.string("/owners/0/id");
    let path = format!("{OWNERS}/{client}");
    let refused = call(&server, "DELETE", &path).expect(409).await;
    assert!(refused.string("/detail").contains("its application"));
    demo.access_token(&server, DELETE).await;
}

async fn the_clients_of_what_is_deleted_are_gone_and_the_demo_makes_others() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    for kind in ["application", "realm", "tenant"] {
        let owner = match kind {
            // The newest is the public one; the management application was made first.
            "application" => demo_owner(&server, "beyond-identity", kind).await,
            _ => {
                let query = [("provider", "beyond-identity"), ("kind", kind)];
                get(&server, OWNERS, &query).await.string("/owners/0/id")
            }
        };
        let path = format!("{OWNERS}/{owner}");
        call(&server, "DELETE", &path).expect(204).await;
        let query = [("kind", "client"), ("search", &demo.client_id)];
        let clients = get(&server, OWNERS, &query).await.json();
        assert_eq!(clients["owners"], json!([]), "{kind}");

        let made = specmint_server::demo::make(&server.store).await;
        let made = serde_json::to_value(made.expect("a demo").demo).expect("JSON");
        let member = |name: &str| {
            let value = &made["beyond_identity"][name];
            value.as_str().expect("a text").to_owned()
        };
        secrets::keep(&member("client_secret"));
        for of_another in [
            "/anchorbrowser/api_key",
            "/infisical/access_token",
            "/applivery/api_key",
        ] {
            let secret = made.pointer(of_another).and_then(Value::as_str);
            secret.map(secrets::keep);
        }
        let again = Application {
            tenant: member("tenant_id"),
            realm: member("realm_id"),
            id: member("application_id"),
            client_id: member("client_id"),
            secret: Some(member("client_secret")),
            redirect_uri: member("redirect_uri"),
        };
        again.access_token(&server, DELETE).await;
        let code = again.code(&server).await;
        again.redeem(&server, &code).expect(200).await;
    }
}
