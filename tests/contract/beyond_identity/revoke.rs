//! The revocation endpoint.

use chrono::TimeDelta;
use serde_json::json;

use super::flow::{self, DELETE, assert_error};
use crate::client::Call;
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    revokes_by_form,
    revokes_by_json,
    revokes_by_a_form_that_is_called_json,
    a_bearer_with_either_scope_revokes,
    a_bearer_may_revoke_itself,
    unknown_tokens_are_answered_like_revoked_ones,
    expired_tokens_are_answered_like_revoked_ones,
    the_hint_changes_nothing,
    revokes_no_other_client_s_token,
    a_bearer_revokes_nothing_of_another_tenant,
    wants_a_token,
    refuses_repeated_parameters,
    wants_a_credential,
    refuses_bad_clients,
    refuses_bad_bearers,
    a_bearer_without_the_scope_is_forbidden,
    a_bearer_for_another_audience_is_refused,
    knows_the_application_only_in_its_own_realm_and_tenant,
    takes_forms_and_json_only,
    refuses_bodies_that_are_too_large,
    owns_up_to_a_broken_store,
);

fn revoke_by_basic(server: &Server, token: &str) -> Call {
    let demo = flow::demo(server);
    demo.revoke(server, token)
        .basic(&demo.client_id, demo.secret())
}

async fn revokes_by_form() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    assert!(demo.opens(server, &token).await);
    revoke_by_basic(server, &token).expect(200).await;
    assert!(!demo.opens(server, &token).await);
    revoke_by_basic(server, &token).expect(200).await;
}

async fn revokes_by_json() {
    revokes_by(|call, token| call.json(&json!({ "token": token }))).await;
}

/// As the vendor's sample does.
async fn revokes_by_a_form_that_is_called_json() {
    revokes_by(|call, token| call.body("application/json", format!("token={token}"))).await;
}

/// Revokes by what `with` puts a token into.
async fn revokes_by(with: impl FnOnce(Call, &str) -> Call) {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    let call = server
        .client
        .post(&demo.path("revoke"))
        .basic(&demo.client_id, demo.secret());
    with(call, &token).expect(200).await;
    assert!(!demo.opens(server, &token).await);
}

async fn a_bearer_with_either_scope_revokes() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["tokens:delete", "token:delete"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    for scope in ["tokens:delete", "token:delete"] {
        let bearer = application.access_token(server, scope).await;
        let token = application.access_token(server, DELETE).await;
        application
            .revoke(server, &token)
            .bearer(&bearer)
            .expect(200)
            .await;
        assert!(!application.opens(server, &token).await);
        assert!(application.opens(server, &bearer).await);
    }
}

async fn a_bearer_may_revoke_itself() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    demo.revoke(server, &token).bearer(&token).expect(200).await;
    assert!(!demo.opens(server, &token).await);
}

async fn unknown_tokens_are_answered_like_revoked_ones() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    for unknown in [
        "x",
        "a.b.c",
        &forged::tampered(&token),
        &"a".repeat(20_000),
        "\u{0}",
        demo.secret(),
    ] {
        let answer = revoke_by_basic(server, unknown).expect(200).await;
        assert!(answer.body.is_empty());
    }
    assert!(demo.opens(server, &token).await);
}

async fn expired_tokens_are_answered_like_revoked_ones() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let token = demo.access_token(&server, DELETE).await;
    server.clock.advance(TimeDelta::seconds(7_776_000 - 1));
    assert!(demo.opens(&server, &token).await);
    server.clock.advance(TimeDelta::seconds(1));
    assert!(!demo.opens(&server, &token).await);
    revoke_by_basic(&server, &token).expect(200).await;
}

async fn the_hint_changes_nothing() {
    let server = shared().await;
    let demo = flow::demo(server);
    for hint in ["access_token", "refresh_token", "unheard-of", ""] {
        let token = demo.access_token(server, DELETE).await;
        let form = [("token", token.as_str()), ("token_type_hint", hint)];
        let call = server.client.post(&demo.path("revoke")).form(&form);
        call.basic(&demo.client_id, demo.secret()).expect(200).await;
        assert!(!demo.opens(server, &token).await, "{hint}");
    }
}

async fn revokes_no_other_client_s_token() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::application(server, NewApplication::default()).await;
    let token = other.access_token(server, DELETE).await;
    // At its own application (RFC 7009, section 2.1: the request is refused).
    let answer = revoke_by_basic(server, &token).expect(400).await;
    assert_error(&answer, "invalid_grant");
    // At the other's.
    let call = other.revoke(server, &token);
    let answer = call.basic(&demo.client_id, demo.secret()).expect(401).await;
    assert_error(&answer, "invalid_client");
    assert!(other.opens(server, &token).await);
}

async fn a_bearer_revokes_nothing_of_another_tenant() {
    let server = shared().await;
    let other = fixture::other_tenant(server).await;
    let token = other.access_token(server, DELETE).await;
    let bearer = flow::demo(server).access_token(server, DELETE).await;
    let answer = other.revoke(server, &token).bearer(&bearer).send().await;
    assert!(
        [400, 401, 403].contains(&answer.status),
        "{}",
        answer.status
    );
    let demo = flow::demo(server);
    demo.revoke(server, &token).bearer(&bearer).send().await;
    assert!(other.opens(server, &token).await);
}

