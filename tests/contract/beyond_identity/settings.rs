//! What an application's settings and a request's wishes make of its tokens.

use chrono::TimeDelta;
use serde_json::json;

use super::flow::{self, CHALLENGE, DELETE, VERIFIER, assert_error, assert_redirected_error};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_token_lives_as_long_as_was_asked_for,
    refuses_longer_lives_than_the_application_s,
    custom_claims_are_in_the_token,
    refuses_custom_claims_that_are_no_object,
    a_referential_token_says_nothing_and_is_good_for_the_same,
    a_referential_token_ends,
    pkce_may_be_required_of_a_confidential_client,
    pkce_may_be_plain_where_that_is_set,
    a_public_client_uses_s256_whatever_is_set,
);

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

async fn application(server: &Server, more: serde_json::Value) -> flow::Application {
    let new = NewApplication {
        more,
        ..NewApplication::default()
    };
    fixture::application(server, new).await
}

async fn a_token_lives_as_long_as_was_asked_for() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    for (time, lifetime) in [("60", 60), ("7776000", 7_776_000), ("", 7_776_000)] {
        let form = [GRANT, ("scope", DELETE), ("expiration_time", time)];
        let answer = demo.token_by_basic(&server, &form).expect(200).await;
        assert_eq!(answer.json()["expires_in"], json!(lifetime));
        let token = answer.string("/access_token");
        let (_, claims) = forged::jwt(&token);
        let seconds = |name: &str| claims[name].as_i64().expect("seconds");
        assert_eq!(seconds("exp") - seconds("iat"), lifetime);
        assert_eq!(claims["nbf"], claims["iat"]);
    }
    let form = [GRANT, ("scope", DELETE), ("expiration_time", "60")];
    let answer = demo.token_by_basic(&server, &form).expect(200).await;
    let token = answer.string("/access_token");
    server.clock.advance(TimeDelta::seconds(59));
    assert!(demo.opens(&server, &token).await);
    server.clock.advance(TimeDelta::seconds(1));
    assert!(!demo.opens(&server, &token).await);
}

async fn refuses_longer_lives_than_the_application_s() {
    let server = shared().await;
    let demo = flow::demo(server);
    for time in ["7776001", "9999999999", "0", "-1", "1.5", "soon", "060"] {
        let form = [GRANT, ("expiration_time", time)];
        let answer = demo.token_by_basic(server, &form).expect(400).await;
        assert_error(&answer, "invalid_request");
    }
    // A code that was sent with it is not lost.
    let code = demo.code(server).await;
    let more = [("code_verifier", VERIFIER), ("expiration_time", "7776001")];
    let answer = demo.redeem_with(server, &code, &more).expect(400).await;
    assert_error(&answer, "invalid_request");
    let more = [("code_verifier", VERIFIER), ("expiration_time", "5")];
    let answer = demo.redeem_with(server, &code, &more).expect(200).await;
    assert_eq!(answer.json()["expires_in"], json!(5));
}

async fn custom_claims_are_in_the_token() {
    let server = shared().await;
    let demo = flow::demo(server);
    for custom in [
        json!({}),
        json!({"team": "blue", "sub": "someone else", "deep": {"a": [1, 2.5, null]}}),
    ] {
        let form = [GRANT, ("custom_claims", &custom.to_string())];
        let answer = demo.token_by_basic(server, &form).expect(200).await;
        let token = answer.string("/access_token");
        let (_, claims) = forged::jwt(&token);
        assert_eq!(claims["bi_custom"], custom);
        assert_eq!(claims["sub"], json!(demo.client_id));
        let told = demo.introspect(server, &token).await.json();
        assert_eq!(told["bi_custom"], custom);
    }
    let form = [GRANT, ("custom_claims", "")];
    let answer = demo.token_by_basic(server, &form).expect(200).await;
    let (_, claims) = forged::jwt(&answer.string("/access_token"));
    assert!(claims["bi_custom"].is_null());
}

async fn refuses_custom_claims_that_are_no_object() {
    let server = shared().await;
    let demo = flow::demo(server);
    let long = json!({"a": "x".repeat(2048)}).to_string();
    for custom in ["[]", "\"text\"", "1", "null", "{", "{\"a\":1}{}", &long] {
        let form = [GRANT, ("custom_claims", custom)];
        let answer = demo.token_by_basic(server, &form).expect(400).await;
        assert_error(&answer, "invalid_request");
    }
}

