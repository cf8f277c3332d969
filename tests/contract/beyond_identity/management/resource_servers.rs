//! Resource servers: made, read, changed and deleted, and what applications have of them.

use serde_json::json;

use super::super::flow;
use super::manager::{Manager, assert_error, assert_field, assert_missing};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    one_is_made_read_changed_and_deleted,
    the_management_api_is_one_and_stays,
    an_identifier_is_one_s_alone,
    an_identifier_is_free_again,
    an_identifier_stays,
    scopes_are_scopes,
    names_are_bounded,
    read_only_members_are_ignored,
    one_in_use_stays,
    a_scope_that_goes_is_granted_no_more,
);

const PATH: &str = "/resource-servers";

async fn one_is_made_read_changed_and_deleted() {
    let server = &Server::start(Setup::default()).await;
    let manager = Manager::of_demo(server).await;
    let demo = flow::demo(server);
    let body = json!({"resource_server": {
        "display_name": "Pets",
        "identifier": "https://pets.example/whole-life",
        "scopes": ["pets:read", "pets:create", "pets:read"],
    }});
    let made = manager.post(PATH, &body).expect(200).await;
    let id = made.string("/id");
    assert_eq!(
        made.json(),
        json!({
            "id": id,
            "realm_id": demo.realm,
            "tenant_id": demo.tenant,
            "display_name": "Pets",
            "is_managed": false,
            "identifier": "https://pets.example/whole-life",
            "scopes": ["pets:read", "pets:create"],
        })
    );
    let path = format!("{PATH}/{id}");
    let read = manager.get(&path).expect(200).await;
    assert_eq!(read.json(), made.json());
    let list = manager.get(PATH).expect(200).await.json();
    let servers = list["resource_servers"].as_array().expect("a list");
    assert!(servers.contains(&made.json()));

    let change = json!({"resource_server": {"display_name": "All pets"}});
    let changed = manager.patch(&path, &change).expect(200).await.json();
    assert_eq!(changed["display_name"], "All pets");
    assert_eq!(changed["scopes"], json!(["pets:read", "pets:create"]));
    let change = json!({"resource_server": {"scopes": []}});
    let changed = manager.patch(&path, &change).expect(200).await.json();
    assert_eq!(changed["display_name"], "All pets");
    assert_eq!(changed["scopes"], json!([]));
    assert_eq!(manager.get(&path).expect(200).await.json(), changed);

    let gone = manager.delete(&path).expect(200).await;
    assert!(gone.body.is_empty());
    for method in ["GET", "DELETE"] {
        let answer = manager.call(method, &path).expect(404).await;
        assert_missing(&answer, "ResourceServer", &id);
    }
    let answer = manager.patch(&path, &change).expect(404).await;
    assert_missing(&answer, "ResourceServer", &id);
}

async fn the_management_api_is_one_and_stays() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let path = format!("{PATH}/{}", manager.management_api().await);
    let api = manager.get(&path).expect(200).await.json();
    assert_eq!(api["identifier"], "beyondidentity");
    let change = json!({"resource_server": {"scopes": ["tokens:read"]}});
    let answer = manager.patch(&path, &change).expect(403).await;
    assert_error(&answer, "forbidden", "forbidden");
    manager.delete(&path).expect(403).await;
    assert_eq!(manager.get(&path).expect(200).await.json(), api);
}

async fn an_identifier_is_one_s_alone() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let identifier = "https://taken.example";
    let field = "resource_server.identifier";
    let taken = manager.resource_server(identifier, &[]).await;
    let body = |identifier: &str| json!({"resource_server": {"display_name": "A", "identifier": identifier}});
    let answer = manager.post(PATH, &body(identifier)).expect(400).await;
    assert_field(&answer, field, "already in use");
    let answer = manager
        .post(PATH, &body("beyondidentity"))
        .expect(400)
        .await;
    assert_field(&answer, field, "reserved");
    // An identifier is no id.
    let path = format!("{PATH}/identifier:beyondidentity");
    manager.get(&path).expect(404).await;
    let path = format!("{PATH}/{taken}");
    manager.get(&path).expect(200).await;
}

async fn an_identifier_is_free_again() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let first = manager.resource_server("https://again.example", &[]).await;
    manager.delete(&format!("{PATH}/{first}")).expect(200).await;
    let second = manager.resource_server("https://again.example", &[]).await;
    assert_ne!(first, second);
}

