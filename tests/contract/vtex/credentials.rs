//! The last step, and what the credentials open.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use super::flow::{
    self, CREDENTIALS, MANIFEST, PAIRS, Pair, RETURN_URL, approve, merchant, open, redeem, token,
};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_merchant_connects_a_store_and_vtex_calls_for_him,
    a_code_works_once_and_a_replay_ends_what_it_gave,
    a_code_works_once_under_concurrency,
    head_uses_no_code_up,
    a_code_is_good_for_a_minute,
    an_old_code_ends_nothing,
    credentials_do_not_expire,
    credentials_end_when_they_are_revoked,
    the_end_of_a_merchant_is_the_end_of_the_credentials,
    each_merchant_has_credentials_of_their_own,
    refuses_what_is_no_code,
    refuses_what_is_no_pair,
);

async fn a_merchant_connects_a_store_and_vtex_calls_for_him() {
    let server = shared().await;
    let token = token(server, RETURN_URL).await;
    open(server, &token).expect(200).await;
    let ticket = flow::Merchant::new().sign_up(server, &token).await;
    let back = approve(server, &ticket).expect(303).await;
    let answer = redeem(server, &flow::code(&back)).expect(200).await;
    assert_eq!(answer.string("/applicationId"), "vtex");
    assert_eq!(answer.header("cache-control"), "no-store");
    let pair = Pair::of(&answer);
    let secret: Uuid = pair.token.parse().expect("a UUID");
    assert_eq!(
        secret.get_version_num(),
        4,
        "only random ones can't be guessed"
    );
    for (key, token) in PAIRS {
        let call = server.client.get(MANIFEST).header(key, &pair.key);
        let manifest = call.header(token, &pair.token).expect(200).await.json();
        let methods = manifest["paymentMethods"].as_array().expect("a list");
        assert!(methods.contains(&json!({"name": "Visa", "allowsSplit": "disabled"})));
        assert_eq!(manifest["customFields"], json!([]));
    }
}

async fn a_code_works_once_and_a_replay_ends_what_it_gave() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let (code, other) = (merchant.code(server).await, merchant.connect(server).await);
    let pair = Pair::of(&redeem(server, &code).expect(200).await);
    pair.call(server).expect(200).await;
    let replay = redeem(server, &code).expect(400).await;
    assert!(replay.string("/message").contains("used before"));
    pair.call(server).expect(401).await;
    other.call(server).expect(200).await;
}

async fn a_code_works_once_under_concurrency() {
    let server = shared().await;
    let code = merchant(server).await.code(server).await;
    let calls = (0..16).map(|_| redeem(server, &code).send());
    let answers = join_all(calls).await;
    let count = |status| answers.iter().filter(|one| one.status == status).count();
    assert_eq!((count(200), count(400)), (1, 15));
    // One of two who had the code stole it, and nobody knows who.
    let given = answers.iter().find(|answer| answer.status == 200);
    Pair::of(given.expect("one")).call(server).expect(401).await;
}

/// A GET that changes something is not what HEAD stands in for (RFC 9110, section 9.2.1).
async fn head_uses_no_code_up() {
    let server = shared().await;
    let code = merchant(server).await.code(server).await;
    let query = [
        ("authorizationCode", code.as_str()),
        ("applicationId", "vtex"),
    ];
    let head = server.client.call("HEAD", CREDENTIALS).query(&query);
    let answer = head.expect(405).await;
    assert_eq!(answer.header("allow"), "GET, OPTIONS");
    redeem(server, &code).expect(200).await;
}

async fn a_code_is_good_for_a_minute() {
    let server = Server::start(Setup::default()).await;
    let merchant = merchant(&server).await;
    let (early, late) = (merchant.code(&server).await, merchant.code(&server).await);
    server.clock.advance(TimeDelta::seconds(59));
    redeem(&server, &early).expect(200).await;
    server.clock.advance(TimeDelta::seconds(1));
    let answer = redeem(&server, &late).expect(400).await;
    assert!(answer.string("/message").contains("expired"));
}

async fn an_old_code_ends_nothing() {
    let server = Server::start(Setup::default()).await;
    let code = merchant(&server).await.code(&server).await;
    let pair = Pair::of(&redeem(&server, &code).expect(200).await);
    server.clock.advance(TimeDelta::seconds(60));
    let replay = redeem(&server, &code).expect(400).await;
    assert!(replay.string("/message").contains("expired"));
    pair.call(&server).expect(200).await;
}

