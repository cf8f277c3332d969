//! The administration API: owners, tokens and the trail of all providers.

use serde_json::{Value, json};

use crate::client::{Answer, Call};
use crate::secrets;
use crate::server::{Server, Setup, shared};

scenarios!(
    counts_owners_and_tokens,
    lists_owners_a_page_at_a_time,
    finds_owners_by_what_they_are_called,
    shows_an_owner_with_what_may_be_made_below_it,
    lists_tokens_by_state_and_owner,
    shows_a_token_without_its_secret,
    revokes_a_token_at_once,
    revokes_all_tokens_of_an_owner,
    deletes_an_owner_with_all_below_it,
    does_not_delete_what_it_stands_on,
    tells_who_did_what,
    a_team_is_made_and_lives,
    an_organization_of_applivery_is_made_and_lives,
    a_tenant_of_beyond_identity_is_made_and_lives,
    makes_tokens_as_the_vendor_s_console_does,
    refuses_what_cannot_be_made,
    refuses_bodies_that_are_not_valid,
    knows_nobody_without_a_good_key,
    says_what_does_not_exist,
    refuses_parameters_that_are_not_valid,
    is_not_on_the_other_listener,
    owns_up_to_a_broken_store,
);

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

async fn make(server: &Server, owner: &Value) -> Answer {
    let call = call(server, "POST", OWNERS).json(owner);
    let made = call.expect(201).await;
    if let Some(secret) = made.json()["client_secret"].as_str() {
        secrets::keep(secret);
    }
    made
}

/// Makes a token of an owner: its id and its secret.
async fn mint(server: &Server, owner: &str, scopes: &[&str]) -> (String, String) {
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

async fn counts_owners_and_tokens() {
    let server = Server::start(Setup::default()).await;
    let counts = get(&server, "/admin/v1/counts", &[]).await.json();
    let count = |list: &str, provider: &str, kind: &str| {
        let counts = counts[list].as_array().expect("counts");
        let found = counts
            .iter()
            .find(|count| count["provider"] == provider && count["kind"] == kind);
        found
            .cloned()
            .unwrap_or_else(|| panic!("no {provider} {kind}"))
    };
    assert_eq!(count("owners", "anchorbrowser", "team")["count"], 1);
    assert_eq!(count("owners", "beyond-identity", "identity")["count"], 2);
    let keys = count("tokens", "specmint", "admin_key");
    assert_eq!((&keys["active"], &keys["revoked"]), (&json!(1), &json!(0)));
}

async fn lists_owners_a_page_at_a_time() {
    let server = Server::start(Setup::default()).await;
    let all = get(&server, OWNERS, &[("limit", "200")]).await.json();
    let ids = |page: &Value| -> Vec<String> {
        let owners = page["owners"].as_array().expect("owners");
        let ids = owners.iter().map(|owner| owner["id"].as_str());
        ids.map(|id| id.expect("an id").to_owned()).collect()
    };
    assert!(ids(&all).len() > 5);
    assert!(all.get("next_cursor").is_none());
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let mut query = vec![("limit", "3")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = get(&server, OWNERS, &query).await.json();
        seen.extend(ids(&page));
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        assert_eq!(ids(&page).len(), 3);
        cursor = Some(next.to_owned());
    }
    assert_eq!(seen, ids(&all));
}

async fn finds_owners_by_what_they_are_called() {
    let server = shared().await;
    let slug = server.demo("/applivery/organization_slug").to_uppercase();
    let query = [("search", slug.as_str()), ("provider", "applivery")];
    let found = get(server, OWNERS, &query).await.json();
    let found = &found["owners"][0];
    assert_eq!(found["kind"], "organization");
    let keys = found["keys"].as_array().expect("keys");
    assert!(keys.contains(&json!(server.demo("/applivery/organization_id"))));
    let below = [("parent_id", found["id"].as_str().expect("an id"))];
    let below = get(server, OWNERS, &below).await.json();
    assert_eq!(below["owners"][0]["kind"], "application");
    let nothing = get(server, OWNERS, &[("search", "%")]).await.json();
    assert_eq!(nothing["owners"], json!([]));
}

async fn shows_an_owner_with_what_may_be_made_below_it() {
    let server = shared().await;
    let team = demo_owner(server, "anchorbrowser", "team").await;
    let shown = get(server, &format!("{OWNERS}/{team}"), &[]).await.json();
    assert_eq!(shown["name"], "Demo team");
    assert_eq!(shown["children"], json!(["application"]));
    assert_eq!(shown["token_kind"], "api_key");
    assert!(shown.get("parent_id").is_none());
}

async fn lists_tokens_by_state_and_owner() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (first, _) = mint(&server, &team, &[]).await;
    let (second, _) = mint(&server, &team, &[]).await;
    revoke(&server, &first).await;
    for (state, expected, other) in [("active", &second, &first), ("revoked", &first, &second)] {
        let query = [("owner_id", team.as_str()), ("state", state)];
        let listed = get(&server, TOKENS, &query).await.text();
        assert!(
            listed.contains(expected) && !listed.contains(other),
            "{state}"
        );
    }
    let query = [("search", "MADE"), ("limit", "1"), ("kind", "api_key")];
    let listed = get(&server, TOKENS, &query).await.json();
    assert_eq!(listed["tokens"][0]["id"], json!(second));
    assert_eq!(listed["next_cursor"], json!(second));
    for state in ["expired", "used"] {
        let none = get(&server, TOKENS, &[("state", state)]).await.json();
        assert_eq!(none["tokens"], json!([]), "{state}");
    }
}

