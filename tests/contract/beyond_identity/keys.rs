//! The signing keys: published, and changed while servers run.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;
use specmint_server::rotate_keys;

use super::flow::{self, Application, DELETE};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    what_is_signed_verifies_by_the_published_keys,
    a_rotation_takes_effect_while_a_server_runs,
    an_old_key_is_published_until_its_last_token_expires,
    rotations_outlive_a_restart,
    a_key_of_another_process_is_known_at_once,
    rotations_at_once_all_count,
);

async fn key_set(server: &Server, application: &Application) -> Value {
    let path = application.path(".well-known/jwks.json");
    server.client.get(&path).expect(200).await.json()
}

fn kids(key_set: &Value) -> Vec<String> {
    let keys = key_set["keys"].as_array().expect("keys");
    let kid = |key: &Value| key["kid"].as_str().expect("a kid").to_owned();
    keys.iter().map(kid).collect()
}

/// The `kid` of a token.
fn kid(token: &str) -> String {
    let (header, _) = forged::jwt(token);
    header["kid"].as_str().expect("a kid").to_owned()
}

/// An access token that the server signed with another key than the one called `old`, for which it has a quarter of a
/// second to look.
async fn token_by_another_key(server: &Server, application: &Application, old: &str) -> String {
    for _ in 0..200 {
        let token = application.access_token(server, DELETE).await;
        if kid(&token) != old {
            return token;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the server goes on signing with {old}");
}

async fn what_is_signed_verifies_by_the_published_keys() {
    let server = shared().await;
    let demo = flow::demo(server);
    let keys = key_set(server, &demo).await;
    for key in keys["keys"].as_array().expect("keys") {
        let mut members: Vec<&String> = key.as_object().expect("a key").keys().collect();
        members.sort();
        // None of the private ones (RFC 7518, section 6.3.2).
        assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
        assert_eq!(
            (&key["kty"], &key["use"], &key["alg"]),
            (&"RSA".into(), &"sig".into(), &"RS256".into())
        );
    }
    let token = demo.access_token(server, DELETE).await;
    assert!(forged::verifies(&token, &keys));
    assert!(!forged::verifies(&forged::tampered(&token), &keys));
    let (header, claims) = forged::jwt(&token);
    let issuer = claims["iss"].as_str().expect("an issuer");
    assert_eq!(header["jku"], format!("{issuer}/.well-known/jwks.json"));
}

async fn a_rotation_takes_effect_while_a_server_runs() {
    let server = Server::start(Setup::default()).await;
    let other = server.beside().await;
    let demo = flow::demo(&server);
    let old = demo.access_token(&server, DELETE).await;
    let rotation = rotate_keys(&other.store).await.expect("a rotation");
    assert_eq!(rotation.others, 1);
    // Published before it is met.
    let keys = key_set(&server, &demo).await;
    assert_eq!(kids(&keys), [rotation.kid.clone(), kid(&old)]);
    let new = token_by_another_key(&server, &demo, &kid(&old)).await;
    assert_eq!(kid(&new), rotation.kid);
    for token in [&old, &new] {
        assert!(forged::verifies(token, &keys));
        assert!(demo.opens(&server, token).await);
        assert!(demo.opens(&other, token).await);
    }
}

async fn an_old_key_is_published_until_its_last_token_expires() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let new = NewApplication {
        expires_after: 60,
        ..NewApplication::default()
    };
    let brief = fixture::application(&server, new).await;
    let old = demo.access_token(&server, DELETE).await;
    let brief_old = brief.access_token(&server, DELETE).await;
    server.clock.advance(TimeDelta::hours(1));
    let rotation = rotate_keys(&server.store).await.expect("a rotation");
    let lifetime = TimeDelta::seconds(7_776_000);
    server
        .clock
        .advance(lifetime - TimeDelta::hours(1) - TimeDelta::seconds(1));
    assert!(demo.opens(&server, &old).await, "three months are not over");
    assert!(!brief.opens(&server, &brief_old).await);
    assert!(forged::verifies(&old, &key_set(&server, &demo).await));
    server.clock.advance(TimeDelta::seconds(1));
    assert!(!demo.opens(&server, &old).await);
    // Of what was signed up to the rotation the last has ended now, and of what other processes signed a little later.
    server
        .clock
        .set(rotation.others_until - TimeDelta::seconds(1));
    assert_eq!(kids(&key_set(&server, &demo).await).len(), 2);
    server.clock.advance(TimeDelta::seconds(1));
    assert_eq!(kids(&key_set(&server, &demo).await), [rotation.kid]);
    let again = rotate_keys(&server.store).await.expect("a rotation");
    assert_eq!(again.others, 1, "the first key is dropped");
}

async fn rotations_outlive_a_restart() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let mut tokens = vec![demo.access_token(&server, DELETE).await];
    for _ in 0..2 {
        rotate_keys(&server.store).await.expect("a rotation");
        tokens.push(demo.access_token(&server, DELETE).await);
    }
    let keys = key_set(&server, &demo).await;
    let mut signed: Vec<String> = tokens.iter().map(|token| kid(token)).collect();
    signed.reverse();
    assert_eq!(kids(&keys), signed, "the newest first");
    server.stop().await;
    let again = server.beside().await;
    assert_eq!(key_set(&again, &demo).await, keys);
    for token in &tokens {
        assert!(demo.opens(&again, token).await);
    }
    let token = demo.access_token(&again, DELETE).await;
    assert_eq!(Some(&kid(&token)), signed.first());
}

async fn a_key_of_another_process_is_known_at_once() {
    let server = Server::start(Setup::default()).await;
    let other = server.beside().await;
    let demo = flow::demo(&server);
    for _ in 0..3 {
        rotate_keys(&other.store).await.expect("a rotation");
        let token = demo.access_token(&other, DELETE).await;
        assert!(demo.opens(&server, &token).await);
    }
}

async fn rotations_at_once_all_count() {
    let server = Server::start(Setup::default()).await;
    let other = server.beside().await;
    let demo = flow::demo(&server);
    let (one, two) = tokio::join!(rotate_keys(&server.store), rotate_keys(&other.store));
    one.expect("a rotation");
    two.expect("a rotation");
    assert_eq!(kids(&key_set(&server, &demo).await).len(), 3);
}
