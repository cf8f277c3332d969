//! The introspection endpoint.

use chrono::TimeDelta;
use serde_json::json;

use super::flow::{self, Application, DELETE, assert_error};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    says_what_a_client_s_token_is_good_for,
    says_for_whom_a_person_s_token_acts,
    says_which_realms_a_token_reaches,
    authenticates_in_the_body,
    a_bearer_with_the_scope_may_ask,
    any_client_of_the_realm_may_ask,
    of_what_is_not_good_nothing_else_is_said,
    says_nothing_of_another_realm_s_tokens,
    a_refresh_token_is_its_client_s_alone,
    wants_a_token,
    wants_a_credential,
    refuses_callers_of_another_realm,
    what_comes_with_a_tenant_asks_and_revokes_in_all_of_its_realms,
    a_bearer_without_the_scope_is_forbidden,
    takes_forms_only,
    owns_up_to_a_broken_store,
);

async fn says_what_a_client_s_token_is_good_for() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    let (_, mut claims) = forged::jwt(&token);
    let answer = demo.introspect(server, &token).await;
    claims["active"] = json!(true);
    claims["client_id"] = json!(demo.client_id);
    claims["token_type"] = json!("Bearer");
    assert_eq!(answer.json(), claims);
    assert_eq!(answer.header("cache-control"), "no-store");
}

async fn says_for_whom_a_person_s_token_acts() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.tokens(server, DELETE).await.string("/access_token");
    let told = demo.introspect(server, &token).await.json();
    assert_eq!(told["username"], "ada@example.com");
    let (_, claims) = forged::jwt(&token);
    for name in ["sub", "bi_p"] {
        assert_eq!(told[name], claims[name], "{name}");
    }
}

/// What comes with a tenant reaches all of its realms, and only that.
async fn says_which_realms_a_token_reaches() {
    let server = shared().await;
    let (managed, public) = (flow::demo(server), flow::public_demo(server));
    let own = managed.access_token(server, DELETE).await;
    let other = public.tokens(server, "").await.string("/access_token");
    for (token, realm) in [(own, "*"), (other, &*public.realm)] {
        let (_, claims) = forged::jwt(&token);
        let told = managed.introspect(server, &token).await.json();
        assert_eq!(
            (&claims["bi_r"], &told["bi_r"]),
            (&json!(realm), &json!(realm))
        );
        assert_eq!(claims["bi_t"], json!(managed.tenant));
    }
}

async fn authenticates_in_the_body() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    let path = format!(
        "/v1/tenants/{}/realms/{}/introspect",
        demo.tenant, demo.realm
    );
    let form = [
        ("token", token.as_str()),
        ("client_id", &demo.client_id),
        ("client_secret", demo.secret()),
        ("token_type_hint", "refresh_token"),
    ];
    let call = || server.client.post(&path).form(&form);
    assert_eq!(call().expect(200).await.json()["active"], json!(true));
    let twice = call().basic(&demo.client_id, demo.secret());
    assert_error(&twice.expect(400).await, "invalid_request");
}

async fn a_bearer_with_the_scope_may_ask() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["tokens:introspect"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let bearer = application.access_token(server, "tokens:introspect").await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    let call = demo.introspection(server, &token).bearer(&bearer);
    assert_eq!(call.expect(200).await.json()["active"], json!(true));
    let public = flow::public_demo(server).tokens(server, "openid").await;
    let refresh = public.string("/refresh_token");
    let call = demo.introspection(server, &refresh).bearer(&bearer);
    let told = call.expect(200).await.json();
    assert_eq!(told["active"], json!(true));
    // Nothing by which it could be taken for an access token.
    assert!(told["token_type"].is_null() && told["aud"].is_null());
}

async fn any_client_of_the_realm_may_ask() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::application(server, NewApplication::default()).await;
    let token = other.access_token(server, DELETE).await;
    let told = demo.introspect(server, &token).await.json();
    assert_eq!(told["client_id"], json!(other.client_id));
}

async fn of_what_is_not_good_nothing_else_is_said() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let new = NewApplication {
        expires_after: 60,
        ..NewApplication::default()
    };
    let brief = fixture::application(&server, new).await;
    let expired = brief.access_token(&server, DELETE).await;
    let revoked = demo.access_token(&server, DELETE).await;
    let revoke = demo.revoke(&server, &revoked);
    let revoke = revoke.basic(&demo.client_id, demo.secret());
    revoke.expect(200).await;
    assert_eq!(
        demo.introspect(&server, &expired).await.json()["active"],
        json!(true)
    );
    server.clock.advance(TimeDelta::seconds(60));
    let good = demo.access_token(&server, DELETE).await;
    let (_, claims) = forged::jwt(&good);
    for bad in [
        expired,
        revoked,
        forged::tampered(&good),
        forged::unsigned_jwt(&claims),
        forged::hs256_jwt(&claims, b"secret"),
        demo.code(&server).await,
        server.demo("/infisical/access_token").to_owned(),
        "x".to_owned(),
    ] {
        let answer = demo.introspect(&server, &bad).await;
        assert_eq!(answer.text(), r#"{"active":false}"#, "{bad}");
    }
}

