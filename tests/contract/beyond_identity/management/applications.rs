//! Applications: made, read, changed and deleted, and what becomes of their clients and tokens.

use serde_json::{Value, json};

use super::super::flow::{self, CHALLENGE};
use super::manager::{Manager, WAY_BACK, assert_error, assert_missing};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    one_that_says_little_is_confidential_and_has_codes,
    one_that_says_all_keeps_all,
    what_a_change_leaves_out_stays,
    read_only_members_are_ignored,
    a_change_works_at_once,
    a_change_of_confidentiality_changes_the_secret,
    the_secret_is_sealed,
    the_managed_one_stays,
    a_deleted_one_s_tokens_and_client_end,
    concurrent_changes_lose_nothing,
    a_resource_server_is_taken_away_again,
    none_refers_to_what_is_deleted_meanwhile,
);

const PATH: &str = "/applications";

async fn one_that_says_little_is_confidential_and_has_codes() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let demo = flow::demo(server);
    let made = manager.application(None, json!({"type": "oauth2"})).await;
    let id = made.string("/id");
    id.parse::<uuid::Uuid>().expect("a UUID");
    let client_id = made.string("/protocol_config/client_id");
    let secret = made.string("/protocol_config/client_secret");
    assert_eq!((client_id.len(), secret.len()), (24, 48));
    assert_eq!(
        made.json(),
        json!({
            "id": id,
            "realm_id": demo.realm,
            "tenant_id": demo.tenant,
            "display_name": "Made by a test",
            "is_managed": false,
            "protocol_config": {
                "type": "oauth2",
                "allowed_scopes": [],
                "client_id": client_id,
                "client_secret": secret,
                "confidentiality": "confidential",
                "token_endpoint_auth_method": "client_secret_basic",
                "grant_type": ["authorization_code"],
                "redirect_uris": [WAY_BACK],
                "token_configuration": {
                    "expires_after": 86400,
                    "token_signing_algorithm": "RS256",
                    "subject_field": "id",
                },
                "pkce": "disabled",
                "token_format": "self_contained",
                "enable_refresh_tokens": false,
            },
        })
    );
    let path = format!("{PATH}/{id}");
    let read = manager.get(&path).expect(200).await;
    assert_eq!(read.json(), made.json());
}

/// A configuration that differs from the usual one in every member.
fn config() -> Value {
    json!({
        "type": "oidc",
        "allowed_scopes": ["a"],
        "confidentiality": "public",
        "grant_type": ["authorization_code"],
        "redirect_uris": ["https://app.example.com/cb?a=1", "com.example.app:/cb"],
        "token_configuration": {
            "expires_after": 60,
            "token_signing_algorithm": "RS256",
            "subject_field": "email",
        },
        "pkce": "s256",
        "token_format": "referential",
        "enable_refresh_tokens": true,
    })
}

/// What of `answer`'s configuration `config` sets.
fn same_members(answer: &Value, config: &Value) -> Value {
    let mut told = answer["protocol_config"].clone();
    let members = told.as_object_mut().expect("an object");
    members.retain(|name, _| config.get(name).is_some());
    told
}

async fn one_that_says_all_keeps_all() {
    let server = &Server::start(Setup::default()).await;
    let manager = Manager::of_demo(server).await;
    let api = manager
        .resource_server("https://all.example", &["a", "b"])
        .await;
    let body = json!({"application": {
        "display_name": "All", "resource_server_id": api, "authenticator_config_id": "some",
        "protocol_config": config(),
    }});
    let made = manager.post(PATH, &body).expect(200).await.json();
    assert_eq!(same_members(&made, &config()), config());
    assert_eq!(made["resource_server_id"], api);
    assert_eq!(made["authenticator_config_id"], "some");
    assert_eq!(
        made["protocol_config"]["token_endpoint_auth_method"],
        "none"
    );
    assert!(made["protocol_config"]["client_secret"].is_null());
    let list = manager.get(PATH).expect(200).await.json();
    let found = list["applications"].as_array().expect("a list");
    assert!(found.contains(&made));
}

async fn what_a_change_leaves_out_stays() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let api = manager
        .resource_server("https://stay.example", &["a", "b"])
        .await;
    let made = manager.application(Some(&api), config()).await.json();
    let path = format!("{PATH}/{}", made["id"].as_str().expect("an id"));
    let mut wanted = made.clone();
    for (change, pointer, value) in [
        (json!({"display_name": "B"}), "/display_name", json!("B")),
        (
            json!({"protocol_config": {"type": "oidc", "pkce": "plain"}}),
            "/protocol_config/pkce",
            json!("plain"),
        ),
        (
            json!({"protocol_config": {"type": "oidc", "allowed_scopes": ["b"]}}),
            "/protocol_config/allowed_scopes",
            json!(["b"]),
        ),
        (
            json!({"protocol_config": {"type": "oidc", "token_configuration": {"expires_after": 9}}}),
            "/protocol_config/token_configuration/expires_after",
            json!(9),
        ),
        (
            json!({"protocol_config": {"type": "oauth2"}}),
            "/protocol_config/type",
            json!("oauth2"),
        ),
        (json!({}), "/protocol_config/type", json!("oauth2")),
    ] {
        let body = json!({ "application": change });
        let changed = manager.patch(&path, &body).expect(200).await.json();
        *wanted.pointer_mut(pointer).expect(pointer) = value;
        assert_eq!(changed, wanted, "{change}");
    }
    assert_eq!(manager.get(&path).expect(200).await.json(), wanted);
}