async fn credentials_do_not_expire() {
    let server = Server::start(Setup::default()).await;
    let pair = merchant(&server).await.connect(&server).await;
    server.clock.advance(TimeDelta::days(3650));
    pair.call(&server).expect(200).await;
}

async fn credentials_end_when_they_are_revoked() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let (one, other) = (
        merchant.connect(server).await,
        merchant.connect(server).await,
    );
    one.call(server).expect(200).await;
    let id = one.key.parse().expect("a row's id");
    assert!(server.store.revoke(id, "test").await.expect("a revocation"));
    one.call(server).expect(401).await;
    other.call(server).expect(200).await;
}

async fn the_end_of_a_merchant_is_the_end_of_the_credentials() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let pair = merchant.connect(server).await;
    pair.call(server).expect(200).await;
    let find = |kind, parent, key| server.store.find_owner("vtex", kind, parent, key);
    let application = find("application", None, "vtex").await.expect("a look");
    let parent = application.expect("the application").id;
    let row = find("merchant", Some(parent), &merchant.email).await;
    let row = row.expect("a look").expect("the merchant").id;
    assert!(
        server
            .store
            .delete_owner(row, "test")
            .await
            .expect("a deletion")
    );
    pair.call(server).expect(401).await;
    let token = token(server, RETURN_URL).await;
    merchant
        .send(server, flow::SIGN_IN, &token)
        .expect(403)
        .await;
}

async fn each_merchant_has_credentials_of_their_own() {
    let server = shared().await;
    let one = merchant(server).await.connect(server).await;
    let other = merchant(server).await.connect(server).await;
    assert_ne!(one.key, other.key);
    for (key, token) in [(&one.key, &other.token), (&other.key, &one.token)] {
        let mixed = Pair {
            key: key.clone(),
            token: token.clone(),
        };
        mixed.call(server).expect(401).await;
    }
}

async fn refuses_what_is_no_code() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let good = merchant.code(server).await;
    let token = token(server, RETURN_URL).await;
    let ticket = merchant.sign_in(server, &token).await;
    let tampered = forged::tampered(&good);
    for wrong in [
        "",
        "7940597D-A63B",
        &tampered,
        &good[..good.len() - 1],
        &token,
        &ticket,
    ] {
        let answer = redeem(server, wrong).expect(400).await;
        assert_eq!(answer.string("/status"), "error");
        assert_eq!(answer.string("/code"), "400");
        assert!(answer.string("/message").contains("no such"));
    }
    let (code, application) = (("authorizationCode", &*good), ("applicationId", "vtex"));
    for query in [
        vec![],
        vec![code],
        vec![application],
        vec![code, ("applicationId", "VTEX")],
        vec![code, code, application],
    ] {
        let call = server.client.get(CREDENTIALS).query(&query);
        assert_eq!(call.expect(400).await.string("/code"), "400");
    }
    // Nothing of all this used the code up.
    redeem(server, &good).expect(200).await;
}

async fn refuses_what_is_no_pair() {
    let server = shared().await;
    let Pair { key, token } = merchant(server).await.connect(server).await;
    let (vtex, provider) = (PAIRS[0], PAIRS[1]);
    let tampered = forged::tampered(&token);
    for fields in [
        vec![],
        vec![(vtex.0, &*key)],
        vec![(vtex.1, &*token)],
        vec![(provider.0, &*key)],
        vec![(provider.1, &*token)],
        vec![(vtex.0, &*key), (provider.1, &*token)],
        vec![(provider.0, &*key), (vtex.1, &*token)],
        vec![(vtex.0, &*token), (vtex.1, &*key)],
        vec![(vtex.0, &*key), (vtex.1, &*key)],
        vec![(vtex.0, &*key), (vtex.1, "")],
        vec![(vtex.0, &*key), (vtex.1, &*tampered)],
        vec![(vtex.0, "no-key"), (vtex.1, &*token)],
        vec![("authorization", "Bearer x")],
    ] {
        let call = server.client.get(MANIFEST);
        let call = fields
            .iter()
            .fold(call, |call, (name, value)| call.header(name, value));
        let answer = call.expect(401).await;
        assert_eq!(answer.string("/code"), "401", "{fields:?}");
        assert!(answer.header("www-authenticate").contains("appkey"));
    }
}
