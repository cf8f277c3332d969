//! Tokens by their ids: listed, shown, renamed, revoked.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use super::world::{
    Identity, TokenAuth, admin, ended, id_of, identity, mint, probe, record, refused, token_of,
    token_path, tokens_path,
};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_record_says_everything_but_the_text,
    the_last_changed_comes_first,
    a_list_is_read_in_parts,
    parts_are_within_their_bounds,
    a_name_is_changed,
    uses_are_counted_whether_or_not_they_are_limited,
    a_revoked_token_is_revoked_once_and_for_good,
    what_is_no_token_is_not_found,
);

async fn listed(server: &Server, identity: &str, query: &[(&str, &str)]) -> Vec<Value> {
    let call = admin(server, "GET", &tokens_path(identity)).query(query);
    let list = call.expect(200).await.json();
    list["tokens"].as_array().expect("tokens").clone()
}

fn ids(tokens: &[Value]) -> Vec<&str> {
    tokens
        .iter()
        .filter_map(|token| token["id"].as_str())
        .collect()
}

async fn a_record_says_everything_but_the_text() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 60,
        max_ttl: 600,
        uses: 3,
    };
    let identity = identity(&server, Identity::member(config)).await;
    let minted = mint(&server, &identity, server.demo("/infisical/access_token"));
    let minted = minted.json(&json!({"name": "nightly"})).expect(200).await;
    let token = minted.string("/accessToken");
    let (_, claims) = forged::jwt(&token);
    let now = server
        .clock
        .now()
        .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    let expected = json!({
        "id": claims["identityAccessTokenId"],
        "accessTokenTTL": 60,
        "accessTokenMaxTTL": 600,
        "accessTokenNumUses": 0,
        "accessTokenNumUsesLimit": 3,
        "accessTokenLastUsedAt": null,
        "accessTokenLastRenewedAt": null,
        "isAccessTokenRevoked": false,
        "identityUAClientSecretId": null,
        "identityId": identity,
        "createdAt": now,
        "updatedAt": now,
        "name": "nightly",
        "authMethod": "token-auth",
        "accessTokenPeriod": 0,
        "subOrganizationId": null,
    });
    assert_eq!(record(&server, &id_of(&token)).await, expected);
    assert_eq!(listed(&server, &identity, &[]).await, [expected]);
}

async fn the_last_changed_comes_first() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        uses: 9,
        ..TokenAuth::default()
    };
    let identity = identity(&server, Identity::member(config)).await;
    let mut tokens = Vec::new();
    for _ in 0..3 {
        tokens.push(token_of(&server, &identity).await);
        server.clock.advance(TimeDelta::seconds(1));
    }
    let [a, b, c] = [0, 1, 2].map(|at: usize| id_of(&tokens[at]));
    let order = async || {
        server.clock.advance(TimeDelta::seconds(1));
        let tokens = listed(&server, &identity, &[]).await;
        ids(&tokens)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(order().await, [&c, &b, &a].map(Clone::clone));
    let rename = admin(&server, "PATCH", &token_path(&a)).json(&json!({"name": "a"}));
    rename.expect(200).await;
    assert_eq!(order().await, [&a, &c, &b].map(Clone::clone));
    probe(&server, &tokens[1]).expect(200).await;
    assert_eq!(order().await, [&b, &a, &c].map(Clone::clone));
    let revoke = admin(&server, "POST", &format!("{}/revoke", token_path(&c)));
    revoke.expect(200).await;
    assert_eq!(order().await, [&c, &b, &a].map(Clone::clone));
}

async fn a_list_is_read_in_parts() {
    let server = shared().await;
    let identity = identity(server, Identity::member(TokenAuth::default())).await;
    let other = super::world::identity(server, Identity::member(TokenAuth::default())).await;
    token_of(server, &other).await;
    for _ in 0..23 {
        token_of(server, &identity).await;
    }
    let all = listed(server, &identity, &[("limit", "100")]).await;
    assert_eq!(all.len(), 23);
    assert_eq!(listed(server, &identity, &[]).await, all[..20]);
    assert_eq!(
        listed(server, &identity, &[("offset", "20")]).await,
        all[20..]
    );
    assert_eq!(
        listed(server, &identity, &[("offset", "3"), ("limit", "2")]).await,
        all[3..5]
    );
    assert_eq!(
        listed(server, &identity, &[("offset", "100")]).await,
        [] as [Value; 0]
    );
    assert!(
        all.iter()
            .all(|token| token["identityId"] == identity.as_str())
    );
}