async fn read_only_members_are_ignored() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let body = json!({"application": {
        "id": "mine", "realm_id": "mine", "tenant_id": "mine", "is_managed": true,
        "display_name": "A",
        "protocol_config": {
            "type": "oauth2", "client_id": "mine", "client_secret": "mine",
            "token_endpoint_auth_method": "none", "redirect_uris": [WAY_BACK],
        },
    }});
    let made = manager.post(PATH, &body).expect(200).await.json();
    assert!(!made.to_string().contains("mine"), "{made}");
    assert_eq!(made["is_managed"], false);
    let method = &made["protocol_config"]["token_endpoint_auth_method"];
    assert_eq!(method, "client_secret_basic");
    let path = format!("{PATH}/{}", made["id"].as_str().expect("an id"));
    let changed = manager.patch(&path, &body).expect(200).await.json();
    assert_eq!(changed, made);
}

async fn a_change_works_at_once() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let api = manager
        .resource_server("https://at-once.example", &["a", "b"])
        .await;
    let config = json!({
        "type": "oauth2",
        "allowed_scopes": ["a"],
        "grant_type": ["client_credentials", "authorization_code"],
        "redirect_uris": ["https://before.example/cb"],
        "token_configuration": {"expires_after": 60},
    });
    let made = manager.application(Some(&api), config).await;
    let client = manager.client(&made);
    client.access_token(server, "a").await;
    let page = client.authorize(
        server,
        &[
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ],
    );
    page.expect(200).await;

    let config = json!({
        "type": "oauth2",
        "allowed_scopes": ["b"],
        "redirect_uris": ["https://after.example/cb"],
        "token_configuration": {"expires_after": 5},
    });
    let change = json!({"application": {"protocol_config": config}});
    let path = format!("{PATH}/{}", client.id);
    manager.patch(&path, &change).expect(200).await;
    let form = |scope| [("grant_type", "client_credentials"), ("scope", scope)];
    let answer = client.token_by_basic(server, &form("b")).expect(200).await;
    assert_eq!(answer.json()["expires_in"], 5);
    let answer = client.token_by_basic(server, &form("a")).expect(400).await;
    flow::assert_error(&answer, "invalid_scope");
    client.authorize(server, &[]).expect(400).await;
    let moved = flow::Application {
        redirect_uri: "https://after.example/cb".to_owned(),
        ..client.clone()
    };
    moved.authorize_with_pkce(server, &[]).expect(200).await;

    let config = json!({"type": "oauth2", "grant_type": ["authorization_code"]});
    let change = json!({"application": {"protocol_config": config}});
    manager.patch(&path, &change).expect(200).await;
    let answer = client.token_by_basic(server, &form("b")).expect(400).await;
    flow::assert_error(&answer, "unauthorized_client");
}

async fn a_change_of_confidentiality_changes_the_secret() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let config = json!({"type": "oauth2", "grant_type": ["authorization_code"], "pkce": "s256"});
    let made = manager.application(None, config).await;
    let client = manager.client(&made);
    let path = format!("{PATH}/{}", client.id);
    let to = |confidentiality: &str| {
        let config = json!({"type": "oauth2", "confidentiality": confidentiality});
        json!({"application": {"protocol_config": config}})
    };
    // No grant will do, but a client that is known gets as far as being told so.
    let form = [("grant_type", "authorization_code"), ("code", "x")];
    let opens = |secret: String| {
        let call = client
            .token(server, &form)
            .basic(&client.client_id, &secret);
        async move { call.send().await.status == 400 }
    };
    let first = client.secret().to_owned();
    assert!(opens(first.clone()).await);

    let public = manager.patch(&path, &to("public")).expect(200).await.json();
    assert!(public["protocol_config"]["client_secret"].is_null());
    assert_eq!(
        public["protocol_config"]["token_endpoint_auth_method"],
        "none"
    );
    assert!(!opens(first.clone()).await);

    let back = manager.patch(&path, &to("confidential")).expect(200).await;
    let second = back.string("/protocol_config/client_secret");
    assert_ne!(first, second);
    assert!(opens(second.clone()).await);
    assert!(!opens(first).await);
    // The same again changes nothing.
    let again = manager.patch(&path, &to("confidential")).expect(200).await;
    assert_eq!(again.string("/protocol_config/client_secret"), second);
}

async fn the_secret_is_sealed() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let made = manager.application(None, json!({"type": "oauth2"})).await;
    let secret = made.string("/protocol_config/client_secret");
    assert!(!server.database_holds(&secret).await);
    let demo = flow::demo(&server);
    let path = format!("{PATH}/{}", demo.id);
    let managed = manager.get(&path).expect(200).await;
    let shown = managed.string("/protocol_config/client_secret");
    assert_eq!(shown, demo.secret());
    assert!(!server.database_holds(&shown).await);
}

