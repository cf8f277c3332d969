//! Token Auth: attached, changed, shown, removed.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::world::{
    Identity, TokenAuth, admin, attach, ended, expired, id_of, identity, identity_path, probe,
    record, refused, token_auth_path, token_of, tokens_path, update,
};
use crate::client::Call;
use crate::server::{Server, Setup, shared};

scenarios!(
    what_is_not_asked_for_has_the_vendor_s_defaults,
    it_is_kept_as_it_was_asked_for,
    an_identity_has_it_once,
    where_the_identity_is_deleted_meanwhile_there_is_none,
    lifetimes_are_within_their_maximum,
    numbers_are_within_their_bounds,
    addresses_are_addresses,
    a_change_leaves_what_it_does_not_name,
    a_change_does_not_reach_lifetimes_and_limits_of_tokens,
    what_is_not_there_is_told_in_the_vendor_s_words,
    a_removed_one_ends_its_tokens_for_good,
);

fn attaching(server: &Server, identity: &str, body: &Value) -> Call {
    admin(server, "POST", &token_auth_path(identity)).json(body)
}

fn changing(server: &Server, identity: &str, body: &Value) -> Call {
    admin(server, "PATCH", &token_auth_path(identity)).json(body)
}

async fn bare(server: &Server) -> String {
    identity(server, Identity::without_token_auth()).await
}

