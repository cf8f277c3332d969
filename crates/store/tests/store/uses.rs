//! Counting uses.

use chrono::TimeDelta;
use specmint_store::{Clock, NewToken, State, Use};
use tokio::task::JoinSet;

use crate::place::{Place, noon, team, token};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exactly_as_many_uses_as_allowed_however_many_ask() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let limited = NewToken {
        uses_limit: Some(100),
        ..token(owner)
    };
    let id = store.mint(limited).await.expect("minted").id;
    let mut callers = JoinSet::new();
    for _ in 0..250 {
        let store = store.clone();
        callers.spawn(async move { store.use_token(id, "test").await.expect("answered") });
    }
    let mut numbers = Vec::new();
    let mut exhausted = 0;
    for outcome in callers.join_all().await {
        match outcome {
            Use::Used(number) => numbers.push(number),
            other => {
                assert_eq!(other, Use::Exhausted);
                exhausted += 1;
            }
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>());
    assert_eq!(exhausted, 150);
    let kept = store.token(id).await.expect("read").expect("there");
    assert_eq!(
        (kept.uses, kept.state(store.now())),
        (100, State::Exhausted)
    );
}

#[tokio::test]
async fn what_may_not_be_used_is_told_and_not_counted() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let unknown = token(owner).id.expect("given");
    assert_eq!(
        store.use_token(unknown, "test").await.expect("answered"),
        Use::Unknown
    );

    let revoked = store.mint(token(owner)).await.expect("minted").id;
    store.revoke(revoked, "test").await.expect("revoked");
    assert_eq!(
        store.use_token(revoked, "test").await.expect("answered"),
        Use::Revoked
    );

    let ending = NewToken {
        expires_at: Some(noon() + TimeDelta::seconds(5)),
        ..token(owner)
    };
    let ending = store.mint(ending).await.expect("minted").id;
    assert_eq!(
        store.use_token(ending, "test").await.expect("answered"),
        Use::Used(1)
    );
    clock.advance(TimeDelta::seconds(5));
    assert_eq!(
        store.use_token(ending, "test").await.expect("answered"),
        Use::Expired
    );
    let kept = store.token(ending).await.expect("read").expect("there");
    assert_eq!((kept.uses, kept.used_at), (1, Some(noon())));
}

#[tokio::test]
async fn a_use_of_a_cached_token_without_limit_shows() {
    let place = Place::new();
    let store = place.open().await;
    let id = store
        .mint(token(team(&store).await.id))
        .await
        .expect("minted")
        .id;
    for number in 1..=3 {
        assert_eq!(
            store.use_token(id, "test").await.expect("answered"),
            Use::Used(number)
        );
        assert_eq!(
            store.token(id).await.expect("read").expect("there").uses,
            number
        );
    }
}
