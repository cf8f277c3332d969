//! The token endpoint: requests, scopes, and the client credentials grant.

use std::collections::BTreeSet;

use serde_json::json;

use super::flow::{self, assert_error};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    takes_post_only,
    takes_forms_only,
    refuses_repeated_parameters,
    empty_parameters_count_as_left_out,
    ignores_unknown_parameters,
    refuses_other_grant_types,
    wants_a_grant_type,
    scope_left_out_means_all,
    grants_the_scopes_asked_for,
    refuses_scopes_that_are_not_allowed,
    refuses_malformed_scopes,
    a_public_client_has_no_client_credentials,
    a_client_may_use_only_its_grant_types,
    management_tokens_live_for_three_months,
    other_tokens_live_as_long_as_registered,
    access_tokens_are_rs256_jwts,
    hands_out_no_refresh_token,
    mints_concurrently,
    refuses_bodies_that_are_too_large,
    owns_up_to_a_broken_store,
);

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

async fn takes_post_only() {
    let server = shared().await;
    let path = flow::demo(server).path("token");
    for method in ["GET", "PUT", "DELETE", "PATCH", "HEAD"] {
        server.client.call(method, &path).expect(405).await;
    }
}

async fn takes_forms_only() {
    let server = shared().await;
    let demo = flow::demo(server);
    for media_type in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
    ] {
        let call = server
            .client
            .post(&demo.path("token"))
            .basic(&demo.client_id, demo.secret())
            .body(media_type, "grant_type=client_credentials");
        call.expect(415).await;
    }
    let call = server
        .client
        .post(&demo.path("token"))
        .basic(&demo.client_id, demo.secret())
        .body(
            "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
            "grant_type=client_credentials",
        );
    call.expect(200).await;
}

async fn refuses_repeated_parameters() {
    let server = shared().await;
    let demo = flow::demo(server);
    for repeated in [
        vec![GRANT, GRANT],
        vec![GRANT, ("scope", flow::DELETE), ("scope", flow::DELETE)],
        vec![
            GRANT,
            ("client_id", &demo.client_id),
            ("client_id", &demo.client_id),
        ],
    ] {
        let answer = demo.token_by_basic(server, &repeated).expect(400).await;
        assert_error(&answer, "invalid_request");
    }
}

async fn empty_parameters_count_as_left_out() {
    let server = shared().await;
    let demo = flow::demo(server);
    let all = demo.token_by_basic(server, &[GRANT]).expect(200).await;
    let empty = demo
        .token_by_basic(
            server,
            &[
                GRANT,
                ("scope", ""),
                ("client_id", ""),
                ("client_secret", ""),
            ],
        )
        .expect(200)
        .await;
    assert_eq!(all.string("/scope"), empty.string("/scope"));
    let answer = demo
        .token_by_basic(server, &[("grant_type", "")])
        .expect(400)
        .await;
    assert_error(&answer, "invalid_request");
}

async fn ignores_unknown_parameters() {
    let server = shared().await;
    flow::demo(server)
        .token_by_basic(server, &[GRANT, ("audience", "x"), ("unheard_of", "y")])
        .expect(200)
        .await;
}

async fn refuses_other_grant_types() {
    let server = shared().await;
    for grant_type in [
        "password",
        "implicit",
        "Client_Credentials",
        "client_credentials ",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
    ] {
        let form = [
            ("grant_type", grant_type),
            ("username", "u"),
            ("password", "p"),
        ];
        let answer = flow::demo(server)
            .token_by_basic(server, &form)
            .expect(400)
            .await;
        assert_error(&answer, "unsupported_grant_type");
    }
}

async fn wants_a_grant_type() {
    let server = shared().await;
    let answer = flow::demo(server)
        .token_by_basic(server, &[("scope", flow::DELETE)])
        .expect(400)
        .await;
    assert_error(&answer, "invalid_request");
}

async fn scope_left_out_means_all() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["realms:read", "tokens:read", "tokens:delete"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let answer = application
        .token_by_basic(server, &[GRANT])
        .expect(200)
        .await;
    assert_eq!(
        scopes(&answer.string("/scope")),
        scopes("realms:read tokens:read tokens:delete")
    );
    let (_, claims) = forged::jwt(&answer.string("/access_token"));
    assert_eq!(claims["scope"], json!(answer.string("/scope")));
}

fn scopes(text: &str) -> BTreeSet<&str> {
    text.split(' ').collect()
}

