//! Owners and tokens that are made here, and live by their providers' APIs.

use serde_json::{Value, json};

use super::{OWNERS, TOKENS, anchorbrowser, call, demo_owner, get, make, mint, post, revoke};
use crate::server::{Server, Setup, shared};

scenarios!(
    a_team_is_made_and_lives,
    an_organization_of_applivery_is_made_and_lives,
    a_tenant_of_beyond_identity_is_made_and_lives,
    makes_tokens_as_the_vendor_s_console_does,
    refuses_what_cannot_be_made,
    a_username_is_taken_once_in_a_realm,
    members_and_names_are_what_the_provider_takes,
);

async fn a_team_is_made_and_lives() {
    let server = shared().await;
    let new = json!({"provider": "anchorbrowser", "kind": "team", "name": "Integrations"});
    let team = make(server, &new).await.string("/owner/id");
    let new = json!({"provider": "anchorbrowser", "kind": "application", "name": "App", "parent_id": team});
    let refused = post(server, OWNERS, &new).expect(422).await;
    assert_eq!(refused.string("/violations/0/pointer"), "/source");
    let mut new = new;
    new["source"] = json!("shop.example.com");
    let application = make(server, &new).await.string("/owner/keys/0");
    let (_, key) = mint(server, &team, &[]).await;
    let minted = server
        .client
        .post(&format!("/v1/applications/{application}/tokens"))
        .header("anchor-api-key", &key)
        .json(&json!({"callbackUrl": "https://app.example.com/"}));
    minted.expect(201).await;
    anchorbrowser(server, &key).expect(404).await;
}

async fn an_organization_of_applivery_is_made_and_lives() {
    let server = shared().await;
    let new = json!({"provider": "applivery", "kind": "organization", "name": "Field Tools"});
    let made = make(server, &new).await;
    let organization = made.string("/owner/id");
    let slug = made.string("/owner/keys/1");
    assert!(slug.starts_with("field-tools"), "{slug}");
    let new = json!({
        "provider": "applivery", "kind": "application", "name": "Reports", "slug": "reports", "parent_id": organization,
    });
    let application = make(server, &new).await;
    assert_eq!(application.string("/owner/keys/1"), "reports");
    let path = format!("/v1/organizations/{slug}/apps/reports/tokens");
    // Without a permission it would open nothing.
    let tokens = format!("{OWNERS}/{organization}/tokens");
    let none = post(server, &tokens, &json!({"name": "none"}))
        .expect(422)
        .await;
    assert_eq!(none.string("/violations/0/pointer"), "/scopes");
    assert!(
        none.string("/detail")
            .contains("mad.application.token.create")
    );
    let (_, may_not) = mint(server, &organization, &["mad.application.token.list"]).await;
    server.client.post(&path).bearer(&may_not).expect(403).await;
    let scopes = ["mad.application.token.create"];
    let (_, may) = mint(server, &organization, &scopes).await;
    server.client.post(&path).bearer(&may).expect(200).await;
    let taken = call(server, "POST", OWNERS).json(&new).expect(409).await;
    assert_eq!(taken.string("/violations/0/pointer"), "/slug");
    assert!(taken.string("/detail").contains("slug is taken"));
    // Who asks for it would get the application of that id.
    let mut like_an_id = new;
    like_an_id["slug"] = json!("0123456789abcdef01234567");
    let refused = post(server, OWNERS, &like_an_id).expect(422).await;
    assert_eq!(refused.string("/violations/0/pointer"), "/slug");
}

async fn a_tenant_of_beyond_identity_is_made_and_lives() {
    let server = shared().await;
    let new = json!({"provider": "beyond-identity", "kind": "tenant", "name": "Example"});
    let made = make(server, &new).await;
    let (tenant, key) = (made.string("/owner/id"), made.string("/owner/keys/0"));
    let below = |parent: &str| {
        let parent = parent.to_owned();
        async move {
            let below = get(server, OWNERS, &[("parent_id", &parent)]).await.json();
            below["owners"].as_array().cloned().expect("owners")
        }
    };
    let realms = below(&tenant).await;
    let realm = &realms[0];
    let in_realm = below(realm["id"].as_str().expect("an id")).await;
    let application = in_realm.iter().find(|owner| owner["kind"] == "application");
    let application = application.expect("the management application");
    let path = |owner: &Value| owner["keys"][0].as_str().expect("a key").to_owned();
    let base = format!(
        "/v1/tenants/{key}/realms/{}/applications/{}",
        path(realm),
        path(application)
    );
    let (client_id, secret) = (made.string("/client_id"), made.string("/client_secret"));
    let grant = [("grant_type", "client_credentials")];
    let token = server.client.post(&format!("{base}/token"));
    let token = token
        .basic(&client_id, &secret)
        .form(&grant)
        .expect(200)
        .await;
    assert!(token.string("/scope").contains("tokens:delete"));

    let new = json!({"provider": "beyond-identity", "kind": "realm", "name": "People", "parent_id": tenant});
    let realm = make(server, &new).await.string("/owner/id");
    let new = json!({
        "provider": "beyond-identity", "kind": "identity", "name": "Ada", "username": "ada@example.com",
        "parent_id": realm,
    });
    assert_eq!(make(server, &new).await.string("/owner/name"), "Ada");
}

