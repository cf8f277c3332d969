//! What each role may do, and that organizations know nothing of each other.

use serde_json::{Value, json};

use super::world::{
    Foreign, Identity, TokenAuth, assert_error, foreign, id_of, identity, identity_path, mint,
    probe, token_auth_path, token_of, token_path, tokens_path,
};
use crate::client::Call;
use crate::server::{Server, shared};

scenarios!(
    members_see_everything_and_change_nothing_but_tokens,
    members_have_no_power_over_administrators_tokens,
    without_access_nothing_is_seen,
    organizations_know_nothing_of_each_other,
);

/// Every operation on an identity and its token that one may be permitted, with what it is called.
fn all(identity: &str, token: &str) -> Vec<(&'static str, &'static str, String, Option<Value>)> {
    let token_auth = token_auth_path(identity);
    let token = token_path(token);
    vec![
        ("read", "GET", identity_path(identity), None),
        ("read", "GET", token_auth.clone(), None),
        ("get-token", "GET", tokens_path(identity), None),
        ("get-token", "GET", token.clone(), None),
        ("create-token", "POST", tokens_path(identity), None),
        (
            "create-token",
            "PATCH",
            token.clone(),
            Some(json!({"name": "a"})),
        ),
        ("delete-token", "POST", format!("{token}/revoke"), None),
        ("create", "POST", token_auth.clone(), Some(json!({}))),
        ("edit", "PATCH", token_auth.clone(), Some(json!({}))),
        ("edit", "PATCH", identity_path(identity), Some(json!({}))),
        ("revoke-auth", "DELETE", token_auth, None),
        ("delete", "DELETE", identity_path(identity), None),
    ]
}

fn call(server: &Server, bearer: &str, method: &str, path: &str, body: Option<Value>) -> Call {
    let call = server.client.call(method, path).bearer(bearer);
    match body {
        Some(body) => call.json(&body),
        None => call,
    }
}

/// The bearer token of a new identity, and an identity of another role with a token's id.
async fn two(
    server: &Server,
    caller: &'static str,
    target: &'static str,
) -> (String, String, String) {
    let caller = identity(server, Identity::of(caller, TokenAuth::default())).await;
    let target = identity(server, Identity::of(target, TokenAuth::default())).await;
    let token = id_of(&token_of(server, &target).await);
    (token_of(server, &caller).await, target, token)
}

async fn members_see_everything_and_change_nothing_but_tokens() {
    let server = shared().await;
    for target in ["member", "no-access"] {
        let (bearer, target, token) = two(server, "member", target).await;
        for (action, method, path, body) in all(&target, &token) {
            let answer = call(server, &bearer, method, &path, body).send().await;
            let may = action.ends_with("token") || action == "read";
            assert_eq!(
                answer.status,
                if may { 200 } else { 403 },
                "{method} {path}"
            );
            if !may {
                let body = answer.json();
                assert_error(&body, 403, "PermissionDenied");
                assert_eq!(
                    body["message"],
                    format!("You are not allowed to {action} on identity")
                );
                assert_eq!(body["details"][0]["action"], action);
            }
        }
    }
    let (bearer, _, _) = two(server, "member", "member").await;
    let body = json!({"name": "a", "organizationId": server.demo("/infisical/organization_id")});
    let create = server.client.post("/api/v1/identities").bearer(&bearer);
    create.json(&body).expect(403).await;
    let list = server.client.get("/api/v1/identities").bearer(&bearer);
    let organization = server.demo("/infisical/organization_id");
    list.query(&[("orgId", organization)]).expect(200).await;
}

async fn members_have_no_power_over_administrators_tokens() {
    let server = shared().await;
    let (bearer, admin, token) = two(server, "member", "admin").await;
    for (verb, method, path) in [
        ("create", "POST", tokens_path(&admin)),
        ("update", "PATCH", token_path(&token)),
        ("revoke", "POST", format!("{}/revoke", token_path(&token))),
    ] {
        let body = (method == "PATCH").then(|| json!({}));
        let answer = call(server, &bearer, method, &path, body)
            .expect(403)
            .await
            .json();
        assert_error(&answer, 403, "PermissionBoundaryError");
        let message = format!(
            "Failed to {verb} token for identity with more privileged role. Actor privilege level is not high enough to perform this action"
        );
        assert_eq!(answer["message"], message);
        assert!(answer["details"]["missingPermissions"].is_array());
    }
    let look = server.client.get(&token_path(&token)).bearer(&bearer);
    look.expect(200).await;
}

async fn without_access_nothing_is_seen() {
    let server = shared().await;
    let (bearer, target, token) = two(server, "no-access", "no-access").await;
    for (target, token) in [
        (target.as_str(), token.as_str()),
        ("unheard-of", "unheard-of"),
    ] {
        for (action, method, path, body) in all(target, token) {
            let answer = call(server, &bearer, method, &path, body)
                .expect(403)
                .await
                .json();
            assert_error(&answer, 403, "PermissionDenied");
            assert_eq!(
                answer["message"],
                format!("You are not allowed to {action} on identity")
            );
        }
    }
    let list = server.client.get("/api/v1/identities").bearer(&bearer);
    let organization = server.demo("/infisical/organization_id");
    list.query(&[("orgId", organization)]).expect(403).await;
    probe(server, &bearer).expect(200).await;
}

async fn organizations_know_nothing_of_each_other() {
    let server = shared().await;
    let Foreign {
        identity_id,
        token_id,
        access_token,
        organization_id,
        slug: _,
    } = foreign(server).await;
    let own = server.demo("/infisical/access_token");
    let own_token = id_of(own);
    let own_identity = server.demo("/infisical/identity_id");
    for (bearer, identity, token) in [
        (own, identity_id.as_str(), token_id.as_str()),
        (access_token.as_str(), own_identity, own_token.as_str()),
    ] {
        for (_, method, path, body) in all(identity, token) {
            let answer = call(server, bearer, method, &path, body.clone())
                .expect(404)
                .await;
            let unknown = path
                .replace(identity, "unheard-of")
                .replace(token, "unheard-of");
            let other = call(server, bearer, method, &unknown, body)
                .expect(404)
                .await;
            let message = |answer: &Value| answer["message"].to_string();
            let (answer, other) = (message(&answer.json()), message(&other.json()));
            let answer = answer
                .replace(identity, "unheard-of")
                .replace(token, "unheard-of");
            assert_eq!(answer, other, "{method} {path}");
        }
    }
    // Each does what it likes at home.
    let details = probe(server, &access_token).expect(200).await;
    assert_eq!(
        details.string("/identityDetails/organization/id"),
        organization_id
    );
    mint(server, &identity_id, &access_token).expect(200).await;
    mint(server, own_identity, own).expect(200).await;
}