async fn parts_are_within_their_bounds() {
    let server = shared().await;
    let path = tokens_path(server.demo("/infisical/identity_id"));
    for (name, value, code) in [
        ("offset", "-1", "too_small"),
        ("offset", "101", "too_big"),
        ("limit", "0", "too_small"),
        ("limit", "101", "too_big"),
        ("limit", "ten", "invalid_type"),
        ("offset", "1.5", "invalid_type"),
        ("limit", "", "invalid_type"),
    ] {
        let call = admin(server, "GET", &path).query(&[(name, value)]);
        let answer = call.expect(422).await.json();
        assert_eq!(answer["error"], "ValidationFailure");
        assert_eq!(answer["message"][0]["code"], code, "{name}={value}");
        assert_eq!(answer["message"][0]["path"], json!([name]));
    }
}

async fn a_name_is_changed() {
    let server = shared().await;
    let identity = identity(server, Identity::member(TokenAuth::default())).await;
    let token = token_of(server, &identity).await;
    let id = id_of(&token);
    assert_eq!(record(server, &id).await["name"], Value::Null);
    let rename = async |body: Value| {
        let call = admin(server, "PATCH", &token_path(&id)).json(&body);
        let renamed = call.expect(200).await.json()["token"].clone();
        assert_eq!(renamed, record(server, &id).await);
        renamed["name"].clone()
    };
    assert_eq!(rename(json!({"name": "weekly"})).await, "weekly");
    assert_eq!(rename(json!({})).await, "weekly");
    assert_eq!(rename(json!({"name": ""})).await, "");
    probe(server, &token).expect(200).await;
}

async fn uses_are_counted_whether_or_not_they_are_limited() {
    let server = Server::start(Setup::default()).await;
    for uses in [0, 9] {
        let config = TokenAuth {
            uses,
            ..TokenAuth::default()
        };
        let identity = identity(&server, Identity::member(config)).await;
        let token = token_of(&server, &identity).await;
        server.clock.advance(TimeDelta::minutes(1));
        for _ in 0..3 {
            probe(&server, &token).expect(200).await;
        }
        // Where nothing hangs on the number, it is kept a moment later.
        let mut kept = Value::Null;
        for _ in 0..100 {
            kept = record(&server, &id_of(&token)).await;
            if kept["accessTokenNumUses"] == 3 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(kept["accessTokenNumUses"], 3);
        let now = server
            .clock
            .now()
            .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        assert_eq!(kept["accessTokenLastUsedAt"], now);
        assert_eq!(kept["updatedAt"], now);
    }
}

async fn a_revoked_token_is_revoked_once_and_for_good() {
    let server = shared().await;
    let identity = identity(server, Identity::member(TokenAuth::default())).await;
    let token = token_of(server, &identity).await;
    probe(server, &token).expect(200).await;
    let id = id_of(&token);
    let revoke = || admin(server, "POST", &format!("{}/revoke", token_path(&id)));
    let revoked = revoke().expect(200).await;
    assert_eq!(
        revoked.json(),
        json!({"message": "Successfully revoked access token"})
    );
    ended(
        server,
        &token,
        "Failed to authorize: token has been revoked",
    )
    .await;
    let message = format!("Token with ID {id} not found or already revoked");
    refused(revoke(), 404, "NotFound", &message).await;
    assert_eq!(record(server, &id).await["isAccessTokenRevoked"], true);
    assert_eq!(
        listed(server, &identity, &[]).await[0]["isAccessTokenRevoked"],
        true
    );
}

async fn what_is_no_token_is_not_found() {
    let server = shared().await;
    for id in [Uuid::new_v4().to_string(), "no-uuid".to_owned()] {
        let path = token_path(&id);
        let missing = format!("Token with ID {id} not found");
        refused(admin(server, "GET", &path), 404, "NotFound", &missing).await;
        let rename = admin(server, "PATCH", &path).json(&json!({}));
        refused(rename, 404, "NotFound", &missing).await;
        let revoke = admin(server, "POST", &format!("{path}/revoke"));
        let missing = format!("{missing} or already revoked");
        refused(revoke, 404, "NotFound", &missing).await;
    }
}
