//! What every operation refuses in the same way.

use serde_json::{Value, json};

use super::operations::{
    application, assert_error, auth_flow, below, call, call_by, identity, identity_token, new_site,
};
use crate::bodies;
use crate::client::Call;
use crate::fixture;
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    every_operation_wants_a_good_key,
    what_belongs_to_another_team_is_not_there,
    identifiers_are_uuids,
    texts_have_limits,
    bodies_are_json_objects,
    bodies_are_limited,
    bodies_are_json_by_their_media_type,
    every_operation_owns_up_to_a_broken_store,
);

/// The names that paths have.
struct Names {
    application: String,
    auth_flow: String,
    identity: String,
}

impl Names {
    async fn made(server: &Server) -> Self {
        let site = new_site();
        let application = application(server, &site).await;
        let flow = json!({"name": "A flow", "methods": ["username_password"]});
        Self {
            auth_flow: auth_flow(server, &application, &flow).await,
            identity: identity(server, &json!({ "source": site })).await,
            application,
        }
    }

    fn all(name: &str) -> Self {
        Self {
            application: name.to_owned(),
            auth_flow: name.to_owned(),
            identity: name.to_owned(),
        }
    }

    /// Every operation that a key opens: its method, its path, and a body that it takes.
    fn operations(&self) -> Vec<(&'static str, String, Option<Value>)> {
        let flow = json!({"name": "A flow", "methods": ["username_password"]});
        let source = json!({"source": "https://shop.example/"});
        let callback = json!({"callbackUrl": "https://app.example.com/"});
        let one_flow = below(
            &self.application,
            &format!("/auth-flows/{}", self.auth_flow),
        );
        let one_identity = format!("/v1/identities/{}", self.identity);
        let mut operations = vec![
            ("POST", "/v1/applications".to_owned(), Some(source.clone())),
            ("GET", "/v1/applications".to_owned(), None),
            ("POST", "/v1/identities".to_owned(), Some(source)),
        ];
        operations.extend([
            ("GET", below(&self.application, ""), None),
            ("GET", below(&self.application, "/identities"), None),
            ("GET", below(&self.application, "/auth-flows"), None),
            (
                "POST",
                below(&self.application, "/auth-flows"),
                Some(flow.clone()),
            ),
            ("POST", below(&self.application, "/tokens"), Some(callback)),
            ("PATCH", one_flow.clone(), Some(flow)),
            ("DELETE", one_flow, None),
            ("GET", one_identity.clone(), None),
            (
                "PUT",
                one_identity.clone(),
                Some(json!({"name": "Another"})),
            ),
            ("DELETE", one_identity, None),
            ("DELETE", below(&self.application, ""), None),
        ]);
        operations
    }

    /// Those that name something.
    fn named(&self) -> Vec<(&'static str, String, Option<Value>)> {
        self.operations().split_off(3)
    }
}

fn with(call: Call, body: Option<&Value>) -> Call {
    match body {
        Some(body) => call.json(body),
        None => call,
    }
}

async fn every_operation_wants_a_good_key() {
    let server = shared().await;
    let names = Names::made(server).await;
    let good = server.demo("/anchorbrowser/api_key");
    let token = identity_token(server, &names.application, "https://app.example.com/").await;
    for (method, path, body) in names.operations() {
        let bare = with(server.client.call(method, &path), body.as_ref());
        assert_error(&bare.expect(401).await, 401);
        for key in ["wrong", &forged::tampered(good), &token] {
            let call = with(call_by(server, key, method, &path), body.as_ref());
            assert_error(&call.expect(401).await, 401);
        }
    }
    for (method, path, body) in names.operations() {
        let call = with(call(server, method, &path), body.as_ref());
        let answer = call.send().await;
        assert!(
            [200, 201].contains(&answer.status),
            "{method} {path}: {}",
            answer.text()
        );
    }
}

