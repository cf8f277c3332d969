//! Who may use the management API: good tokens for it, each for its scopes, and in its own realm.

use chrono::TimeDelta;
use serde_json::json;

use super::super::flow;
use super::manager::{Manager, assert_error, assert_missing, operations};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    wants_a_token,
    refuses_bad_tokens,
    refuses_ended_tokens,
    refuses_tokens_for_another_audience,
    an_application_without_a_resource_server_manages_nothing,
    each_operation_wants_its_scope,
    a_token_may_have_no_more_than_one_scope,
    another_tenant_is_forbidden,
    a_realm_s_own_application_stays_in_its_realm,
    the_managed_application_reaches_all_realms_of_its_tenant,
);

async fn wants_a_token() {
    let server = shared().await;
    let demo = flow::demo(server);
    for operation in operations() {
        for call in [
            operation.call(server, &demo),
            operation
                .call(server, &demo)
                .basic(&demo.client_id, demo.secret()),
            operation
                .call(server, &demo)
                .header("authorization", "Bearer"),
        ] {
            let answer = call.expect(401).await;
            assert_error(&answer, "unauthorized", "unauthorized");
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
        }
    }
}

async fn refuses_bad_tokens() {
    let server = shared().await;
    let demo = flow::demo(server);
    let good = Manager::of_demo(server).await.token;
    let (_, claims) = forged::jwt(&good);
    for bad in [
        "x".to_owned(),
        forged::tampered(&good),
        forged::unsigned_jwt(&claims),
        forged::hs256_jwt(&claims, b"secret"),
        server.demo("/infisical/access_token").to_owned(),
        demo.code(server).await,
    ] {
        let call = operations()[0].call(server, &demo);
        let answer = call.bearer(&bad).expect(401).await;
        assert_error(&answer, "unauthorized", "unauthorized");
        let challenge = answer.header("www-authenticate");
        assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    }
}

async fn refuses_ended_tokens() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let (revoked, expired) = (
        Manager::of_demo(&server).await,
        Manager::of_demo(&server).await,
    );
    let status = |manager: &Manager<'_>| manager.get("").send();
    assert_eq!(status(&revoked).await.status, 200);
    let call = demo.revoke(&server, &revoked.token);
    call.basic(&demo.client_id, demo.secret()).expect(200).await;
    assert_eq!(status(&revoked).await.status, 401);
    server.clock.advance(TimeDelta::seconds(7_776_000 - 1));
    assert_eq!(status(&expired).await.status, 200);
    server.clock.advance(TimeDelta::seconds(1));
    assert_eq!(status(&expired).await.status, 401);
}

async fn refuses_tokens_for_another_audience() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["realms:read"],
        resource_server: Some("https://api.example.com"),
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let manager = Manager::of(server, &application).await;
    let answer = manager.get("").expect(401).await;
    assert_error(&answer, "unauthorized", "unauthorized");
}

async fn an_application_without_a_resource_server_manages_nothing() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let config = json!({"type": "oauth2", "grant_type": ["client_credentials"]});
    let made = manager.application(None, config).await;
    let application = manager.client(&made);
    let manager = Manager::of(server, &application).await;
    let (_, claims) = forged::jwt(&manager.token);
    assert_eq!(claims["aud"], json!([application.client_id]));
    assert_eq!(claims["scope"], "");
    manager.get("").expect(401).await;
}

async fn each_operation_wants_its_scope() {
    let server = shared().await;
    let scopes: Vec<&str> = operations().iter().map(|one| one.scope).collect();
    for operation in operations() {
        let mut others = scopes.clone();
        others.retain(|scope| *scope != operation.scope);
        let new = NewApplication {
            scopes: others,
            ..NewApplication::default()
        };
        let application = fixture::application(server, new).await;
        let manager = Manager::of(server, &application).await;
        let call = operation.call(server, &application);
        let answer = call.bearer(&manager.token).expect(403).await;
        assert_error(&answer, "forbidden", "forbidden");
        let challenge = answer.header("www-authenticate");
        assert!(challenge.contains("insufficient_scope"), "{challenge}");
    }
}

async fn a_token_may_have_no_more_than_one_scope() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    for operation in operations() {
        let token = demo.access_token(&server, operation.scope).await;
        let answer = operation.call(&server, &demo).bearer(&token).send().await;
        let status = answer.status;
        assert!([200, 404].contains(&status), "{}", answer.text());
        // What exists is found, or made; what does not is missing.
        let missing = operation.path.contains("ID");
        assert_eq!(
            status == 404,
            missing,
            "{} {}",
            operation.method,
            operation.path
        );
    }
}

async fn another_tenant_is_forbidden() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let other = fixture::other_tenant(server).await;
    let nowhere = flow::Application {
        tenant: "0000000000000000".to_owned(),
        ..other.clone()
    };
    for operation in operations() {
        for application in [&other, &nowhere] {
            let call = operation.call(server, application);
            let answer = call.bearer(&manager.token).expect(403).await;
            assert_error(&answer, "forbidden", "forbidden");
        }
    }
    // Nor does its own application see it by way of another tenant.
    let path = format!("/applications/{}", other.id);
    let answer = manager.get(&path).expect(404).await;
    assert_missing(&answer, "Application", &other.id);
}

async fn a_realm_s_own_application_stays_in_its_realm() {
    let server = shared().await;
    let new = NewApplication {
        scopes: operations().iter().map(|one| one.scope).collect(),
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let manager = Manager::of(server, &application).await;
    manager.get("").expect(200).await;
    let other = fixture::other_realm(server).await;
    for realm in [other.as_str(), "0000000000000000"] {
        let elsewhere = flow::Application {
            realm: realm.to_owned(),
            ..application.clone()
        };
        let inside = |path: &str| !path.starts_with("//");
        for operation in operations().iter().filter(|one| inside(one.path)) {
            let call = operation.call(server, &elsewhere);
            let answer = call.bearer(&manager.token).expect(403).await;
            assert_error(&answer, "forbidden", "forbidden");
        }
    }
    let path = format!("/v1/tenants/{}/realms", application.tenant);
    let call = server.client.get(&path).bearer(&manager.token);
    let list = call.expect(200).await.json();
    assert_eq!(list["total_size"], 1);
    assert_eq!(list["realms"][0]["id"], application.realm);
}

async fn the_managed_application_reaches_all_realms_of_its_tenant() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let demo = flow::demo(&server);
    let other = fixture::other_realm(&server).await;
    let tenant = format!("/v1/tenants/{}", demo.tenant);
    let get = |path: String| server.client.get(&path).bearer(&manager.token);

    let answer = get(tenant.clone()).expect(200).await.json();
    assert_eq!(answer["id"], demo.tenant);
    assert_eq!(answer["display_name"], "Demo");
    let list = get(format!("{tenant}/realms")).expect(200).await.json();
    assert_eq!(list["total_size"], 2);
    let realm = get(format!("{tenant}/realms/{other}"))
        .expect(200)
        .await
        .json();
    assert_eq!(realm["id"], other);
    assert_eq!(realm["tenant_id"], demo.tenant);
    assert_eq!(realm["create_time"], realm["update_time"]);
    let missing = get(format!("{tenant}/realms/nowhere")).expect(404).await;
    assert_missing(&missing, "Realm", "nowhere");
    let missing = get(format!("{tenant}/realms/nowhere/applications"));
    assert_missing(&missing.expect(404).await, "Realm", "nowhere");
}