async fn wants_a_token() {
    let server = shared().await;
    let demo = flow::demo(server);
    let post = || {
        server
            .client
            .post(&demo.path("revoke"))
            .basic(&demo.client_id, demo.secret())
    };
    for call in [
        post().form(&[]),
        post().form(&[("token", "")]),
        post().form(&[("token_type_hint", "access_token")]),
        post().json(&json!({})),
        post().json(&json!({"token": null})),
        post().json(&json!({"token": 1})),
        post().json(&json!(["token"])),
        post().body("application/json", "token"),
        post().body("application/json", "token="),
        post().body("application/json", "other=x"),
        post().body("application/json", ""),
    ] {
        assert_error(&call.expect(400).await, "invalid_request");
    }
}

async fn refuses_repeated_parameters() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    let form = [("token", "x"), ("token", token.as_str())];
    let call = server.client.post(&demo.path("revoke")).form(&form);
    let answer = call.basic(&demo.client_id, demo.secret()).expect(400).await;
    assert_error(&answer, "invalid_request");
    assert!(demo.opens(server, &token).await);
}

async fn wants_a_credential() {
    let server = shared().await;
    let answer = flow::demo(server).revoke(server, "x").expect(401).await;
    let challenges = answer.headers_of("www-authenticate");
    for scheme in ["Basic", "Bearer"] {
        assert!(
            challenges
                .iter()
                .any(|challenge| challenge.contains(scheme)),
            "{challenges:?}"
        );
    }
}

async fn refuses_bad_clients() {
    let server = shared().await;
    let demo = flow::demo(server);
    let public = flow::public_demo(server);
    for (client, secret) in [
        (demo.client_id.as_str(), "wrong"),
        ("nobody", demo.secret()),
        (&public.client_id, ""),
        (&demo.client_id, ""),
    ] {
        let answer = demo
            .revoke(server, "x")
            .basic(client, secret)
            .expect(401)
            .await;
        assert_error(&answer, "invalid_client");
    }
}

async fn refuses_bad_bearers() {
    let server = shared().await;
    let demo = flow::demo(server);
    let good = demo.access_token(server, DELETE).await;
    let (_, claims) = forged::jwt(&good);
    for bad in [
        "x".to_owned(),
        forged::tampered(&good),
        forged::unsigned_jwt(&claims),
        forged::hs256_jwt(&claims, b"secret"),
        server.demo("/infisical/access_token").to_owned(),
        demo.code(server).await,
    ] {
        let answer = demo.revoke(server, &good).bearer(&bad).expect(401).await;
        assert_error(&answer, "invalid_token");
        let challenges = answer.headers_of("www-authenticate").join(", ");
        assert!(
            challenges.contains("error=\"invalid_token\""),
            "{challenges}"
        );
    }
    assert!(demo.opens(server, &good).await);
}

async fn a_bearer_without_the_scope_is_forbidden() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["tokens:read", "tokens:delete"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let bearer = application.access_token(server, "tokens:read").await;
    let token = application.access_token(server, DELETE).await;
    let answer = application
        .revoke(server, &token)
        .bearer(&bearer)
        .expect(403)
        .await;
    assert_error(&answer, "insufficient_scope");
    let challenges = answer.headers_of("www-authenticate").join(", ");
    assert!(
        challenges.contains("error=\"insufficient_scope\""),
        "{challenges}"
    );
    assert!(application.opens(server, &token).await);
}

async fn a_bearer_for_another_audience_is_refused() {
    let server = shared().await;
    let new = NewApplication {
        resource_server: Some("https://api.example.com"),
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let bearer = application.access_token(server, DELETE).await;
    let (_, claims) = forged::jwt(&bearer);
    assert_eq!(
        claims["aud"],
        json!([application.client_id, "https://api.example.com"])
    );
    let answer = application
        .revoke(server, "x")
        .bearer(&bearer)
        .expect(401)
        .await;
    assert_error(&answer, "invalid_token");
}

async fn knows_the_application_only_in_its_own_realm_and_tenant() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::other_tenant(server).await;
    let token = demo.access_token(server, DELETE).await;
    for (tenant, realm) in [
        (&other.tenant, &demo.realm),
        (&demo.tenant, &other.realm),
        (&other.tenant, &other.realm),
    ] {
        let elsewhere = flow::Application {
            tenant: tenant.clone(),
            realm: realm.clone(),
            ..demo.clone()
        };
        let call = elsewhere
            .revoke(server, &token)
            .basic(&demo.client_id, demo.secret());
        let answer = call.send().await;
        assert!([400, 401].contains(&answer.status), "{}", answer.status);
    }
    assert!(demo.opens(server, &token).await);
}

async fn takes_forms_and_json_only() {
    let server = shared().await;
    let demo = flow::demo(server);
    for media_type in [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
    ] {
        let call = server
            .client
            .post(&demo.path("revoke"))
            .basic(&demo.client_id, demo.secret())
            .body(media_type, "token=x");
        call.expect(415).await;
    }
    let call = server
        .client
        .post(&demo.path("revoke"))
        .basic(&demo.client_id, demo.secret())
        .untyped("token=x");
    call.expect(415).await;
}

async fn refuses_bodies_that_are_too_large() {
    let server = shared().await;
    let token = "a".repeat(2 << 20);
    revoke_by_basic(server, &token).expect(413).await;
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let token = demo.access_token(&server, DELETE).await;
    server.break_store().await;
    let answer = revoke_by_basic(&server, &token).expect(500).await;
    assert_error(&answer, "server_error");
}