async fn what_belongs_to_another_team_is_not_there() {
    let server = shared().await;
    let names = Names::made(server).await;
    let other = fixture::anchorbrowser_team(server).await;
    let nobody = Names::all(&uuid::Uuid::new_v4().to_string());
    for ((method, path, body), (_, nowhere, _)) in names.named().into_iter().zip(nobody.named()) {
        let foreign = call_by(server, &other.api_key, method, &path);
        let foreign = with(foreign, body.as_ref()).expect(404).await;
        assert_error(&foreign, 404);
        let unknown = with(call(server, method, &nowhere), body.as_ref());
        let unknown = unknown.expect(404).await;
        assert_eq!(
            foreign.json(),
            unknown.json(),
            "{method} {path} can be told from none"
        );
    }
    let list = call_by(server, &other.api_key, "GET", "/v1/applications")
        .expect(200)
        .await;
    assert!(!list.text().contains(&names.application));
    // A flow's or an application's name is no identity's.
    for name in [&names.application, &names.auth_flow] {
        call(server, "GET", &format!("/v1/identities/{name}"))
            .expect(404)
            .await;
    }
    // Another team's application of the same site is not linked to.
    let site = json!({"source": "https://both.example/"});
    for key in [server.demo("/anchorbrowser/api_key"), &other.api_key] {
        let create = call_by(server, key, "POST", "/v1/identities").json(&site);
        create.expect(201).await;
    }
    let list = call_by(server, &other.api_key, "GET", "/v1/applications")
        .query(&[("search", "both.example")]);
    let list = list.expect(200).await.json();
    assert_eq!(list["applications"][0]["identity_count"], 1);
}

async fn identifiers_are_uuids() {
    let server = shared().await;
    for (method, path, body) in Names::all("no-uuid").named() {
        let call = with(call(server, method, &path), body.as_ref());
        assert_error(&call.expect(400).await, 400);
    }
    // Hexadecimal digits have no case (RFC 9562, section 4).
    let names = Names::made(server).await;
    let path = format!("/v1/identities/{}", names.identity.to_uppercase());
    call(server, "GET", &path).expect(200).await;
    call(server, "GET", &below(&names.application.to_uppercase(), ""))
        .expect(200)
        .await;
}

async fn texts_have_limits() {
    let server = shared().await;
    let long = "a".repeat(256);
    let identities = below(server.demo("/anchorbrowser/application_id"), "/identities");
    for path in ["/v1/applications", &identities] {
        let search = |text| call(server, "GET", path).query(&[("search", text)]);
        assert_error(&search(&long).expect(400).await, 400);
        search(&long[1..]).expect(200).await;
    }
    for path in ["/v1/applications", "/v1/identities"] {
        let create = |name| {
            let body = json!({"source": "https://shop.example/", "name": name});
            call(server, "POST", path).json(&body)
        };
        create(long.as_str()).expect(400).await;
        create("").expect(400).await;
        create(&long[1..]).expect(201).await;
    }
}

async fn bodies_are_json_objects() {
    let server = shared().await;
    for (method, path, body) in Names::made(server).await.operations() {
        let Some(body) = body else { continue };
        for broken in bodies::no_objects(&body) {
            let call = call(server, method, &path).body("application/json", broken);
            assert_error(&call.expect(400).await, 400);
        }
    }
}

async fn bodies_are_limited() {
    let server = shared().await;
    for (method, path, body) in Names::made(server).await.operations() {
        let Some(mut body) = body else { continue };
        body["more"] = json!("a".repeat(2 << 20));
        let call = call(server, method, &path).json(&body);
        assert_error(&call.expect(413).await, 413);
    }
}

async fn bodies_are_json_by_their_media_type() {
    let server = shared().await;
    for (method, path, body) in Names::made(server).await.operations() {
        let Some(body) = body else { continue };
        for media_type in bodies::NOT_JSON {
            let call = call(server, method, &path).body(media_type, body.to_string());
            assert_error(&call.expect(415).await, 415);
        }
    }
}

async fn every_operation_owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let names = Names::made(&server).await;
    server.break_store().await;
    for (method, path, body) in names.operations() {
        let call = with(call(&server, method, &path), body.as_ref());
        let answer = call.expect(500).await;
        assert_error(&answer, 500);
        assert!(answer.string("/error/message").starts_with("Failed to "));
    }
}
