//! Infisical's organizations, identities and tokens, made here; and tokens that the store keeps below an identity, shown as
//! its own.

use serde_json::json;

use super::{
    EVENTS, OWNERS, TOKENS, call, demo_owner, get, make, mint, post, revoke as revoke_here,
};
use crate::client::Call;
use crate::server::{Server, Setup, shared};

scenarios!(
    an_organization_of_infisical_is_made_and_lives,
    roles_are_as_they_were_asked_for,
    tokens_of_an_identity_are_its_own,
    all_tokens_of_an_identity_are_revoked,
    an_identity_without_token_auth_gets_no_token,
    a_slug_is_taken_once,
);

fn details(server: &Server, token: &str) -> Call {
    let call = server.client.get("/api/v1/identities/details");
    call.bearer(token)
}

async fn an_organization_of_infisical_is_made_and_lives() {
    let server = Server::start(Setup::default()).await;
    let new = json!({"provider": "infisical", "kind": "organization", "name": "Field Tools"});
    let organization = make(&server, &new).await;
    let slug = organization.string("/owner/keys/1");
    assert!(slug.starts_with("field-tools-"), "{slug}");
    let parent = organization.string("/owner/id");
    let children = &organization.json()["owner"]["children"];
    assert_eq!(*children, json!(["identity"]));
    let new = json!({
        "provider": "infisical", "kind": "identity", "name": "Deployment", "role": "admin", "parent_id": parent,
    });
    let identity = make(&server, &new).await;
    assert_eq!(identity.string("/owner/token_kind"), "access_token");
    let (id, key) = (
        identity.string("/owner/id"),
        identity.string("/owner/keys/0"),
    );
    let (token, secret) = mint(&server, &id, &[]).await;

    let known = details(&server, &secret).expect(200).await;
    let organization = known.json()["identityDetails"]["organization"].clone();
    assert_eq!(organization["name"], "Field Tools");
    assert_eq!(organization["slug"], json!(slug));
    let path = format!("/api/v1/auth/token-auth/identities/{key}");
    let configuration = server.client.get(&path).bearer(&secret).expect(200).await;
    let configuration = configuration.json()["identityTokenAuth"].clone();
    assert_eq!(configuration["accessTokenTTL"], json!(2_592_000));
    assert_eq!(configuration["accessTokenMaxTTL"], json!(2_592_000));
    assert_eq!(configuration["accessTokenNumUsesLimit"], json!(0));
    let anywhere = configuration["accessTokenTrustedIps"].as_array();
    assert_eq!(anywhere.map(Vec::len), Some(2));
    let listed = server.client.get(&format!("{path}/tokens")).bearer(&secret);
    let listed = listed.expect(200).await;
    assert_eq!(listed.string("/tokens/0/id"), token);
    assert_eq!(listed.string("/tokens/0/name"), "made here");

    server.clock.advance(chrono::TimeDelta::seconds(2_591_999));
    details(&server, &secret).expect(200).await;
    server.clock.advance(chrono::TimeDelta::seconds(1));
    details(&server, &secret).expect(403).await;
    let (token, secret) = mint(&server, &id, &[]).await;
    details(&server, &secret).expect(200).await;
    revoke_here(&server, &token).await;
    details(&server, &secret).expect(401).await;
}

async fn roles_are_as_they_were_asked_for() {
    let server = shared().await;
    let organization = demo_owner(server, "infisical", "organization").await;
    for (role, may) in [
        (json!("admin"), 200),
        (json!("member"), 403),
        (json!("no-access"), 403),
        (json!(null), 403),
    ] {
        let mut new = json!({
            "provider": "infisical", "kind": "identity", "name": "By role", "parent_id": organization,
        });
        if !role.is_null() {
            new["role"] = role.clone();
        }
        let made = make(server, &new).await;
        let (id, key) = (made.string("/owner/id"), made.string("/owner/keys/0"));
        let (_, secret) = mint(server, &id, &[]).await;
        let path = format!("/api/v1/identities/{key}");
        let rename = server.client.call("PATCH", &path).bearer(&secret);
        let rename = rename.json(&json!({"name": "Renamed"}));
        rename.expect(may).await;
        if may == 200 {
            let shown = get(server, &format!("{OWNERS}/{id}"), &[]).await;
            assert_eq!(shown.string("/name"), "Renamed");
        }
    }
}

async fn tokens_of_an_identity_are_its_own() {
    let server = Server::start(Setup::default()).await;
    let identity = demo_owner(&server, "infisical", "identity").await;
    let (id, secret) = mint(&server, &identity, &[]).await;
    details(&server, &secret).expect(200).await;
    let of_identity = [("owner_id", identity.as_str())];
    let listed = get(&server, TOKENS, &of_identity).await.json();
    let listed = listed["tokens"].as_array().expect("tokens").clone();
    assert_eq!(listed.len(), 2, "the demo's and ours");
    assert_eq!(listed[0]["id"], json!(id));
    for token in &listed {
        assert_eq!(token["owner_id"], json!(identity));
    }
    let shown = get(&server, &format!("{TOKENS}/{id}"), &[]).await;
    assert_eq!(shown.string("/owner_id"), identity);
    let done = revoke_here(&server, &id).await;
    assert_eq!(done.string("/owner_id"), identity);
    let trail = get(&server, EVENTS, &of_identity).await.json();
    let trail = trail["events"].as_array().expect("events");
    let of_token: Vec<_> = trail
        .iter()
        .filter(|event| event["token_id"] == json!(id))
        .collect();
    for action in ["minted", "revoked"] {
        let found = of_token.iter().find(|event| event["action"] == action);
        let found = found.unwrap_or_else(|| panic!("nothing {action}"));
        assert_eq!(found["owner_id"], json!(identity));
    }
}

async fn all_tokens_of_an_identity_are_revoked() {
    let server = Server::start(Setup::default()).await;
    let identity = demo_owner(&server, "infisical", "identity").await;
    let (_, secret) = mint(&server, &identity, &[]).await;
    let path = format!("{OWNERS}/{identity}/tokens/revoke");
    let revoked = call(&server, "POST", &path).expect(200).await;
    assert_eq!(revoked.json(), json!({"revoked": 2}));
    details(&server, &secret).expect(401).await;
    let demo = server.demo("/infisical/access_token");
    details(&server, demo).expect(401).await;
}

async fn an_identity_without_token_auth_gets_no_token() {
    let server = Server::start(Setup::default()).await;
    let identity = demo_owner(&server, "infisical", "identity").await;
    let (_, before) = mint(&server, &identity, &[]).await;
    let key = server.demo("/infisical/identity_id");
    let path = format!("/api/v1/auth/token-auth/identities/{key}");
    let remove = server.client.call("DELETE", &path).bearer(&before);
    remove.expect(200).await;
    let mint = format!("{OWNERS}/{identity}/tokens");
    let refused = post(&server, &mint, &json!({"name": "none"}));
    let refused = refused.expect(409).await;
    assert!(refused.string("/detail").contains("Token Auth"));
    // What it held by the one that is gone is still told, as revoked.
    let query = [("owner_id", identity.as_str()), ("state", "revoked")];
    let listed = get(&server, TOKENS, &query).await.json();
    assert_eq!(listed["tokens"].as_array().map(Vec::len), Some(2));
}

async fn a_slug_is_taken_once() {
    let server = shared().await;
    let new =
        json!({"provider": "infisical", "kind": "organization", "name": "One", "slug": "only-one"});
    make(server, &new).await;
    post(server, OWNERS, &new).expect(409).await;
}