async fn says_nothing_of_another_realm_s_tokens() {
    let server = shared().await;
    let demo = flow::demo(server);
    let foreign = fixture::other_tenant(server).await;
    let token = foreign.access_token(server, DELETE).await;
    let answer = demo.introspect(server, &token).await;
    assert_eq!(answer.text(), r#"{"active":false}"#);
    let told = foreign.introspect(server, &token).await.json();
    assert_eq!(told["active"], json!(true));
}

async fn a_refresh_token_is_its_client_s_alone() {
    let server = shared().await;
    let new = NewApplication {
        more: json!({"refresh_tokens": true}),
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let tokens = application.tokens(server, DELETE).await;
    let token = tokens.string("/refresh_token");
    let told = application.introspect(server, &token).await.json();
    assert_eq!(told["scope"], DELETE);
    assert_eq!(told["username"], "ada@example.com");
    let answer = flow::demo(server).introspect(server, &token).await;
    assert_eq!(answer.text(), r#"{"active":false}"#);
    application.refresh(server, &token, &[]).expect(200).await;
    let answer = application.introspect(server, &token).await;
    assert_eq!(answer.text(), r#"{"active":false}"#, "it was used");
}

async fn wants_a_token() {
    let server = shared().await;
    let demo = flow::demo(server);
    let path = format!(
        "/v1/tenants/{}/realms/{}/introspect",
        demo.tenant, demo.realm
    );
    for form in [&[][..], &[("token", "")], &[("token", "a"), ("token", "b")]] {
        let call = server.client.post(&path).form(form);
        let call = call.basic(&demo.client_id, demo.secret());
        assert_error(&call.expect(400).await, "invalid_request");
    }
}

async fn wants_a_credential() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    let answer = demo.introspection(server, &token).expect(401).await;
    assert_error(&answer, "invalid_client");
    let call = demo.introspection(server, &token);
    let answer = call.basic(&demo.client_id, "wrong").expect(401).await;
    assert_error(&answer, "invalid_client");
    let call = demo.introspection(server, &token);
    let answer = call.bearer("wrong").expect(401).await;
    assert_error(&answer, "invalid_token");
    // A public client proves nothing by its name.
    let public = flow::public_demo(server);
    let path = format!(
        "/v1/tenants/{}/realms/{}/introspect",
        demo.tenant, demo.realm
    );
    let form = [("token", token.as_str()), ("client_id", &public.client_id)];
    let answer = server.client.post(&path).form(&form).expect(401).await;
    assert_error(&answer, "invalid_client");
}

async fn refuses_callers_of_another_realm() {
    let server = shared().await;
    let demo = flow::demo(server);
    let foreign = fixture::other_tenant(server).await;
    let token = demo.access_token(server, DELETE).await;
    let unknown = Application {
        realm: "unknown".to_owned(),
        ..demo.clone()
    };
    for (place, caller) in [(&demo, &foreign), (&unknown, &demo)] {
        let call = place.introspection(server, &token);
        let answer = call.basic(&caller.client_id, caller.secret());
        assert_error(&answer.expect(401).await, "invalid_client");
    }
    let bearer = demo.access_token(server, "tokens:introspect").await;
    let call = foreign.introspection(server, &token).bearer(&bearer);
    assert_error(&call.expect(401).await, "invalid_token");
}

async fn what_comes_with_a_tenant_asks_and_revokes_in_all_of_its_realms() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let elsewhere = fixture::application_elsewhere(&server).await;
    let token = elsewhere.access_token(&server, DELETE).await;
    let bearer = demo.access_token(&server, "tokens:introspect").await;
    let ask = || elsewhere.introspection(&server, &token);
    let told = ask().bearer(&bearer).expect(200).await.json();
    assert_eq!(told["active"], json!(true));
    // A client's secret counts in its own realm only.
    let by_secret = ask().basic(&demo.client_id, demo.secret());
    assert_error(&by_secret.expect(401).await, "invalid_client");
    let bearer = demo.access_token(&server, DELETE).await;
    let call = elsewhere.revoke(&server, &token).bearer(&bearer);
    call.expect(200).await;
    assert_eq!(
        elsewhere.introspect(&server, &token).await.json(),
        json!({"active": false})
    );
    // Another application of the realm reaches that realm alone.
    let new = NewApplication {
        scopes: vec!["tokens:introspect"],
        ..NewApplication::default()
    };
    let other = fixture::application(&server, new).await;
    let bearer = other.access_token(&server, "tokens:introspect").await;
    let call = ask().bearer(&bearer);
    assert_error(&call.expect(401).await, "invalid_token");
}

async fn a_bearer_without_the_scope_is_forbidden() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    let answer = demo.introspection(server, &token).bearer(&token);
    let answer = answer.expect(403).await;
    assert_error(&answer, "insufficient_scope");
    let challenge = answer.header("www-authenticate");
    assert!(challenge.contains("insufficient_scope"), "{challenge}");
}

async fn takes_forms_only() {
    let server = shared().await;
    let demo = flow::demo(server);
    let path = format!(
        "/v1/tenants/{}/realms/{}/introspect",
        demo.tenant, demo.realm
    );
    let call = server.client.post(&path).json(&json!({"token": "x"}));
    let call = call.basic(&demo.client_id, demo.secret());
    assert_error(&call.expect(415).await, "invalid_request");
    let call = demo.introspection(server, &"a".repeat(2 << 20));
    let call = call.basic(&demo.client_id, demo.secret());
    assert_error(&call.expect(413).await, "invalid_request");
    for method in ["GET", "PUT", "DELETE"] {
        server.client.call(method, &path).expect(405).await;
    }
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let token = demo.access_token(&server, DELETE).await;
    server.break_store().await;
    let call = demo.introspection(&server, &token);
    let answer = call.basic(&demo.client_id, demo.secret()).expect(500).await;
    assert_error(&answer, "server_error");
}
