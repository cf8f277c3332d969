//! The whole story of an identity and its tokens, from the first call to the last.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;

use super::world::{
    Identity, TokenAuth, admin, ended, expired, held, id_of, identity, identity_path, mint, probe,
    record, token, token_auth_path, token_path, tokens_path,
};
use crate::server::{Server, Setup, shared};

scenarios!(
    an_identity_lives_through_a_quarter_of_a_year,
    exactly_as_many_uses_as_allowed_pass,
    uses_are_shared_by_all_texts_of_a_token,
    no_answer_but_the_first_shows_a_token_s_text,
);

async fn an_identity_lives_through_a_quarter_of_a_year() {
    let server = Server::start(Setup::default()).await;
    // Whose token outlives all of it.
    let endless = TokenAuth {
        ttl: 0,
        max_ttl: 0,
        uses: 0,
    };
    let keeper = token(&server, Identity::admin(endless)).await;
    let admin = |method: &str, path: &str| server.client.call(method, path).bearer(&keeper);
    let month = 30 * 24 * 3600;
    let organization = server.demo("/infisical/organization_id");
    let made = admin("POST", "/api/v1/identities");
    let body = json!({"name": "deployment", "organizationId": organization, "role": "member"});
    let id = made.json(&body).expect(200).await.string("/identity/id");
    let config = json!({"accessTokenTTL": month, "accessTokenMaxTTL": 3 * month});
    super::world::attach(&server, &id, &config).await;
    let mint = |name: &str| {
        let call = admin("POST", &tokens_path(&id));
        call.json(&json!({ "name": name }))
    };
    let first = mint("first").expect(200).await.string("/accessToken");
    let second = mint("second").expect(200).await.string("/accessToken");

    server.clock.advance(TimeDelta::days(29));
    probe(&server, &first).expect(200).await;
    let renewed = held(&server, "renew", &first).expect(200).await;
    let renewed = renewed.string("/accessToken");
    server.clock.advance(TimeDelta::days(1));
    expired(&server, &first).await;
    expired(&server, &second).await;
    probe(&server, &renewed).expect(200).await;

    server.clock.advance(TimeDelta::days(28));
    let again = held(&server, "renew", &renewed).expect(200).await;
    let again = again.string("/accessToken");
    server.clock.advance(TimeDelta::days(29));
    probe(&server, &again).expect(200).await;
    let third = super::world::mint(&server, &id, &again);
    let third = third.json(&json!({"name": "third"})).expect(200).await;
    let third = third.string("/accessToken");
    let rename = admin("PATCH", &token_path(&id_of(&third)));
    rename.json(&json!({"name": "the third"})).expect(200).await;
    let shown = admin("GET", &token_path(&id_of(&third))).expect(200).await;
    assert_eq!(shown.string("/token/name"), "the third");

    server.clock.advance(TimeDelta::days(3));
    expired(&server, &again).await;
    probe(&server, &third).expect(200).await;
    let revoke = admin("POST", &format!("{}/revoke", token_path(&id_of(&third))));
    revoke.expect(200).await;
    ended(
        &server,
        &third,
        "Failed to authorize: token has been revoked",
    )
    .await;
    let listed = admin("GET", &tokens_path(&id)).expect(200).await.json();
    assert_eq!(listed["tokens"].as_array().map(Vec::len), Some(3));
    assert_eq!(listed["tokens"][0]["isAccessTokenRevoked"], true);

    admin("DELETE", &token_auth_path(&id)).expect(200).await;
    admin("DELETE", &identity_path(&id)).expect(200).await;
    admin("GET", &identity_path(&id)).expect(404).await;
}

async fn exactly_as_many_uses_as_allowed_pass() {
    let server = shared().await;
    for (limit, calls) in [(1, 24), (25, 64)] {
        let config = TokenAuth {
            uses: limit,
            ..TokenAuth::default()
        };
        let token = token(server, Identity::no_access(config)).await;
        let answers = join_all((0..calls).map(|_| probe(server, &token).send())).await;
        let with = |status| {
            answers
                .iter()
                .filter(|answer| answer.status == status)
                .count()
        };
        let passed = usize::try_from(limit).expect("small");
        assert_eq!((with(200), with(401)), (passed, calls - passed));
        ended(
            server,
            &token,
            "Failed to authorize: token usage limit reached",
        )
        .await;
        assert_eq!(
            record(server, &id_of(&token)).await["accessTokenNumUses"],
            limit
        );
    }
}

async fn uses_are_shared_by_all_texts_of_a_token() {
    let server = shared().await;
    let config = TokenAuth {
        uses: 2,
        ..TokenAuth::default()
    };
    let first = token(server, Identity::no_access(config)).await;
    let second = held(server, "renew", &first).expect(200).await;
    let second = second.string("/accessToken");
    probe(server, &first).expect(200).await;
    probe(server, &second).expect(200).await;
    for text in [&first, &second] {
        ended(
            server,
            text,
            "Failed to authorize: token usage limit reached",
        )
        .await;
    }
}

async fn no_answer_but_the_first_shows_a_token_s_text() {
    let server = shared().await;
    let identity = identity(server, Identity::member(TokenAuth::default())).await;
    let minted = mint(server, &identity, server.demo("/infisical/access_token"));
    let token = minted.expect(200).await.string("/accessToken");
    let path = token_path(&id_of(&token));
    for call in [
        admin(server, "GET", &tokens_path(&identity)),
        admin(server, "GET", &path),
        admin(server, "PATCH", &path).json(&json!({"name": "a"})),
        admin(server, "POST", &format!("{path}/revoke")),
    ] {
        let answer = call.expect(200).await.text();
        assert!(!answer.contains(&token));
        assert!(!answer.contains("eyJ"), "something like a token is shown");
    }
}