async fn the_managed_one_stays() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let path = format!("{PATH}/{}", flow::demo(server).id);
    let managed = manager.get(&path).expect(200).await.json();
    assert_eq!(managed["is_managed"], true);
    let change = json!({"application": {"display_name": "Mine"}});
    let answer = manager.patch(&path, &change).expect(403).await;
    assert_error(&answer, "forbidden", "forbidden");
    manager.delete(&path).expect(403).await;
    assert_eq!(manager.get(&path).expect(200).await.json(), managed);
}

async fn a_deleted_one_s_tokens_and_client_end() {
    let server = &Server::start(Setup::default()).await;
    let manager = Manager::of_demo(server).await;
    let api = manager.management_api().await;
    let config = json!({
        "type": "oauth2",
        "allowed_scopes": ["tokens:delete", "realms:read"],
        "grant_type": ["client_credentials"],
    });
    let made = manager.application(Some(&api), config).await;
    let client = manager.client(&made);
    let own = Manager::of(server, &client).await;
    own.get("").expect(200).await;
    let path = format!("{PATH}/{}", client.id);
    let gone = manager.delete(&path).expect(200).await;
    assert!(gone.body.is_empty());

    own.get("").expect(401).await;
    let grant = [("grant_type", "client_credentials")];
    let answer = client.token_by_basic(server, &grant).expect(401).await;
    flow::assert_error(&answer, "invalid_client");
    let tokens = format!("{path}/tokens");
    for (method, path) in [("GET", &path), ("DELETE", &path), ("GET", &tokens)] {
        let answer = manager.call(method, path).expect(404).await;
        assert_missing(&answer, "Application", &client.id);
    }
    let list = manager.get(PATH).expect(200).await;
    assert!(!list.text().contains(&client.id));
    let (_, claims) = forged::jwt(&own.token);
    assert_eq!(claims["sub"], client.client_id);
}

async fn a_resource_server_is_taken_away_again() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let api = manager
        .resource_server("https://away.example", &["a"])
        .await;
    let config = json!({
        "type": "oauth2", "allowed_scopes": ["a"], "grant_type": ["client_credentials"],
    });
    let made = manager.application(Some(&api), config).await;
    let client = manager.client(&made);
    client.access_token(server, "a").await;
    let path = format!("{PATH}/{}", client.id);
    let change = |config: Value| {
        let change = json!({"resource_server_id": null, "protocol_config": config});
        manager.patch(&path, &json!({ "application": change }))
    };
    // Its scopes go with it, or it stays.
    change(json!({"type": "oauth2"})).expect(400).await;
    let config = json!({"type": "oauth2", "allowed_scopes": []});
    let changed = change(config).expect(200).await.json();
    assert_eq!(changed.get("resource_server_id"), None, "{changed}");
    let form = [("grant_type", "client_credentials"), ("scope", "a")];
    let answer = client.token_by_basic(server, &form).expect(400).await;
    flow::assert_error(&answer, "invalid_scope");
    // Nothing refers to it any more.
    let path = format!("/resource-servers/{api}");
    manager.delete(&path).expect(200).await;
}

async fn concurrent_changes_lose_nothing() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let made = manager.application(None, json!({"type": "oauth2"})).await;
    let path = format!("{PATH}/{}", made.string("/id"));
    let changes = [
        json!({"display_name": "Changed"}),
        json!({"authenticator_config_id": "changed"}),
        json!({"protocol_config": {"type": "oauth2", "pkce": "s256"}}),
        json!({"protocol_config": {"type": "oauth2", "token_format": "referential"}}),
        json!({"protocol_config": {"type": "oauth2", "redirect_uris": ["com.example.app:/changed"]}}),
        json!({"protocol_config": {"type": "oauth2", "enable_refresh_tokens": true}}),
    ];
    let calls = changes.iter().map(|change| {
        let call = manager.patch(&path, &json!({ "application": change }));
        async move { call.expect(200).await }
    });
    futures_util::future::join_all(calls).await;
    let after = manager.get(&path).expect(200).await.json();
    for change in changes {
        let mut wanted = after.clone();
        merge(&mut wanted, &change);
        assert_eq!(wanted, after);
    }
}

async fn none_refers_to_what_is_deleted_meanwhile() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    for n in 0..8 {
        let identifier = format!("https://going-{n}.example");
        let api = manager.resource_server(&identifier, &["a"]).await;
        let config = json!({
            "type": "oauth2", "allowed_scopes": ["a"], "grant_type": ["client_credentials"],
        });
        let (deleted, made) = futures_util::future::join(
            manager.delete(&format!("/resource-servers/{api}")).send(),
            manager.try_application(Some(&api), config).send(),
        )
        .await;
        assert!(
            matches!((deleted.status, made.status), (200, 400) | (409, 200)),
            "{} and {}",
            deleted.status,
            made.status
        );
    }
}

fn merge(into: &mut Value, change: &Value) {
    match change.as_object() {
        Some(members) => {
            for (name, value) in members {
                merge(&mut into[name], value);
            }
        }
        None => *into = change.clone(),
    }
}
