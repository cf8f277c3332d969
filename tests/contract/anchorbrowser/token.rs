//! Identity tokens: minting them, and who may.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use crate::client::Call;
use crate::server::{Server, Setup, shared};
use crate::{bodies, fixture, forged};

scenarios!(
    mints_a_token_with_its_hash_for_fifteen_minutes,
    never_mints_the_same_token_twice,
    accepts_every_absolute_https_url,
    refuses_what_is_no_absolute_https_url,
    a_callback_url_is_bounded,
    refuses_what_is_no_json_object,
    ignores_members_that_the_contract_does_not_know,
    wants_a_good_key,
    takes_one_key_only,
    asks_for_the_key_before_it_looks_at_anything_else,
    knows_only_the_applications_of_the_keys_team,
    wants_a_uuid_in_the_path,
    refuses_bodies_that_are_too_large,
    refuses_other_media_types,
    owns_up_to_a_broken_store,
);

fn mint(server: &Server, application: &str) -> Call {
    let path = format!("/v1/applications/{application}/tokens");
    server
        .client
        .post(&path)
        .header("anchor-api-key", server.demo("/anchorbrowser/api_key"))
}

fn mint_demo(server: &Server) -> Call {
    mint(server, server.demo("/anchorbrowser/application_id"))
}

fn callback(url: &str) -> Value {
    json!({ "callbackUrl": url })
}

/// The documented error body: its code is the status, its message is there.
fn assert_error(body: &Value, status: u16) {
    assert_eq!(body["error"]["code"], json!(status));
    let message = body["error"]["message"].as_str().expect("a message");
    assert!(!message.is_empty());
}

async fn mints_a_token_with_its_hash_for_fifteen_minutes() {
    let server = Server::start(Setup::default()).await;
    let before = server.clock.now();
    let answer = mint_demo(&server)
        .json(&callback("https://example.com/auth/callback"))
        .expect(201)
        .await;
    let token = answer.string("/data/token");
    assert!(token.len() >= 32, "{token} can be guessed");
    assert_eq!(
        answer.string("/data/token_hash"),
        forged::sha256_hex(&token)
    );
    let expires: DateTime<Utc> = answer
        .string("/data/expires_at")
        .parse()
        .expect("an RFC 3339 date");
    assert_eq!(
        (expires - before).num_seconds(),
        Duration::minutes(15).num_seconds()
    );
}

async fn never_mints_the_same_token_twice() {
    let server = shared().await;
    let calls = (0..48).map(|_| {
        let call = mint_demo(server).json(&callback("https://example.com/callback"));
        async move { call.expect(201).await.string("/data/token") }
    });
    let tokens: BTreeSet<String> = futures_util::future::join_all(calls)
        .await
        .into_iter()
        .collect();
    assert_eq!(tokens.len(), 48);
}

async fn accepts_every_absolute_https_url() {
    for url in [
        "https://example.com",
        "HTTPS://example.com/callback",
        "https://example.com:8443/a/b?c=d&e=%20#f",
        "https://[::1]/callback",
        "https://xn--bcher-kva.example/",
        "https://app.example.com./callback",
    ] {
        mint_demo(shared().await)
            .json(&callback(url))
            .expect(201)
            .await;
    }
}

async fn refuses_what_is_no_absolute_https_url() {
    for url in [
        "http://example.com/callback",
        "ftp://example.com/",
        "//example.com/callback",
        "/callback",
        "example.com",
        "https:",
        "https://",
        "https:///callback",
        "https:example.com",
        "javascript:alert(1)",
        " https://example.com/",
        "https://example.com/a b",
        "https://example.com/\u{fc}",
        "https://exa\nmple.com/",
        "https://user:secret@example.com/callback",
        "https://app.example.com@example.net/",
        "https://:443/callback",
        "https://a..example/callback",
        "https://a%00b.example/callback",
        "https://a.example:999999/callback",
        "",
    ] {
        let answer = mint_demo(shared().await)
            .json(&callback(url))
            .expect(400)
            .await;
        assert_error(&answer.json(), 400);
        assert!(
            answer.text().contains("callbackUrl"),
            "does not say what is wrong"
        );
        assert!(
            url.len() < 8 || !answer.text().contains(url),
            "{url} is echoed"
        );
    }
}

async fn a_callback_url_is_bounded() {
    let server = shared().await;
    let mut url = format!("https://example.com/{}", "a".repeat(2048 - 20));
    mint_demo(server).json(&callback(&url)).expect(201).await;
    url.push('a');
    let answer = mint_demo(server).json(&callback(&url)).expect(400).await;
    assert!(answer.text().contains("at most 2048 characters"));
}

async fn refuses_what_is_no_json_object() {
    for body in bodies::no_objects(&callback("https://example.com/")) {
        let answer = mint_demo(shared().await)
            .body("application/json", body)
            .expect(400)
            .await;
        assert_error(&answer.json(), 400);
    }
    for value in [
        json!({}),
        json!({"callbackUrl": null}),
        json!({"callbackUrl": 1}),
        json!({"callbackUrl": ["https://example.com/"]}),
        json!({"callbackurl": "https://example.com/"}),
    ] {
        let answer = mint_demo(shared().await).json(&value).expect(400).await;
        assert_error(&answer.json(), 400);
    }
}