async fn shows_a_token_without_its_secret() {
    let server = shared().await;
    let team = demo_owner(server, "anchorbrowser", "team").await;
    let (id, secret) = mint(server, &team, &[]).await;
    let shown = get(server, &format!("{TOKENS}/{id}"), &[]).await;
    assert!(!shown.text().contains(&secret));
    assert_eq!(shown.string("/kind"), "api_key");
    assert!(shown.string("/minted_by").starts_with("admin_key:"));
}

async fn revokes_a_token_at_once() {
    let server = shared().await;
    let team = demo_owner(server, "anchorbrowser", "team").await;
    let (id, secret) = mint(server, &team, &[]).await;
    anchorbrowser(server, &secret).expect(201).await;
    let revoked = revoke(server, &id).await;
    assert_eq!(revoked.string("/state"), "revoked");
    anchorbrowser(server, &secret).expect(401).await;
    assert_eq!(revoke(server, &id).await.json(), revoked.json());
}

async fn revokes_all_tokens_of_an_owner() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (_, secret) = mint(&server, &team, &[]).await;
    let path = format!("{OWNERS}/{team}/tokens/revoke");
    for revoked in [2, 0] {
        let answer = call(&server, "POST", &path).expect(200).await;
        assert_eq!(answer.json(), json!({"revoked": revoked}));
    }
    anchorbrowser(&server, &secret).expect(401).await;
    let demo = server.demo("/anchorbrowser/api_key");
    anchorbrowser(&server, demo).expect(401).await;
    get(&server, TOKENS, &[]).await;
}

async fn deletes_an_owner_with_all_below_it() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let application = demo_owner(&server, "anchorbrowser", "application").await;
    let path = format!("{OWNERS}/{team}");
    call(&server, "DELETE", &path).expect(204).await;
    call(&server, "DELETE", &path).expect(404).await;
    let below = format!("{OWNERS}/{application}");
    call(&server, "GET", &below).expect(404).await;
    let key = server.demo("/anchorbrowser/api_key");
    anchorbrowser(&server, key).expect(401).await;
}

async fn does_not_delete_what_it_stands_on() {
    let server = shared().await;
    let own = demo_owner(server, "specmint", "administration").await;
    let path = format!("{OWNERS}/{own}");
    call(server, "DELETE", &path).expect(409).await;
    let path = format!("{path}/tokens");
    let call = call(server, "POST", &path).json(&json!({"name": "another key"}));
    call.expect(409).await;
}

async fn tells_who_did_what() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (id, secret) = mint(&server, &team, &[]).await;
    anchorbrowser(&server, &secret).expect(201).await;
    anchorbrowser(&server, &secret).expect(201).await;
    revoke(&server, &id).await;
    // Uses are kept within a second; all of them when the store is closed.
    let events = loop {
        let events = get(&server, EVENTS, &[("token_id", &id)]).await;
        if events.text().contains(r#""used""#) {
            break events;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    assert!(!events.text().contains(&secret));
    let events = events.json();
    let found = |action: &str| {
        let events = events["events"].as_array().expect("events");
        let found = events.iter().find(|event| event["action"] == action);
        found.cloned().unwrap_or_else(|| panic!("nothing {action}"))
    };
    for action in ["minted", "revoked"] {
        let actor = found(action)["actor"].as_str().map(str::to_owned);
        assert!(actor.is_some_and(|actor| actor.starts_with("admin_key:")));
    }
    assert_eq!(found("used")["actor"], json!(format!("api_key:{id}")));
    assert_eq!(found("used")["owner_id"], json!(team));
    let query = [
        ("action", "created"),
        ("provider", "anchorbrowser"),
        ("owner_id", &team),
    ];
    let created = get(&server, EVENTS, &query).await.json();
    assert_eq!(created["events"][0]["actor"], "cli:demo");
    let query = [("search", "NOBODY"), ("limit", "1")];
    let nothing = get(&server, EVENTS, &query).await.json();
    assert_eq!(nothing, json!({"events": []}));
}

async fn a_team_is_made_and_lives() {
    let server = shared().await;
    let new = json!({"provider": "anchorbrowser", "kind": "team", "name": "Integrations"});
    let team = make(server, &new).await.string("/owner/id");
    let new = json!({"provider": "anchorbrowser", "kind": "application", "name": "App", "parent_id": team});
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
    let (_, may_not) = mint(server, &organization, &[]).await;
    server.client.post(&path).bearer(&may_not).expect(403).await;
    let scopes = ["mad.application.token.create"];
    let (_, may) = mint(server, &organization, &scopes).await;
    server.client.post(&path).bearer(&may).expect(200).await;
    let taken = call(server, "POST", OWNERS).json(&new).expect(409).await;
    assert!(taken.string("/detail").contains("keys"), "{}", taken.text());
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
    let public = owner_of(server.demo("/beyond_identity/public_application_id")).await;
    let path = format!("{OWNERS}/{public}/tokens");
    post(server, &path, &json!({"name": "none"}))
        .expect(409)
        .await;
}

fn post(server: &Server, path: &str, body: &Value) -> Call {
    call(server, "POST", path).json(body)
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
}

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