async fn a_referential_token_says_nothing_and_is_good_for_the_same() {
    let server = shared().await;
    let application = application(server, json!({"token_format": "referential"})).await;
    let form = [GRANT, ("scope", DELETE), ("custom_claims", r#"{"a":1}"#)];
    let answer = application.token_by_basic(server, &form).expect(200).await;
    let token = answer.string("/access_token");
    assert!(!token.contains('.') && token.len() == 64, "{}", token.len());
    assert!(application.opens(server, &token).await);
    let told = application.introspect(server, &token).await.json();
    assert_eq!(told["client_id"], json!(application.client_id));
    assert_eq!(told["sub"], json!(application.client_id));
    assert_eq!(told["aud"], json!(["beyondidentity"]));
    assert_eq!(told["scope"], DELETE);
    assert_eq!(told["bi_custom"], json!({"a": 1}));
    assert_eq!(told["jti"].as_str().map(str::len), Some(32));
    let tokens = application.tokens(server, "openid").await;
    let token = tokens.string("/access_token");
    let (_, claims) = forged::jwt(&tokens.string("/id_token"));
    assert_eq!(claims["at_hash"], json!(forged::half_hash(&token)));
    let call = server.client.get(&application.path("userinfo"));
    let told = call.bearer(&token).expect(200).await;
    assert_eq!(told.json()["sub"], claims["sub"]);
    assert!(!server.database_holds(&token).await);
}

async fn a_referential_token_ends() {
    let server = Server::start(Setup::default()).await;
    let application = application(&server, json!({"token_format": "referential"})).await;
    let revoked = application.access_token(&server, DELETE).await;
    let expired = application.access_token(&server, DELETE).await;
    let forged = forged::tampered(&expired);
    assert!(!application.opens(&server, &forged).await);
    let revoke = application.revoke(&server, &revoked);
    let revoke = revoke.basic(&application.client_id, application.secret());
    revoke.expect(200).await;
    assert!(!application.opens(&server, &revoked).await);
    server.clock.advance(TimeDelta::seconds(3599));
    assert!(application.opens(&server, &expired).await);
    server.clock.advance(TimeDelta::seconds(1));
    assert!(!application.opens(&server, &expired).await);
    let answer = application.introspect(&server, &expired).await;
    assert_eq!(answer.text(), r#"{"active":false}"#);
}

async fn pkce_may_be_required_of_a_confidential_client() {
    let server = shared().await;
    let application = application(server, json!({"pkce": "s256"})).await;
    let answer = application.authorize(server, &[]).expect(302).await;
    assert_redirected_error(&answer, &application.redirect_uri, "invalid_request");
    let plain = [
        ("code_challenge", VERIFIER),
        ("code_challenge_method", "plain"),
    ];
    let answer = application.authorize(server, &plain).expect(302).await;
    assert_redirected_error(&answer, &application.redirect_uri, "invalid_request");
    let code = application.code(server).await;
    application.redeem(server, &code).expect(200).await;
}

async fn pkce_may_be_plain_where_that_is_set() {
    let server = shared().await;
    let application = application(server, json!({"pkce": "plain"})).await;
    let answer = application.authorize(server, &[]).expect(302).await;
    assert_redirected_error(&answer, &application.redirect_uri, "invalid_request");
    let named = [("code_challenge_method", "plain")];
    for method in [&named[..], &[]] {
        let query = [&[("code_challenge", VERIFIER)][..], method].concat();
        for (verifier, status) in [(CHALLENGE, 400), (VERIFIER, 200)] {
            let page = application.authorize(server, &query).expect(200).await;
            let answer = application.approve(server, &page).await;
            let code = answer.location_parameter("code").expect("a code");
            let more = [("code_verifier", verifier)];
            let call = application.redeem_with(server, &code, &more);
            call.expect(status).await;
        }
    }
    let code = application.code(server).await;
    application.redeem(server, &code).expect(200).await;
}

async fn a_public_client_uses_s256_whatever_is_set() {
    let server = shared().await;
    for pkce in ["disabled", "plain"] {
        let more = json!({"pkce": pkce, "confidential": false});
        let application = application(server, more).await;
        for query in [&[][..], &[("code_challenge", VERIFIER)]] {
            let answer = application.authorize(server, query).expect(302).await;
            assert_redirected_error(&answer, &application.redirect_uri, "invalid_request");
        }
        let code = application.code(server).await;
        application.redeem(server, &code).expect(200).await;
    }
}