async fn grants_the_scopes_asked_for() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["realms:read", "tokens:read", "tokens:delete"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let form = [GRANT, ("scope", "tokens:delete realms:read")];
    let answer = application.token_by_basic(server, &form).expect(200).await;
    assert_eq!(
        scopes(&answer.string("/scope")),
        scopes("realms:read tokens:delete")
    );
}

async fn refuses_scopes_that_are_not_allowed() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["realms:read"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    for scope in [
        "tokens:delete",
        "realms:read tokens:delete",
        "Realms:read",
        "unheard-of",
    ] {
        let answer = application
            .token_by_basic(server, &[GRANT, ("scope", scope)])
            .expect(400)
            .await;
        assert_error(&answer, "invalid_scope");
    }
}

async fn refuses_malformed_scopes() {
    let server = shared().await;
    for scope in [
        "tokens:delete\ttokens:read",
        "tokens\"",
        "tokens\\",
        "tok\u{e9}ns",
    ] {
        let answer = flow::demo(server)
            .token_by_basic(server, &[GRANT, ("scope", scope)])
            .expect(400)
            .await;
        assert_error(&answer, "invalid_scope");
    }
}

async fn a_public_client_has_no_client_credentials() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let form = [GRANT, ("client_id", public.client_id.as_str())];
    let answer = public.token(server, &form).expect(400).await;
    assert_error(&answer, "unauthorized_client");
}

async fn a_client_may_use_only_its_grant_types() {
    let server = shared().await;
    let only_code = NewApplication {
        grants: vec!["authorization_code"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, only_code).await;
    let answer = application
        .token_by_basic(server, &[GRANT])
        .expect(400)
        .await;
    assert_error(&answer, "unauthorized_client");
    let only_credentials = NewApplication {
        grants: vec!["client_credentials"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, only_credentials).await;
    let answer = application.redeem(server, "any").expect(400).await;
    assert_error(&answer, "unauthorized_client");
}

async fn management_tokens_live_for_three_months() {
    let server = shared().await;
    let answer = flow::demo(server)
        .token_by_basic(server, &[GRANT])
        .expect(200)
        .await;
    assert_eq!(answer.json()["expires_in"], json!(7_776_000));
    let (_, claims) = forged::jwt(&answer.string("/access_token"));
    let seconds = |name: &str| claims[name].as_i64().expect("seconds");
    assert_eq!(seconds("exp") - seconds("iat"), 7_776_000);
}

async fn other_tokens_live_as_long_as_registered() {
    let server = shared().await;
    let new = NewApplication {
        expires_after: 86400,
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let answer = application
        .token_by_basic(server, &[GRANT])
        .expect(200)
        .await;
    assert_eq!(answer.json()["expires_in"], json!(86400));
}

async fn access_tokens_are_rs256_jwts() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let token = demo.access_token(&server, flow::DELETE).await;
    let (header, claims) = forged::jwt(&token);
    assert_eq!(header["alg"], "RS256");
    assert!(header["kid"].is_string());
    let now = server.clock.now().timestamp();
    assert_eq!(claims["sub"], json!(demo.client_id));
    assert_eq!(claims["aud"], json!(["beyondidentity"]));
    assert_eq!((&claims["iat"], &claims["nbf"]), (&json!(now), &json!(now)));
    assert_eq!(claims["bi_t"], json!(demo.tenant));
    let issuer = claims["iss"].as_str().expect("an issuer");
    assert!(
        demo.path("token").contains(&demo.id) && issuer.contains(&demo.id),
        "{issuer}"
    );
    assert!(claims["jti"].as_str().expect("an id").len() >= 16);
}

async fn hands_out_no_refresh_token() {
    let server = shared().await;
    let answer = flow::demo(server)
        .token_by_basic(server, &[GRANT])
        .expect(200)
        .await;
    assert!(answer.json()["refresh_token"].is_null());
}

async fn mints_concurrently() {
    let server = shared().await;
    let demo = flow::demo(server);
    let calls = (0..24).map(|_| demo.access_token(server, flow::DELETE));
    let tokens: BTreeSet<String> = futures_util::future::join_all(calls)
        .await
        .into_iter()
        .collect();
    assert_eq!(tokens.len(), 24);
}

async fn refuses_bodies_that_are_too_large() {
    let server = shared().await;
    let scope = "a".repeat(2 << 20);
    let answer = flow::demo(server)
        .token_by_basic(server, &[GRANT, ("scope", &scope)])
        .expect(413)
        .await;
    assert_error(&answer, "invalid_request");
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    server.break_store().await;
    let answer = demo.token_by_basic(&server, &[GRANT]).expect(500).await;
    assert_error(&answer, "server_error");
}
