//! What may be done with a token by who holds it: renewal and revocation.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;
use specmint_store::TokenId;

use super::world::{
    Identity, TokenAuth, admin, ended, expired, foreign, held, id_of, identity, identity_path,
    probe, record, refused, signing_secret, token, token_auth_path, token_of, token_path, update,
};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_renewed_token_lives_longer_and_is_the_same_token,
    the_text_before_a_renewal_is_good_until_its_own_end,
    renewals_never_outlive_the_maximum,
    without_a_maximum_renewals_go_on_for_years,
    a_token_that_is_good_until_its_maximum_is_not_renewed,
    a_token_without_any_end_is_renewed_all_the_same,
    an_expired_token_is_not_renewed,
    a_used_up_token_is_not_renewed,
    what_was_ended_is_not_renewed,
    many_renewals_at_once_are_all_good,
    a_token_is_revoked_by_its_text,
    what_is_no_access_token_of_ours_is_told_apart,
);

async fn renew(server: &Server, token: &str) -> (String, i64) {
    let renewed = held(server, "renew", token).expect(200).await;
    assert_eq!(renewed.header("cache-control"), "no-store");
    let body = renewed.json();
    assert_eq!(body["tokenType"], "Bearer");
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(4));
    let lifetime = body["expiresIn"].as_i64().expect("seconds");
    (renewed.string("/accessToken"), lifetime)
}

async fn not_renewed(server: &Server, token: &str, message: &str) {
    let call = held(server, "renew", token);
    refused(call, 401, "UnauthorizedError", message).await;
}

async fn a_renewed_token_lives_longer_and_is_the_same_token() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 60,
        max_ttl: 3600,
        uses: 0,
    };
    let first = token(&server, Identity::member(config)).await;
    server.clock.advance(TimeDelta::seconds(50));
    let (second, lifetime) = renew(&server, &first).await;
    assert_eq!(lifetime, 60);
    assert_eq!(id_of(&second), id_of(&first));
    let (_, claims) = forged::jwt(&second);
    let now = server.clock.now();
    assert_eq!(
        (&claims["iat"], &claims["exp"]),
        (&json!(now.timestamp()), &json!(now.timestamp() + 60))
    );
    let kept = record(&server, &id_of(&first)).await;
    let renewed_at = now.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    assert_eq!(kept["accessTokenLastRenewedAt"], renewed_at);
    assert_eq!(kept["accessTokenNumUses"], 0, "a renewal is no use");
    server.clock.advance(TimeDelta::seconds(59));
    probe(&server, &second).expect(200).await;
    server.clock.advance(TimeDelta::seconds(1));
    expired(&server, &second).await;
}

async fn the_text_before_a_renewal_is_good_until_its_own_end() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 60,
        max_ttl: 3600,
        uses: 0,
    };
    let first = token(&server, Identity::member(config)).await;
    server.clock.advance(TimeDelta::seconds(30));
    let (second, _) = renew(&server, &first).await;
    probe(&server, &first).expect(200).await;
    server.clock.advance(TimeDelta::seconds(30));
    expired(&server, &first).await;
    probe(&server, &second).expect(200).await;
    let revoke = admin(
        &server,
        "POST",
        &format!("{}/revoke", token_path(&id_of(&first))),
    );
    revoke.expect(200).await;
    ended(
        &server,
        &second,
        "Failed to authorize: token has been revoked",
    )
    .await;
}

async fn renewals_never_outlive_the_maximum() {
    let server = Server::start(Setup::default()).await;
    let day = 24 * 3600;
    let config = TokenAuth {
        ttl: 30 * day,
        max_ttl: 90 * day,
        uses: 0,
    };
    let mut text = token(&server, Identity::member(config)).await;
    let start = server.clock.now().timestamp();
    let mut lifetimes = Vec::new();
    for _ in 0..4 {
        server.clock.advance(TimeDelta::days(20));
        let (renewed, lifetime) = renew(&server, &text).await;
        lifetimes.push(lifetime / i64::from(day));
        text = renewed;
    }
    assert_eq!(lifetimes, [30, 30, 30, 10]);
    let (_, claims) = forged::jwt(&text);
    assert_eq!(claims["exp"], json!(start + i64::from(90 * day)));
    server
        .clock
        .advance(TimeDelta::days(10) - TimeDelta::seconds(1));
    let (last, lifetime) = renew(&server, &text).await;
    assert!(lifetime <= 1, "{lifetime}");
    server.clock.advance(TimeDelta::seconds(1));
    for spent in [text, last] {
        expired(&server, &spent).await;
        let message = "Your token has expired. Please re-authenticate.";
        refused(held(&server, "renew", &spent), 403, "TokenError", message).await;
    }
}

async fn without_a_maximum_renewals_go_on_for_years() {
    let server = Server::start(Setup::default()).await;
    let id = identity(&server, Identity::member(TokenAuth::default())).await;
    let month = 30 * 24 * 3600;
    update(
        &server,
        &id,
        &json!({"accessTokenTTL": month, "accessTokenMaxTTL": 0}),
    )
    .await;
    let mut text = token_of(&server, &id).await;
    for _ in 0..40 {
        server.clock.advance(TimeDelta::days(29));
        let (renewed, lifetime) = renew(&server, &text).await;
        assert_eq!(lifetime, month);
        text = renewed;
    }
    probe(&server, &text).expect(200).await;
}

async fn a_token_that_is_good_until_its_maximum_is_not_renewed() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 0,
        max_ttl: 100,
        uses: 0,
    };
    let text = token(&server, Identity::member(config)).await;
    server.clock.advance(TimeDelta::seconds(60));
    let message = "Cannot renew: identity access token has reached its max TTL";
    not_renewed(&server, &text, message).await;
    let kept = record(&server, &id_of(&text)).await;
    assert!(kept["accessTokenLastRenewedAt"].is_null());
    server.clock.advance(TimeDelta::seconds(39));
    probe(&server, &text).expect(200).await;
    server.clock.advance(TimeDelta::seconds(1));
    expired(&server, &text).await;
}