async fn what_is_not_asked_for_has_the_vendor_s_defaults() {
    let server = shared().await;
    let id = bare(server).await;
    let attached = attach(server, &id, &json!({})).await.json();
    let it = &attached["identityTokenAuth"];
    assert_eq!(it["accessTokenTTL"], 2_592_000);
    assert_eq!(it["accessTokenMaxTTL"], 2_592_000);
    assert_eq!(
        (&it["accessTokenNumUsesLimit"], &it["accessTokenPeriod"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(it["identityId"], id.as_str());
    let anywhere = json!([
        {"ipAddress": "0.0.0.0", "type": "ipv4", "prefix": 0},
        {"ipAddress": "::", "type": "ipv6", "prefix": 0},
    ]);
    assert_eq!(it["accessTokenTrustedIps"], anywhere);
    let shown = admin(server, "GET", &token_auth_path(&id))
        .expect(200)
        .await;
    assert_eq!(shown.json(), attached);
    let identity = admin(server, "GET", &identity_path(&id))
        .expect(200)
        .await
        .json();
    assert_eq!(
        identity["identity"]["identity"]["authMethods"],
        json!(["token-auth"])
    );
}

async fn it_is_kept_as_it_was_asked_for() {
    let server = shared().await;
    let id = bare(server).await;
    let asked = json!({
        "accessTokenTTL": 60,
        "accessTokenMaxTTL": 3600,
        "accessTokenNumUsesLimit": 5,
        "accessTokenTrustedIps": [{"ipAddress": "127.0.0.1"}, {"ipAddress": "2001:db8::/32"}],
    });
    attach(server, &id, &asked).await;
    let shown = admin(server, "GET", &token_auth_path(&id))
        .expect(200)
        .await
        .json();
    let it = &shown["identityTokenAuth"];
    for name in [
        "accessTokenTTL",
        "accessTokenMaxTTL",
        "accessTokenNumUsesLimit",
    ] {
        assert_eq!(it[name], asked[name]);
    }
    let trusted = json!([
        {"ipAddress": "127.0.0.1", "type": "ipv4"},
        {"ipAddress": "2001:db8::", "type": "ipv6", "prefix": 32},
    ]);
    assert_eq!(it["accessTokenTrustedIps"], trusted);
}

async fn an_identity_has_it_once() {
    let server = shared().await;
    let id = bare(server).await;
    let answers = join_all((0..8).map(|_| attaching(server, &id, &json!({})).send())).await;
    let with = |status| {
        answers
            .iter()
            .filter(|answer| answer.status == status)
            .count()
    };
    assert_eq!((with(200), with(400)), (1, 7));
    let message = "Failed to add Token Auth to already configured identity";
    refused(
        attaching(server, &id, &json!({})),
        400,
        "BadRequest",
        message,
    )
    .await;
}

async fn where_the_identity_is_deleted_meanwhile_there_is_none() {
    let server = shared().await;
    for _ in 0..32 {
        let id = bare(server).await;
        let (attached, deleted) = futures_util::future::join(
            attaching(server, &id, &json!({})).send(),
            admin(server, "DELETE", &identity_path(&id)).send(),
        )
        .await;
        assert_eq!(deleted.status, 200);
        assert!(matches!(attached.status, 200 | 404), "{}", attached.text());
    }
}

async fn lifetimes_are_within_their_maximum() {
    let server = shared().await;
    let issue = json!([{
        "code": "custom",
        "path": [],
        "message": "Access Token TTL cannot be greater than Access Token Max TTL.",
    }]);
    for (body, good) in [
        (json!({"accessTokenTTL": 60, "accessTokenMaxTTL": 60}), true),
        (json!({"accessTokenTTL": 0, "accessTokenMaxTTL": 60}), true),
        (json!({"accessTokenTTL": 0, "accessTokenMaxTTL": 0}), true),
        (
            json!({"accessTokenTTL": 315_360_000, "accessTokenMaxTTL": 315_360_000}),
            true,
        ),
        (
            json!({"accessTokenTTL": 61, "accessTokenMaxTTL": 60}),
            false,
        ),
        (json!({"accessTokenTTL": 1, "accessTokenMaxTTL": 0}), false),
        (json!({"accessTokenTTL": 2_592_001}), false),
        (json!({"accessTokenMaxTTL": 2_591_999}), false),
    ] {
        let id = bare(server).await;
        let answer = attaching(server, &id, &body)
            .expect(if good { 200 } else { 422 })
            .await;
        if !good {
            assert_eq!(answer.json()["message"], issue, "{body}");
        }
    }
    let id = bare(server).await;
    attach(
        server,
        &id,
        &json!({"accessTokenTTL": 60, "accessTokenMaxTTL": 90}),
    )
    .await;
    let both = changing(
        server,
        &id,
        &json!({"accessTokenTTL": 61, "accessTokenMaxTTL": 60}),
    );
    assert_eq!(both.expect(422).await.json()["message"], issue);
    let message = "Access token TTL cannot be greater than max TTL";
    for body in [
        json!({"accessTokenTTL": 91}),
        json!({"accessTokenMaxTTL": 59}),
    ] {
        refused(changing(server, &id, &body), 400, "BadRequest", message).await;
    }
    update(server, &id, &json!({"accessTokenTTL": 90})).await;
    // Without a maximum there is nothing to be greater than.
    update(
        server,
        &id,
        &json!({"accessTokenTTL": 91, "accessTokenMaxTTL": 0}),
    )
    .await;
    update(server, &id, &json!({"accessTokenTTL": 1000})).await;
}

async fn numbers_are_within_their_bounds() {
    let server = shared().await;
    let id = bare(server).await;
    for (body, code) in [
        (json!({"accessTokenTTL": 315_360_001}), "too_big"),
        (json!({"accessTokenMaxTTL": 315_360_001}), "too_big"),
        (json!({"accessTokenTTL": -1}), "too_small"),
        (json!({"accessTokenMaxTTL": -1}), "too_small"),
        (json!({"accessTokenNumUsesLimit": -1}), "too_small"),
        (
            json!({"accessTokenNumUsesLimit": 2_147_483_648_u32}),
            "too_big",
        ),
        (json!({"accessTokenTTL": 1.5}), "invalid_type"),
        (json!({"accessTokenTTL": "60"}), "invalid_type"),
        (json!({"accessTokenTTL": null}), "invalid_type"),
        (json!({"accessTokenTrustedIps": []}), "too_small"),
        (
            json!({"accessTokenTrustedIps": ["10.0.0.1"]}),
            "invalid_type",
        ),
        (json!({"accessTokenTrustedIps": [{}]}), "invalid_type"),
    ] {
        for call in [attaching(server, &id, &body), changing(server, &id, &body)] {
            let answer = call.expect(422).await.json();
            assert_eq!(answer["error"], "ValidationFailure");
            assert_eq!(answer["message"][0]["code"], code, "{body}: {answer}");
            let name = body.as_object().and_then(|body| body.keys().next());
            assert_eq!(
                answer["message"][0]["path"][0].as_str(),
                name.map(String::as_str)
            );
        }
    }
}

async fn addresses_are_addresses() {
    let server = shared().await;
    let id = bare(server).await;
    let message = "The IP is not a valid IPv4, IPv6, or CIDR block";
    let asked =
        |ip: &str| json!({"accessTokenTrustedIps": [{"ipAddress": "10.0.0.1"}, {"ipAddress": ip}]});
    for wrong in [
        "",
        "localhost",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0",
        "10.0.0.1-10.0.0.9",
    ] {
        refused(
            attaching(server, &id, &asked(wrong)),
            400,
            "BadRequest",
            message,
        )
        .await;
    }
    attach(server, &id, &asked("fe80::1")).await;
    refused(
        changing(server, &id, &asked("nowhere")),
        400,
        "BadRequest",
        message,
    )
    .await;
}

async fn a_change_leaves_what_it_does_not_name() {
    let server = Server::start(Setup::default()).await;
    let id = bare(&server).await;
    let asked = json!({
        "accessTokenTTL": 60,
        "accessTokenMaxTTL": 3600,
        "accessTokenTrustedIps": [{"ipAddress": "127.0.0.0/8"}],
    });
    let before = attach(&server, &id, &asked).await.json()["identityTokenAuth"].clone();
    server.clock.advance(TimeDelta::seconds(1));
    let after = update(&server, &id, &json!({"accessTokenNumUsesLimit": 9}))
        .await
        .json();
    let after = &after["identityTokenAuth"];
    assert_eq!(after["accessTokenNumUsesLimit"], 9);
    for name in [
        "id",
        "accessTokenTTL",
        "accessTokenMaxTTL",
        "accessTokenTrustedIps",
        "createdAt",
    ] {
        assert_eq!(after[name], before[name]);
    }
    assert_ne!(after["updatedAt"], before["updatedAt"]);
}

async fn a_change_does_not_reach_lifetimes_and_limits_of_tokens() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 600,
        max_ttl: 600,
        uses: 2,
    };
    let id = identity(&server, Identity::member(config)).await;
    let old = token_of(&server, &id).await;
    let changed = TokenAuth {
        ttl: 60,
        max_ttl: 60,
        uses: 5,
    };
    update(&server, &id, &changed.body()).await;
    let new = token_of(&server, &id).await;
    let limits = |record: &Value| {
        (
            record["accessTokenTTL"].clone(),
            record["accessTokenNumUsesLimit"].clone(),
        )
    };
    assert_eq!(
        limits(&record(&server, &id_of(&old)).await),
        (json!(600), json!(2))
    );
    assert_eq!(
        limits(&record(&server, &id_of(&new)).await),
        (json!(60), json!(5))
    );
    server.clock.advance(TimeDelta::seconds(60));
    expired(&server, &new).await;
    probe(&server, &old).expect(200).await;
    probe(&server, &old).expect(200).await;
    ended(
        &server,
        &old,
        "Failed to authorize: token usage limit reached",
    )
    .await;
}

async fn what_is_not_there_is_told_in_the_vendor_s_words() {
    let server = shared().await;
    let id = bare(server).await;
    let path = token_auth_path(&id);
    let message = "Token Auth configuration not found for identity";
    refused(admin(server, "GET", &path), 404, "NotFound", message).await;
    let message = "The identity does not have token auth";
    refused(
        changing(server, &id, &json!({})),
        400,
        "BadRequest",
        message,
    )
    .await;
    let message = "The identity does not have Token Auth";
    for call in [
        admin(server, "DELETE", &path),
        admin(server, "GET", &tokens_path(&id)),
        admin(server, "POST", &tokens_path(&id)),
    ] {
        refused(call, 400, "BadRequest", message).await;
    }
}

async fn a_removed_one_ends_its_tokens_for_good() {
    let server = shared().await;
    let id = identity(server, Identity::member(TokenAuth::default())).await;
    let tokens = [token_of(server, &id).await, token_of(server, &id).await];
    for token in &tokens {
        probe(server, token).expect(200).await;
    }
    let shown = admin(server, "GET", &token_auth_path(&id))
        .expect(200)
        .await;
    let removed = admin(server, "DELETE", &token_auth_path(&id))
        .expect(200)
        .await;
    assert_eq!(removed.json(), shown.json());
    let message = "Failed to authorize: auth method has been revoked";
    for token in &tokens {
        ended(server, token, message).await;
    }
    attach(server, &id, &json!({})).await;
    for token in &tokens {
        ended(server, token, message).await;
    }
    let listed = admin(server, "GET", &tokens_path(&id)).expect(200).await;
    assert_eq!(listed.json(), json!({"tokens": []}));
    let new = token_of(server, &id).await;
    probe(server, &new).expect(200).await;
}