async fn ignores_members_that_the_contract_does_not_know() {
    let body = json!({"callbackUrl": "https://example.com/", "more": {"deep": [null]}});
    mint_demo(shared().await).json(&body).expect(201).await;
}

async fn wants_a_good_key() {
    let server = shared().await;
    let application = server.demo("/anchorbrowser/application_id");
    let path = format!("/v1/applications/{application}/tokens");
    let good = server.demo("/anchorbrowser/api_key");
    let body = callback("https://example.com/");
    let refused = |answer: crate::client::Answer| {
        assert_error(&answer.json(), 401);
        assert!(answer.header("www-authenticate").contains("realm="));
    };
    refused(server.client.post(&path).json(&body).expect(401).await);
    for key in [
        "",
        "wrong",
        &good[..good.len() - 1],
        &format!("{good}x"),
        &forged::tampered(good),
        server.demo("/applivery/api_key"),
        server.demo("/infisical/access_token"),
    ] {
        let call = server
            .client
            .post(&path)
            .header("anchor-api-key", key)
            .json(&body);
        refused(call.expect(401).await);
    }
    // The key belongs in its own header, not where other APIs have theirs.
    let call = server.client.post(&path).bearer(good).json(&body);
    refused(call.expect(401).await);
}

async fn takes_one_key_only() {
    let server = shared().await;
    let good = server.demo("/anchorbrowser/api_key");
    let application = server.demo("/anchorbrowser/application_id");
    let path = format!("/v1/applications/{application}/tokens");
    for keys in [[good, "wrong"], ["wrong", good], [good, good]] {
        let call = server.client.post(&path);
        let call = keys
            .iter()
            .fold(call, |call, key| call.header("anchor-api-key", key));
        let answer = call
            .json(&callback("https://example.com/"))
            .expect(401)
            .await;
        assert_error(&answer.json(), 401);
    }
}

async fn asks_for_the_key_before_it_looks_at_anything_else() {
    let client = &shared().await.client;
    client
        .post("/v1/applications/no-uuid/tokens")
        .body("text/plain", "{")
        .expect(401)
        .await;
}

async fn knows_only_the_applications_of_the_keys_team() {
    let server = shared().await;
    let other = fixture::anchorbrowser_team(server).await;
    let body = callback("https://example.com/");
    let unknown = mint(server, &uuid::Uuid::new_v4().to_string())
        .json(&body)
        .expect(404)
        .await;
    let foreign = mint(server, &other.application_id)
        .json(&body)
        .expect(404)
        .await;
    assert_error(&unknown.json(), 404);
    assert_eq!(
        unknown.json(),
        foreign.json(),
        "a foreign application can be told from none"
    );
    let path = format!("/v1/applications/{}/tokens", other.application_id);
    let call = server
        .client
        .post(&path)
        .header("anchor-api-key", &other.api_key);
    call.json(&body).expect(201).await;
}

async fn wants_a_uuid_in_the_path() {
    let server = shared().await;
    let good = server.demo("/anchorbrowser/application_id");
    for id in [
        "1",
        "no-uuid",
        &good[1..],
        &good.replace('-', ""),
        &format!("%7B{good}%7D"),
    ] {
        let answer = mint(server, id)
            .json(&callback("https://example.com/"))
            .expect(400)
            .await;
        assert_error(&answer.json(), 400);
        assert!(answer.text().contains("applicationId"));
    }
    // Hexadecimal digits have no case (RFC 9562, section 4).
    mint(server, &good.to_uppercase())
        .json(&callback("https://example.com/"))
        .expect(201)
        .await;
}

async fn refuses_bodies_that_are_too_large() {
    let server = shared().await;
    let url = format!("https://example.com/{}", "a".repeat(2 << 20));
    let answer = mint_demo(server).json(&callback(&url)).expect(413).await;
    assert_error(&answer.json(), 413);
}

async fn refuses_other_media_types() {
    let server = shared().await;
    let body = callback("https://example.com/").to_string();
    for media_type in bodies::NOT_JSON {
        let answer = mint_demo(server)
            .body(media_type, body.clone())
            .expect(415)
            .await;
        assert_error(&answer.json(), 415);
    }
    let answer = mint_demo(server).untyped(body.clone()).expect(415).await;
    assert_error(&answer.json(), 415);
    let compressed = mint_demo(server)
        .body("application/json", body.clone())
        .header("content-encoding", "gzip");
    assert_error(&compressed.expect(415).await.json(), 415);
    mint_demo(server)
        .body("Application/JSON; charset=utf-8", body)
        .expect(201)
        .await;
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let body = callback("https://example.com/");
    mint_demo(&server).json(&body).expect(201).await;
    server.break_store().await;
    let answer = mint_demo(&server).json(&body).expect(500).await;
    assert_error(&answer.json(), 500);
    assert!(
        !answer.text().to_lowercase().contains("table"),
        "tells what is inside"
    );
}
