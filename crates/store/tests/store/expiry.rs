//! Expiry is honoured when a token is read.

use chrono::TimeDelta;
use specmint_store::{Clock, NewToken, State, split};

use crate::place::{API, Place, noon, team};

#[tokio::test]
async fn a_token_ends_at_its_time_and_not_before() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let (id, text, hash) = split::mint("sm_");
    let minted = store
        .mint(NewToken {
            id: Some(id),
            expires_at: Some(noon() + TimeDelta::minutes(15) + TimeDelta::microseconds(999)),
            ..NewToken::new(API, "access", owner, hash)
        })
        .await
        .expect("minted");
    assert_eq!(minted.created_at, noon());
    assert_eq!(
        minted.expires_at,
        Some(noon() + TimeDelta::minutes(15)),
        "cut to milliseconds"
    );

    let (selector, secret) = split::parse("sm_", &text).expect("its text");
    let state = async || {
        let token = store
            .verify(selector, &secret)
            .await
            .expect("read")
            .expect("its secret");
        token.state(store.now())
    };
    assert_eq!(state().await, State::Active);
    clock.set(noon() + TimeDelta::minutes(15) - TimeDelta::milliseconds(1));
    assert_eq!(state().await, State::Active);
    clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(state().await, State::Expired, "though it is cached");
}

#[tokio::test]
async fn only_its_own_secret_proves_a_token() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let (id, _, hash) = split::mint("");
    let (other, other_text, _) = split::mint("");
    let asked = NewToken {
        id: Some(id),
        ..NewToken::new(API, "access", owner, hash)
    };
    store.mint(asked).await.expect("minted");
    let (_, wrong) = split::parse("", &other_text).expect("its text");
    assert_eq!(store.verify(id, &wrong).await.expect("read"), None);
    assert_eq!(store.verify(id, b"").await.expect("read"), None);
    assert_eq!(store.verify(other, &wrong).await.expect("read"), None);
}
