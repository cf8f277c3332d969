//! What every operation refuses alike, in the management API's own shape.

use std::time::{Duration, Instant};

use serde_json::json;

use super::super::flow::{self, Application};
use super::manager::{Manager, NOTHING, assert_error, assert_field, assert_missing, operations};
use crate::server::{Server, Setup, shared};

scenarios!(
    what_does_not_exist_is_not_found,
    bodies_are_json,
    bodies_are_bounded,
    a_body_that_cannot_be_read_has_no_fields,
    a_body_is_required,
    all_missing_fields_are_named,
    owns_up_to_a_broken_store,
);

async fn what_does_not_exist_is_not_found() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let demo = flow::demo(server);
    for operation in operations() {
        if !operation.path.contains("ID") {
            continue;
        }
        let kind = match operation.path.starts_with("/applications") {
            true => "Application",
            false => "ResourceServer",
        };
        let call = operation.call(server, &demo);
        let answer = call.bearer(&manager.token).expect(404).await;
        assert_missing(&answer, kind, NOTHING);
    }
    let nowhere = Application {
        realm: "nowhere".to_owned(),
        ..demo.clone()
    };
    for operation in operations() {
        if !operation.path.starts_with("//") {
            let call = operation.call(server, &nowhere);
            let answer = call.bearer(&manager.token).expect(404).await;
            assert_missing(&answer, "Realm", "nowhere");
        }
    }
    let path = format!("/applications/{}/tokens/{NOTHING}", demo.id);
    let answer = manager.delete(&path).expect(404).await;
    assert_missing(&answer, "Token", NOTHING);
}

async fn bodies_are_json() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    for operation in operations() {
        if operation.body.is_none() {
            continue;
        }
        for media_type in ["text/plain", "application/x-www-form-urlencoded"] {
            let path = operation.path.replace("ID", NOTHING);
            let call = manager.call(operation.method, &path);
            let answer = call.body(media_type, "{}").expect(415).await;
            let error = answer.json();
            assert_eq!(error["code"], "unsupported_media_type", "{error}");
        }
    }
}

async fn bodies_are_bounded() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    for operation in operations() {
        if operation.body.is_none() {
            continue;
        }
        let path = operation.path.replace("ID", NOTHING);
        let call = manager.call(operation.method, &path);
        let body = json!({ "application": "a".repeat(2 << 20) });
        let answer = call.json(&body).expect(413).await;
        assert_eq!(answer.json()["code"], "content_too_large");
    }
}

async fn a_body_that_cannot_be_read_has_no_fields() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    for operation in operations() {
        if operation.body.is_none() {
            continue;
        }
        for body in ["{", "", "[]", "application=x"] {
            let path = operation.path.replace("ID", NOTHING);
            let call = manager.call(operation.method, &path);
            let answer = call.body("application/json", body).expect(400).await;
            assert_error(&answer, "bad_request", "invalid request");
            assert!(answer.json()["details"].is_null(), "{}", answer.text());
        }
    }
}

async fn a_body_is_required() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    for operation in operations() {
        if operation.body.is_some() {
            let path = operation.path.replace("ID", NOTHING);
            let answer = manager.call(operation.method, &path).send().await;
            assert!([400, 415].contains(&answer.status), "{}", answer.text());
        }
    }
}

async fn all_missing_fields_are_named() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let answer = manager.post("/applications", &json!({})).expect(400).await;
    assert_field(&answer, "application", "missing");
    let body = json!({"resource_server": {}});
    let answer = manager.post("/resource-servers", &body).expect(400).await;
    let fields = answer.json()["details"][0]["field_violations"].clone();
    assert_eq!(
        fields,
        json!([
            {"field": "resource_server.display_name", "description": "missing"},
            {"field": "resource_server.identifier", "description": "missing"},
        ])
    );
    let body = json!({"application": {"display_name": "A", "protocol_config": {}}});
    let answer = manager.post("/applications", &body).expect(400).await;
    assert_field(&answer, "application.protocol_config.type", "missing");
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let demo = flow::demo(&server);
    server.break_store().await;
    // What is cached is served until the server sees that the database has changed.
    let deadline = Instant::now() + Duration::from_secs(10);
    for operation in operations() {
        let answer = loop {
            let call = operation.call(&server, &demo).bearer(&manager.token);
            let answer = call.send().await;
            if answer.status == 500 || Instant::now() > deadline {
                break answer;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert_eq!(
            answer.status, 500,
            "{} {}",
            operation.method, operation.path
        );
        assert_error(&answer, "internal_server_error", "internal server error");
    }
}