async fn makes_tokens_as_the_vendor_s_console_does() {
    let server = shared().await;
    let management = server.demo("/beyond_identity/application_id");
    let owner_of = async |key: &str| {
        let query = [("search", key), ("kind", "application")];
        get(server, OWNERS, &query).await.string("/owners/0/id")
    };
    let application = owner_of(management).await;
    let (id, token) = mint(server, &application, &["tokens:delete"]).await;
    let shown = get(server, &format!("{TOKENS}/{id}"), &[]).await;
    assert_eq!(shown.json()["scopes"], json!(["tokens:delete"]));
    let base = format!(
        "/v1/tenants/{}/realms/{}/applications/{management}",
        server.demo("/beyond_identity/tenant_id"),
        server.demo("/beyond_identity/realm_id"),
    );
    let call = || {
        let call = server.client.post(&format!("{base}/revoke"));
        call.bearer(&token).form(&[("token", "unknown")])
    };
    call().expect(200).await;
    revoke(server, &id).await;
    call().expect(401).await;

    let path = format!("{OWNERS}/{application}/tokens");
    let wrong = json!({"name": "wrong", "scopes": ["tokens:read", "nothing:read"]});
    let refused = post(server, &path, &wrong).expect(422).await;
    assert_eq!(refused.string("/violations/0/pointer"), "/scopes");
    assert!(refused.string("/detail").starts_with("scope number 2"));
    let refused = post(server, &path, &json!({"name": "none"}))
        .expect(422)
        .await;
    assert!(refused.string("/detail").contains("tokens:delete"));
    let public = owner_of(server.demo("/beyond_identity/public_application_id")).await;
    let path = format!("{OWNERS}/{public}/tokens");
    post(server, &path, &json!({"name": "none"}))
        .expect(409)
        .await;
}

async fn refuses_what_cannot_be_made() {
    let server = shared().await;
    let team = demo_owner(server, "anchorbrowser", "team").await;
    let unknown = uuid::Uuid::new_v4().to_string();
    for (owner, status, pointer) in [
        (
            json!({"provider": "vtex", "kind": "merchant"}),
            422,
            "/kind",
        ),
        (
            json!({"provider": "infisical", "kind": "identity"}),
            422,
            "/parent_id",
        ),
        (
            json!({"provider": "infisical", "kind": "token_auth"}),
            422,
            "/kind",
        ),
        (
            json!({"provider": "anchorbrowser", "kind": "organization"}),
            422,
            "/kind",
        ),
        (
            json!({"provider": "specmint", "kind": "administration"}),
            422,
            "/kind",
        ),
        (
            json!({"provider": "anchorbrowser", "kind": "team", "parent_id": team}),
            422,
            "/parent_id",
        ),
        (
            json!({"provider": "anchorbrowser", "kind": "application"}),
            422,
            "/parent_id",
        ),
        (
            json!({"provider": "applivery", "kind": "application", "parent_id": team}),
            422,
            "/parent_id",
        ),
        (
            json!({"provider": "applivery", "kind": "application", "parent_id": unknown}),
            404,
            "",
        ),
    ] {
        let mut owner = owner;
        owner["name"] = json!("A name");
        let answer = call(server, "POST", OWNERS)
            .json(&owner)
            .expect(status)
            .await;
        if status == 422 {
            assert_eq!(answer.string("/violations/0/pointer"), pointer, "{owner}");
        }
    }
    let application = demo_owner(server, "anchorbrowser", "application").await;
    let path = format!("{OWNERS}/{application}/tokens");
    let new = json!({"name": "A name"});
    call(server, "POST", &path).json(&new).expect(409).await;
    let path = format!("{OWNERS}/{team}/tokens");
    let new = json!({"name": "A name", "scopes": ["tokens:read"]});
    call(server, "POST", &path).json(&new).expect(422).await;
    let vtex = demo_owner(server, "vtex", "application").await;
    let path = format!("{OWNERS}/{vtex}/tokens");
    let refused = post(server, &path, &json!({"name": "A name"}))
        .expect(409)
        .await;
    assert!(refused.string("/detail").contains("merchants sign up"));
}

async fn a_username_is_taken_once_in_a_realm() {
    let server = Server::start(Setup::default()).await;
    let realm = demo_owner(&server, "beyond-identity", "realm").await;
    let new = json!({
        "provider": "beyond-identity", "kind": "identity", "name": "Another Ada", "parent_id": realm,
        "username": "Ada@example.com",
    });
    let taken = call(&server, "POST", OWNERS).json(&new).expect(409).await;
    assert_eq!(taken.string("/violations/0/pointer"), "/username");
}

async fn members_and_names_are_what_the_provider_takes() {
    let server = shared().await;
    let tenant = demo_owner(server, "beyond-identity", "tenant").await;
    for (new, pointer) in [
        (
            json!({"provider": "anchorbrowser", "kind": "team", "name": "A", "role": "admin"}),
            "/role",
        ),
        (
            json!({"provider": "anchorbrowser", "kind": "team", "name": "A", "slug": "abc"}),
            "/slug",
        ),
        (
            json!({"provider": "infisical", "kind": "organization", "name": "A", "username": "a"}),
            "/username",
        ),
        (
            json!({"provider": "infisical", "kind": "organization", "name": "A", "source": "a.b"}),
            "/source",
        ),
        (
            json!({"provider": "infisical", "kind": "organization", "name": "a\u{0}b"}),
            "/name",
        ),
        (
            json!({"provider": "applivery", "kind": "organization", "name": "  "}),
            "/name",
        ),
        (
            json!({"provider": "beyond-identity", "kind": "realm", "parent_id": tenant, "name": "<b>"}),
            "/name",
        ),
    ] {
        let refused = post(server, OWNERS, &new).expect(422).await;
        assert_eq!(refused.string("/violations/0/pointer"), pointer, "{new}");
    }
}
