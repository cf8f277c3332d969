//! Codes that work once.

use chrono::TimeDelta;
use specmint_store::{
    Clock, Listing, NewToken, OwnerId, Redemption, State, Store, StoreError, Token,
};
use tokio::task::JoinSet;

use crate::place::{Place, noon, team, token};

async fn code(store: &Store, owner: OwnerId) -> Token {
    let code = NewToken {
        kind: "code",
        expires_at: Some(store.now() + TimeDelta::seconds(60)),
        ..token(owner)
    };
    store.mint(code).await.expect("minted")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_one_gets_a_token_and_it_is_revoked_at_once() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    for _ in 0..10 {
        let code = code(&store, owner).await;
        let mut callers = JoinSet::new();
        for _ in 0..32 {
            let store = store.clone();
            callers.spawn(async move {
                store
                    .redeem(code.id, "test", vec![token(owner)])
                    .await
                    .expect("answered")
            });
        }
        let mut redeemed = Vec::new();
        for outcome in callers.join_all().await {
            match outcome {
                Redemption::Redeemed(tokens) => redeemed.extend(tokens),
                other => assert_eq!(other, Redemption::Replayed),
            }
        }
        let [token] = redeemed.as_slice() else {
            panic!("{} were redeemed", redeemed.len())
        };
        assert_eq!(token.parent, Some(code.id));
        let kept = store.token(token.id).await.expect("read").expect("there");
        assert_eq!(
            kept.state(store.now()),
            State::Revoked,
            "a replay revokes what was minted"
        );
    }
}

#[tokio::test]
async fn a_replay_revokes_the_children_even_when_they_are_cached_and_the_code_is_over() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let code = code(&store, owner).await;
    let Redemption::Redeemed(minted) = store
        .redeem(code.id, "test", vec![token(owner)])
        .await
        .expect("answered")
    else {
        panic!("a fresh code is redeemed");
    };
    let [minted] = minted.as_slice() else {
        panic!("one is minted");
    };
    let cached = store.token(minted.id).await.expect("read").expect("there");
    assert_eq!(cached.state(clock.now()), State::Active);
    clock.advance(TimeDelta::hours(1));
    assert_eq!(
        store
            .redeem(code.id, "test", vec![token(owner)])
            .await
            .expect("answered"),
        Redemption::Replayed
    );
    let revoked = store.token(minted.id).await.expect("read").expect("there");
    assert_eq!(revoked.revoked_at, Some(clock.now()));
}

#[tokio::test]
async fn what_cannot_be_redeemed_mints_nothing() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let unknown = token(owner).id.expect("given");
    assert_eq!(
        store
            .redeem(unknown, "test", vec![token(owner)])
            .await
            .expect("answered"),
        Redemption::Unknown
    );
    let revoked = code(&store, owner).await;
    assert!(store.revoke(revoked.id, "test").await.expect("revoked"));
    assert_eq!(
        store
            .redeem(revoked.id, "test", vec![token(owner)])
            .await
            .expect("answered"),
        Redemption::Revoked
    );
    let expired = code(&store, owner).await;
    clock.advance(TimeDelta::seconds(60));
    assert_eq!(
        store
            .redeem(expired.id, "test", vec![token(owner)])
            .await
            .expect("answered"),
        Redemption::Expired
    );
    assert!(
        store
            .tokens_of(owner, &Listing::of(&["access"]))
            .await
            .expect("read")
            .is_empty()
    );
}

#[tokio::test]
async fn a_token_that_cannot_be_minted_leaves_the_code_unused() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let code = code(&store, owner).await;
    let refused = store
        .redeem(code.id, "test", vec![token(OwnerId::new())])
        .await
        .expect_err("no such owner");
    assert!(matches!(refused, StoreError::Missing { .. }), "{refused}");
    let outcome = store
        .redeem(code.id, "test", vec![token(owner)])
        .await
        .expect("answered");
    assert!(matches!(outcome, Redemption::Redeemed(_)), "{outcome:?}");
}
