//! The authorization code grant: what a code is bound to, how often it works, and what a replay costs.

use chrono::TimeDelta;

use super::flow::{self, Application, DELETE, VERIFIER, assert_error};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_public_client_redeems_with_its_verifier,
    a_confidential_client_redeems_with_its_secret,
    redeems_by_credentials_in_the_body,
    the_vendor_s_example_works,
    a_confidential_client_has_to_authenticate,
    a_code_works_once,
    a_replayed_code_revokes_what_it_minted,
    a_code_works_once_under_concurrency,
    a_code_lives_at_most_ten_minutes,
    a_replay_revokes_even_after_the_code_s_time,
    a_code_is_bound_to_its_client,
    a_code_is_bound_to_its_redirect_uri,
    the_verifier_has_to_meet_the_challenge,
    a_verifier_without_a_challenge_is_a_downgrade,
    refuses_what_is_no_code,
    the_token_has_what_was_approved,
    scopes_may_be_narrowed_not_widened,
);

async fn a_public_client_redeems_with_its_verifier() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let code = public.code(server).await;
    let answer = public.redeem(server, &code).expect(200).await;
    assert_eq!(answer.string("/token_type"), "Bearer");
}

async fn a_confidential_client_redeems_with_its_secret() {
    let server = shared().await;
    let demo = flow::demo(server);
    let code = demo.plain_code(server).await;
    demo.redeem_with(server, &code, &[]).expect(200).await;
    let code = demo.code(server).await;
    demo.redeem(server, &code).expect(200).await;
}

async fn redeems_by_credentials_in_the_body() {
    let server = shared().await;
    let demo = flow::demo(server);
    let code = demo.code(server).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", &demo.redirect_uri),
        ("client_id", &demo.client_id),
        ("client_secret", demo.secret()),
        ("code_verifier", VERIFIER),
    ];
    demo.token(server, &form).expect(200).await;
}

/// The vendor's sample: `openid` asked for, a scope with the code, no redirect URI, the verifier.
async fn the_vendor_s_example_works() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let page = public
        .authorize_with_pkce(server, &[("scope", "openid"), ("state", "s")])
        .expect(200)
        .await;
    let code = public
        .approve(server, &page)
        .await
        .location_parameter("code")
        .expect("a code");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("client_id", &public.client_id),
        ("code_verifier", VERIFIER),
    ];
    public.token(server, &form).expect(200).await;
}

async fn a_confidential_client_has_to_authenticate() {
    let server = shared().await;
    let demo = flow::demo(server);
    let code = demo.code(server).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", &demo.redirect_uri),
        ("client_id", &demo.client_id),
        ("code_verifier", VERIFIER),
    ];
    let answer = demo.token(server, &form).expect(401).await;
    assert_error(&answer, "invalid_client");
}

async fn a_code_works_once() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let code = public.code(server).await;
    public.redeem(server, &code).expect(200).await;
    for _ in 0..2 {
        let answer = public.redeem(server, &code).expect(400).await;
        assert_error(&answer, "invalid_grant");
    }
}

async fn a_replayed_code_revokes_what_it_minted() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = demo.access_token(server, DELETE).await;
    let code = demo.code(server).await;
    let token = demo
        .redeem(server, &code)
        .expect(200)
        .await
        .string("/access_token");
    assert!(demo.opens(server, &token).await);
    let answer = demo.redeem(server, &code).expect(400).await;
    assert_error(&answer, "invalid_grant");
    assert!(
        !demo.opens(server, &token).await,
        "the token outlived the replay"
    );
    assert!(
        demo.opens(server, &other).await,
        "a stranger was revoked with it"
    );
}

async fn a_code_works_once_under_concurrency() {
    let server = shared().await;
    let demo = flow::demo(server);
    let code = demo.code(server).await;
    let calls = (0..24).map(|_| demo.redeem(server, &code).send());
    let answers = futures_util::future::join_all(calls).await;
    let minted: Vec<String> = answers
        .iter()
        .filter(|answer| answer.status == 200)
        .map(|answer| answer.string("/access_token"))
        .collect();
    assert_eq!(minted.len(), 1);
    for token in &minted {
        assert!(
            !demo.opens(server, token).await,
            "replays left a token alive"
        );
    }
}

async fn a_code_lives_at_most_ten_minutes() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let code = demo.code(&server).await;
    server.clock.advance(TimeDelta::seconds(30));
    demo.redeem(&server, &code).expect(200).await;
    let code = demo.code(&server).await;
    server.clock.advance(TimeDelta::minutes(10));
    let answer = demo.redeem(&server, &code).expect(400).await;
    assert_error(&answer, "invalid_grant");
}

