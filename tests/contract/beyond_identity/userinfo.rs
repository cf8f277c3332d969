//! The userinfo endpoint.

use chrono::TimeDelta;
use serde_json::json;

use super::flow::{self, Application, DELETE, assert_error};
use crate::client::Answer;
use crate::fixture::{self, NewApplication};
use crate::server::{Server, Setup, shared};

scenarios!(
    tells_who_approved,
    wants_a_token,
    takes_the_token_in_the_body_by_post,
    refuses_other_bodies,
    refuses_bad_tokens,
    says_what_is_wrong_with_a_token,
    ends_with_the_token,
    wants_the_scope_openid,
    tells_no_other_application,
    owns_up_to_a_broken_store,
);

const METHODS: [&str; 2] = ["GET", "POST"];

async fn userinfo(
    server: &Server,
    application: &Application,
    method: &str,
    token: &str,
    status: u16,
) -> Answer {
    let call = server.client.call(method, &application.path("userinfo"));
    call.bearer(token).expect(status).await
}

async fn tells_who_approved() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let tokens = public.tokens(server, "openid").await;
    let (_, claims) = crate::forged::jwt(&tokens.string("/id_token"));
    for method in METHODS {
        let token = tokens.string("/access_token");
        let answer = userinfo(server, &public, method, &token, 200).await;
        let told = json!({
            "sub": claims["sub"],
            "name": "Ada Lovelace",
            "preferred_username": "ada@example.com",
            "email": "ada@example.com",
        });
        assert_eq!(answer.json(), told);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

async fn wants_a_token() {
    let server = shared().await;
    let demo = flow::demo(server);
    for method in METHODS {
        let call = || server.client.call(method, &demo.path("userinfo"));
        let answer = call().expect(401).await;
        assert_error(&answer, "invalid_token");
        let challenge = answer.header("www-authenticate").to_owned();
        assert!(challenge.starts_with("Bearer "), "{challenge}");
        assert!(!challenge.contains("error"), "{challenge}");
        call()
            .basic(&demo.client_id, demo.secret())
            .expect(401)
            .await;
    }
}

async fn takes_the_token_in_the_body_by_post() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let tokens = public.tokens(server, "openid").await;
    let token = tokens.string("/access_token");
    let form = [("access_token", token.as_str())];
    let call = || server.client.post(&public.path("userinfo")).form(&form);
    let told = call().expect(200).await;
    assert_eq!(told.string("/email"), "ada@example.com");
    let twice = call().bearer(&token).expect(400).await;
    assert_error(&twice, "invalid_request");
    let empty = server.client.post(&public.path("userinfo"));
    let empty = empty.form(&[("access_token", "")]).bearer(&token);
    empty.expect(200).await;
}

async fn refuses_other_bodies() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let post = || server.client.post(&public.path("userinfo"));
    let json = post().json(&json!({"access_token": "x"}));
    assert_error(&json.expect(415).await, "invalid_request");
    let long = "a".repeat(2 << 20);
    let long = post().form(&[("access_token", &long)]);
    assert_error(&long.expect(413).await, "invalid_request");
    let twice = post().form(&[("access_token", "a"), ("access_token", "b")]);
    assert_error(&twice.expect(400).await, "invalid_request");
}

/// Wherever a token is sent, it is said what is wrong with it (RFC 6750, section 3.1).
async fn says_what_is_wrong_with_a_token() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let call = |method| server.client.call(method, &public.path("userinfo"));
    for wrong in [
        call("POST").form(&[("access_token", "wrong")]),
        call("POST").bearer("wrong"),
        call("GET").bearer("wrong"),
        call("POST").header("authorization", "Bearer not a token"),
        call("GET").header("authorization", "bearer not a token"),
    ] {
        let answer = wrong.expect(401).await;
        assert_error(&answer, "invalid_token");
        let challenge = answer.header("www-authenticate");
        assert!(challenge.starts_with("Bearer "), "{challenge}");
        assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    }
}

async fn refuses_bad_tokens() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let tokens = public.tokens(server, "openid").await;
    let good = tokens.string("/access_token");
    for bad in [
        "x".to_owned(),
        crate::forged::tampered(&good),
        tokens.string("/id_token"),
        tokens.string("/refresh_token"),
    ] {
        let answer = userinfo(server, &public, "GET", &bad, 401).await;
        assert_error(&answer, "invalid_token");
        let challenge = answer.header("www-authenticate");
        assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    }
}

async fn ends_with_the_token() {
    let server = Server::start(Setup::default()).await;
    let public = flow::public_demo(&server);
    let revoked = public.tokens(&server, "openid").await;
    let revoked = revoked.string("/access_token");
    let expired = public.tokens(&server, "openid").await;
    let expired = expired.string("/access_token");
    let form = [
        ("token", revoked.as_str()),
        ("client_id", &public.client_id),
    ];
    let revoke = server.client.post(&public.path("revoke")).form(&form);
    revoke.expect(200).await;
    userinfo(&server, &public, "GET", &revoked, 401).await;
    server.clock.advance(TimeDelta::seconds(86_399));
    userinfo(&server, &public, "GET", &expired, 200).await;
    server.clock.advance(TimeDelta::seconds(1));
    userinfo(&server, &public, "GET", &expired, 401).await;
}

async fn wants_the_scope_openid() {
    let server = shared().await;
    let demo = flow::demo(server);
    let of_person = demo.tokens(server, DELETE).await.string("/access_token");
    let of_client = demo.access_token(server, DELETE).await;
    for token in [of_person, of_client] {
        for method in METHODS {
            let answer = userinfo(server, &demo, method, &token, 403).await;
            assert_error(&answer, "insufficient_scope");
            let challenge = answer.header("www-authenticate");
            assert!(challenge.contains("insufficient_scope"), "{challenge}");
        }
    }
}

async fn tells_no_other_application() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let token = public.tokens(server, "openid").await;
    let token = token.string("/access_token");
    let other = fixture::application(server, NewApplication::default()).await;
    let unknown = Application {
        id: uuid::Uuid::new_v4().to_string(),
        ..public
    };
    for application in [other, unknown] {
        let answer = userinfo(server, &application, "GET", &token, 401).await;
        assert_error(&answer, "invalid_token");
    }
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let public = flow::public_demo(&server);
    let token = public.tokens(&server, "openid").await;
    let token = token.string("/access_token");
    server.break_store().await;
    for method in METHODS {
        let answer = userinfo(&server, &public, method, &token, 500).await;
        assert_error(&answer, "server_error");
    }
}