async fn a_token_without_any_end_is_renewed_all_the_same() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 0,
        max_ttl: 0,
        uses: 0,
    };
    let endless = token(&server, Identity::member(config)).await;
    server.clock.advance(TimeDelta::days(365 * 20));
    let (endless, lifetime) = renew(&server, &endless).await;
    assert_eq!(lifetime, 0);
    assert!(forged::jwt(&endless).1["exp"].is_null());
}

async fn an_expired_token_is_not_renewed() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 60,
        max_ttl: 3600,
        uses: 0,
    };
    let text = token(&server, Identity::member(config)).await;
    server.clock.advance(TimeDelta::seconds(60));
    let message = "Your token has expired. Please re-authenticate.";
    for what in ["renew", "revoke"] {
        refused(held(&server, what, &text), 403, "TokenError", message).await;
    }
}

async fn a_used_up_token_is_not_renewed() {
    let server = shared().await;
    let config = TokenAuth {
        uses: 1,
        ..TokenAuth::default()
    };
    let text = token(server, Identity::member(config)).await;
    let (text, _) = renew(server, &text).await;
    probe(server, &text).expect(200).await;
    not_renewed(server, &text, "Cannot renew exhausted access token").await;
    held(server, "revoke", &text).expect(200).await;
}

async fn what_was_ended_is_not_renewed() {
    let server = shared().await;
    let id = identity(server, Identity::member(TokenAuth::default())).await;
    let revoked = token_of(server, &id).await;
    held(server, "revoke", &revoked).expect(200).await;
    not_renewed(server, &revoked, "Cannot renew: token has been revoked").await;
    let live = token_of(server, &id).await;
    admin(server, "DELETE", &token_auth_path(&id))
        .expect(200)
        .await;
    not_renewed(server, &live, "Cannot renew: auth method has been revoked").await;
    admin(server, "DELETE", &identity_path(&id))
        .expect(200)
        .await;
    not_renewed(
        server,
        &live,
        "Cannot renew: identity tokens have been revoked",
    )
    .await;
}

async fn many_renewals_at_once_are_all_good() {
    let server = shared().await;
    let text = token(server, Identity::member(TokenAuth::default())).await;
    let renewals = join_all((0..16).map(|_| renew(server, &text))).await;
    for (renewed, _) in &renewals {
        assert_eq!(id_of(renewed), id_of(&text));
        probe(server, renewed).expect(200).await;
    }
}

async fn a_token_is_revoked_by_its_text() {
    let server = shared().await;
    let text = token(server, Identity::no_access(TokenAuth::default())).await;
    let other = token(server, Identity::no_access(TokenAuth::default())).await;
    let answers = join_all((0..8).map(|_| held(server, "revoke", &text).send())).await;
    let with = |status| {
        answers
            .iter()
            .filter(|answer| answer.status == status)
            .count()
    };
    assert_eq!((with(200), with(401)), (1, 7));
    ended(server, &text, "Failed to authorize: token has been revoked").await;
    let again = held(server, "revoke", &text);
    refused(
        again,
        401,
        "UnauthorizedError",
        "No identity access token found",
    )
    .await;
    probe(server, &other).expect(200).await;
}

async fn what_is_no_access_token_of_ours_is_told_apart() {
    let server = shared().await;
    let secret = signing_secret(server).await;
    let text = token(server, Identity::member(TokenAuth::default())).await;
    let (_, claims) = forged::jwt(&text);
    let mut other = claims.clone();
    other["authTokenType"] = json!("accessToken");
    let other = forged::hs256_jwt(&other, &secret);
    let mut unknown = claims.clone();
    unknown["identityAccessTokenId"] = json!(TokenId::new().to_string());
    let unknown = forged::hs256_jwt(&unknown, &secret);
    let mut nameless = claims.clone();
    nameless["identityAccessTokenId"] = json!("no-uuid");
    let nameless = forged::hs256_jwt(&nameless, &secret);
    let malformed = "The provided access token is malformed. Please use a valid token or generate a new one and try again.";
    let algorithm = "The access token is signed with an invalid algorithm. Please provide a valid token and try again.";
    for (what, not_found) in [
        ("renew", "Cannot renew revoked or unknown access token"),
        ("revoke", "No identity access token found"),
    ] {
        let call = |token: &str| held(server, what, token);
        let message = "Token is not an identity access token";
        refused(call(&other), 400, "BadRequest", message).await;
        refused(call(&unknown), 401, "UnauthorizedError", not_found).await;
        for text in ["", "not-a-jwt", &nameless] {
            refused(call(text), 403, "TokenError", malformed).await;
        }
        let challenged = call("").expect(403).await;
        let challenge = challenged.header("www-authenticate");
        assert_eq!(
            challenge,
            r#"Bearer realm="Infisical API", error="invalid_token""#
        );
        let unsigned = forged::unsigned_jwt(&claims);
        refused(call(&unsigned), 403, "TokenError", algorithm).await;
        let tampered = forged::tampered(&text);
        refused(call(&tampered), 403, "TokenError", "invalid signature").await;
    }
    refused(probe(server, &other), 403, "TokenError", malformed).await;
    refused(probe(server, &nameless), 403, "TokenError", malformed).await;
    ended(server, &unknown, "No identity access token found").await;
    // Whoever holds a token needs no right in any organization.
    let foreign = foreign(server).await;
    renew(server, &foreign.access_token).await;
}