async fn an_identifier_stays() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let id = manager.resource_server("https://stays.example", &[]).await;
    let path = format!("{PATH}/{id}");
    let change = |identifier: &str| json!({"resource_server": {"identifier": identifier}});
    manager
        .patch(&path, &change("https://stays.example"))
        .expect(200)
        .await;
    let answer = manager.patch(&path, &change("https://else.example"));
    let field = "resource_server.identifier";
    assert_field(&answer.expect(400).await, field, "cannot be changed");
}

async fn scopes_are_scopes() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let with = |scope: &str| {
        json!({"resource_server": {
            "display_name": "A", "identifier": "https://scopes.example", "scopes": ["a", scope],
        }})
    };
    for scope in ["", "a b", "a\"b", "a\\b", "é", "a\u{7f}", &"a".repeat(129)] {
        let answer = manager.post(PATH, &with(scope)).expect(400).await;
        let (field, _) =
            assert_error(&answer, "bad_request", "invalid parameters").expect("a field");
        assert_eq!(field, "resource_server.scopes.1");
    }
    for taken in ["openid", "profile", "email", "offline_access"] {
        let answer = manager.post(PATH, &with(taken)).expect(400).await;
        let description = format!("must not have {taken}");
        assert_field(&answer, "resource_server.scopes", &description);
    }
    let odd = "!#[]~:/.-_+=";
    manager.post(PATH, &with(odd)).expect(200).await;
}

async fn names_are_bounded() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    for name in [json!(""), json!("a".repeat(65)), json!(null), json!(1)] {
        let body = json!({"resource_server": {
            "display_name": name, "identifier": "https://names.example",
        }});
        let answer = manager.post(PATH, &body).expect(400).await;
        let (field, _) =
            assert_error(&answer, "bad_request", "invalid parameters").expect("a field");
        assert_eq!(field, "resource_server.display_name");
    }
}

async fn read_only_members_are_ignored() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let body = json!({"resource_server": {
        "id": "mine", "realm_id": "mine", "tenant_id": "mine", "is_managed": true,
        "display_name": "A", "identifier": "https://read-only.example", "unheard_of": 1,
    }});
    let made = manager.post(PATH, &body).expect(200).await.json();
    assert_eq!(made["is_managed"], false);
    for member in ["id", "realm_id", "tenant_id"] {
        assert_ne!(made[member], "mine");
    }
    assert!(made["unheard_of"].is_null());
}

async fn one_in_use_stays() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let id = manager.resource_server("https://used.example", &[]).await;
    let config = json!({"type": "oauth2"});
    let application = manager.application(Some(&id), config).await.string("/id");
    let path = format!("{PATH}/{id}");
    let answer = manager.delete(&path).expect(409).await;
    assert_error(&answer, "conflict", "resource server is in use");
    assert_eq!(answer.string("/details/0/id"), id);
    manager.get(&path).expect(200).await;
    let application = format!("/applications/{application}");
    manager.delete(&application).expect(200).await;
    manager.delete(&path).expect(200).await;
}

async fn a_scope_that_goes_is_granted_no_more() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let id = manager
        .resource_server("https://goes.example", &["a", "b"])
        .await;
    let config = json!({
        "type": "oauth2",
        "grant_type": ["client_credentials"],
        "allowed_scopes": ["a", "b"],
    });
    let made = manager.application(Some(&id), config).await;
    let client = manager.client(&made);
    let token = client.access_token(&server, "a b").await;
    let (_, claims) = forged::jwt(&token);
    assert_eq!(
        claims["aud"],
        json!([client.client_id, "https://goes.example"])
    );

    let change = json!({"resource_server": {"scopes": ["a"]}});
    let path = format!("{PATH}/{id}");
    manager.patch(&path, &change).expect(200).await;
    let grant = ("grant_type", "client_credentials");
    let all = client.token_by_basic(&server, &[grant]).expect(200).await;
    assert_eq!(all.string("/scope"), "a");
    let gone = client.token_by_basic(&server, &[grant, ("scope", "b")]);
    flow::assert_error(&gone.expect(400).await, "invalid_scope");

    // Another change of the application does not fail for it, and the scope comes back with its resource server's.
    let application = format!("/applications/{}", client.id);
    let change = json!({"application": {"display_name": "Renamed"}});
    manager.patch(&application, &change).expect(200).await;
    let change = json!({"resource_server": {"scopes": ["a", "b"]}});
    manager.patch(&path, &change).expect(200).await;
    client.access_token(&server, "b").await;
}
