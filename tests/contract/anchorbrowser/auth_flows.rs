//! Authentication flows: make, list, change, delete.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::operations::{application, auth_flow, below, call, names, new_site};
use crate::server::{Server, Setup, shared};

scenarios!(
    a_flow_is_made_and_listed,
    a_flow_changes_where_it_is_told_to,
    many_changes_at_once_all_count,
    a_deleted_flow_is_gone,
    a_flow_belongs_to_its_own_application,
    refuses_flows_that_lead_nowhere,
    a_custom_field_counts_once,
);

fn full() -> Value {
    json!({
        "name": "With a code",
        "description": "As on the site.",
        "is_recommended": true,
        "methods": ["username_password", "authenticator", "custom"],
        "custom_fields": [{"name": "Company"}],
    })
}

async fn a_flow_is_made_and_listed() {
    let server = shared().await;
    let id = application(server, &new_site()).await;
    let path = below(&id, "/auth-flows");
    let none = call(server, "GET", &path).expect(200).await.json();
    assert_eq!(none, json!({"auth_flows": []}));
    let made = call(server, "POST", &path).json(&full());
    let made = made.expect(201).await.json();
    for (member, value) in full().as_object().expect("an object") {
        assert_eq!(made[member], *value, "{member}");
    }
    let plain = json!({"name": "Plain", "methods": ["username_password"]});
    let plain = call(server, "POST", &path).json(&plain);
    let plain = plain.expect(201).await.json();
    assert_eq!(plain["is_recommended"], false);
    assert_eq!(plain["custom_fields"], json!([]));
    assert_eq!(plain.get("description"), None);
    let list = call(server, "GET", &path).expect(200).await.json();
    assert_eq!(list, json!({"auth_flows": [made, plain]}));
}

async fn a_flow_changes_where_it_is_told_to() {
    let server = Server::start(Setup::default()).await;
    let id = application(&server, &new_site()).await;
    let made = call(&server, "POST", &below(&id, "/auth-flows")).json(&full());
    let made = made.expect(201).await.json();
    let flow = made["id"].as_str().expect("an id");
    let path = below(&id, &format!("/auth-flows/{flow}"));
    let mut expected = made.clone();
    for (member, value) in [
        ("name", json!("Another name")),
        ("description", json!("")),
        ("is_recommended", json!(false)),
        ("methods", json!(["custom"])),
        (
            "custom_fields",
            json!([{"name": "Site"}, {"name": "Badge"}]),
        ),
    ] {
        server.clock.advance(TimeDelta::minutes(1));
        let changed = call(&server, "PATCH", &path).json(&json!({ member: value }));
        let changed = changed.expect(200).await.json();
        assert_ne!(changed["updated_at"], expected["updated_at"]);
        expected[member] = value;
        expected["updated_at"] = changed["updated_at"].clone();
        assert_eq!(changed, expected);
    }
    let same = call(&server, "PATCH", &path).json(&json!({}));
    let same = same.expect(200).await.json();
    assert_eq!(same["name"], expected["name"]);
    let list = call(&server, "GET", &below(&id, "/auth-flows"))
        .expect(200)
        .await;
    assert_eq!(list.json()["auth_flows"], json!([same]));
}

async fn many_changes_at_once_all_count() {
    let server = shared().await;
    let id = application(server, &new_site()).await;
    let flow = auth_flow(server, &id, &full()).await;
    let path = below(&id, &format!("/auth-flows/{flow}"));
    let changes = [
        ("name", json!("Another name")),
        ("description", json!("Another description")),
        ("is_recommended", json!(false)),
        ("methods", json!(["authenticator"])),
        ("custom_fields", json!([{"name": "Badge"}])),
    ];
    let calls = changes.iter().map(|(member, value)| {
        let body = json!({ *member: value });
        call(server, "PATCH", &path).json(&body).expect(200)
    });
    futures_util::future::join_all(calls).await;
    let list = call(server, "GET", &below(&id, "/auth-flows"))
        .expect(200)
        .await;
    for (member, value) in changes {
        assert_eq!(
            list.json()["auth_flows"][0][member],
            value,
            "{member} is lost"
        );
    }
}