async fn a_replay_revokes_even_after_the_code_s_time() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let code = demo.code(&server).await;
    let token = demo
        .redeem(&server, &code)
        .expect(200)
        .await
        .string("/access_token");
    server.clock.advance(TimeDelta::hours(1));
    assert!(demo.opens(&server, &token).await);
    demo.redeem(&server, &code).expect(400).await;
    assert!(!demo.opens(&server, &token).await);
}

async fn a_code_is_bound_to_its_client() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::application(server, NewApplication::default()).await;
    let code = demo.code(server).await;
    let thief = Application {
        redirect_uri: demo.redirect_uri.clone(),
        ..other.clone()
    };
    let answer = thief.redeem(server, &code).expect(400).await;
    assert_error(&answer, "invalid_grant");
    // With the owner's path and the thief's credentials.
    let thief = Application {
        client_id: other.client_id,
        secret: other.secret,
        ..demo.clone()
    };
    let answer = thief.redeem(server, &code).expect(401).await;
    assert_error(&answer, "invalid_client");
    // Nobody was served, so its owner still is.
    demo.redeem(server, &code).expect(200).await;
}

async fn a_code_is_bound_to_its_redirect_uri() {
    let server = shared().await;
    let new = NewApplication {
        redirect_uris: vec!["https://a.example/cb", "https://b.example/cb"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    for wrong in [
        "https://b.example/cb",
        "https://a.example/cb/",
        "https://evil.example/",
    ] {
        let code = application.plain_code(server).await;
        let elsewhere = Application {
            redirect_uri: wrong.to_owned(),
            ..application.clone()
        };
        let answer = elsewhere.redeem_with(server, &code, &[]).expect(400).await;
        assert_error(&answer, "invalid_grant");
    }
    // Left out where it could be either, and nothing else binds the code.
    let code = application.plain_code(server).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
    ];
    let answer = application.token_by_basic(server, &form).expect(400).await;
    assert_error(&answer, "invalid_grant");
}

async fn the_verifier_has_to_meet_the_challenge() {
    let server = shared().await;
    for application in [flow::demo(server), flow::public_demo(server)] {
        let long = "a".repeat(129);
        for verifier in [
            None,
            Some(""),
            Some("short"),
            Some(flow::CHALLENGE),
            Some("eBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            Some(long.as_str()),
        ] {
            let code = application.code(server).await;
            let more: Vec<(&str, &str)> = verifier
                .map(|verifier| ("code_verifier", verifier))
                .into_iter()
                .collect();
            let answer = application
                .redeem_with(server, &code, &more)
                .expect(400)
                .await;
            let error = answer.string("/error");
            assert!(
                ["invalid_grant", "invalid_request"].contains(&error.as_str()),
                "{error}"
            );
        }
    }
}

async fn a_verifier_without_a_challenge_is_a_downgrade() {
    let server = shared().await;
    let demo = flow::demo(server);
    let code = demo.plain_code(server).await;
    let answer = demo.redeem(server, &code).expect(400).await;
    assert_error(&answer, "invalid_grant");
}

async fn refuses_what_is_no_code() {
    let server = shared().await;
    let demo = flow::demo(server);
    let token = demo.access_token(server, DELETE).await;
    let page = demo.authorize_with_pkce(server, &[]).expect(200).await;
    let code = demo.code(server).await;
    for wrong in ["x", &token, &flow::ticket(&page), &forged::tampered(&code)] {
        let answer = demo.redeem(server, wrong).expect(400).await;
        assert_error(&answer, "invalid_grant");
    }
    let answer = demo.redeem(server, "").expect(400).await;
    assert_error(&answer, "invalid_request");
}

async fn the_token_has_what_was_approved() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo
        .authorize_with_pkce(server, &[("scope", DELETE)])
        .expect(200)
        .await;
    let identity = flow::identities(&page).remove(0);
    let code = demo
        .approve(server, &page)
        .await
        .location_parameter("code")
        .expect("a code");
    let answer = demo.redeem(server, &code).expect(200).await;
    assert_eq!(answer.string("/scope"), DELETE);
    let (_, claims) = forged::jwt(&answer.string("/access_token"));
    assert_eq!(claims["sub"].as_str(), Some(identity.as_str()));
}

async fn scopes_may_be_narrowed_not_widened() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["realms:read", "tokens:read", "tokens:delete"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    for (scope, status) in [("tokens:read", 200), ("tokens:delete", 400)] {
        let page = application
            .authorize_with_pkce(server, &[("scope", "realms:read tokens:read")])
            .expect(200)
            .await;
        let code = application
            .approve(server, &page)
            .await
            .location_parameter("code")
            .expect("a code");
        let more = [("code_verifier", VERIFIER), ("scope", scope)];
        let answer = application
            .redeem_with(server, &code, &more)
            .expect(status)
            .await;
        if status == 200 {
            assert_eq!(answer.string("/scope"), "tokens:read");
        } else {
            assert_error(&answer, "invalid_scope");
        }
    }
}