async fn a_deleted_flow_is_gone() {
    let server = shared().await;
    let id = application(server, &new_site()).await;
    let path = below(&id, "/auth-flows");
    let flow = auth_flow(server, &id, &full()).await;
    let other = json!({"name": "Other", "methods": ["authenticator"]});
    auth_flow(server, &id, &other).await;
    let one = format!("{path}/{flow}");
    let gone = call(server, "DELETE", &one).expect(200).await;
    assert_eq!(gone.json(), json!({"success": true}));
    call(server, "DELETE", &one).expect(404).await;
    call(server, "PATCH", &one)
        .json(&json!({}))
        .expect(404)
        .await;
    let list = call(server, "GET", &path).expect(200).await.json();
    assert_eq!(names(&list["auth_flows"]), ["Other"]);
}

async fn a_flow_belongs_to_its_own_application() {
    let server = shared().await;
    let own = application(server, &new_site()).await;
    let other = application(server, &new_site()).await;
    let flow = auth_flow(server, &own, &full()).await;
    let path = below(&other, &format!("/auth-flows/{flow}"));
    call(server, "PATCH", &path)
        .json(&json!({}))
        .expect(404)
        .await;
    call(server, "DELETE", &path).expect(404).await;
}

async fn refuses_flows_that_lead_nowhere() {
    let server = shared().await;
    let id = application(server, &new_site()).await;
    let flow = auth_flow(server, &id, &full()).await;
    let fields: Vec<Value> = (0..33).map(|n| json!({"name": n.to_string()})).collect();
    for (member, value) in [
        ("name", json!("")),
        ("name", json!("a".repeat(256))),
        ("name", json!(null)),
        ("description", json!("a".repeat(1001))),
        ("is_recommended", json!("yes")),
        ("methods", json!([])),
        ("methods", json!(["password"])),
        ("methods", json!(["custom", "custom"])),
        ("methods", json!("custom")),
        ("custom_fields", json!(["Company"])),
        ("custom_fields", json!([{"name": ""}])),
        ("custom_fields", json!([{"name": "a".repeat(65)}])),
        ("custom_fields", json!([{"name": "a\nb"}])),
        ("custom_fields", json!([{"name": " "}])),
        ("custom_fields", json!([{}])),
        ("custom_fields", json!(fields)),
    ] {
        let mut body = full();
        body[member] = value.clone();
        let create = call(server, "POST", &below(&id, "/auth-flows")).json(&body);
        let refused = create.expect(400).await;
        assert!(refused.text().contains(member), "{}", refused.text());
        let path = below(&id, &format!("/auth-flows/{flow}"));
        let change = call(server, "PATCH", &path).json(&json!({ member: value }));
        change.expect(400).await;
    }
    for body in [
        json!({"name": "A", "methods": ["custom"]}),
        json!({"name": "A", "methods": ["authenticator", "custom"], "custom_fields": []}),
    ] {
        let create = call(server, "POST", &below(&id, "/auth-flows")).json(&body);
        let refused = create.expect(400).await;
        assert!(
            refused
                .text()
                .contains("`custom_fields` must have at least one")
        );
    }
    let path = below(&id, &format!("/auth-flows/{flow}"));
    let change = call(server, "PATCH", &path).json(&json!({"custom_fields": []}));
    change.expect(400).await;
    let change = json!({"custom_fields": [], "methods": ["authenticator"]});
    call(server, "PATCH", &path).json(&change).expect(200).await;
    for body in [
        json!({"name": "A"}),
        json!({"methods": ["custom"]}),
        json!({}),
    ] {
        let create = call(server, "POST", &below(&id, "/auth-flows")).json(&body);
        create.expect(400).await;
    }
}

async fn a_custom_field_counts_once() {
    let server = shared().await;
    let id = application(server, &new_site()).await;
    let fields = json!([{"name": "Company"}, {"name": "Company", "more": 1}]);
    let body = json!({"name": "A", "methods": ["custom"], "custom_fields": fields});
    let made = call(server, "POST", &below(&id, "/auth-flows")).json(&body);
    let made = made.expect(201).await.json();
    assert_eq!(names(&made["custom_fields"]), ["Company"]);
}
