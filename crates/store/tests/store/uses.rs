//! Counting uses.

use chrono::TimeDelta;
use serde_json::Value;
use specmint_store::{Clock, NewOwner, NewToken, Owner, OwnerId, State, StoreError, Use};
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
async fn a_use_is_returned_once_for_each_that_was_counted() {
    let place = Place::new();
    let store = place.open().await;
    let once = NewToken {
        uses_limit: Some(1),
        ..token(team(&store).await.id)
    };
    let id = store.mint(once).await.expect("minted").id;
    let returned = async || store.return_use(id, "test").await.expect("answered");
    let used = async || store.use_token(id, "test").await.expect("answered");
    assert!(!returned().await, "nothing was used yet");
    assert_eq!(used().await, Use::Used(1));
    assert_eq!(used().await, Use::Exhausted);
    assert!(returned().await);
    assert!(!returned().await);
    assert_eq!(used().await, Use::Used(1));
    store.close().await;
    let store = place.open().await;
    let kept = store.token(id).await.expect("read").expect("there");
    assert_eq!((kept.uses, kept.state(store.now())), (1, State::Exhausted));
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

/// An account below `team`, called `key`.
fn account(team: OwnerId, key: &str) -> NewOwner<'_> {
    NewOwner {
        api: "test",
        kind: "account",
        parent: Some(team),
        keys: vec![key.to_owned()],
        attributes: Value::Null,
        secret_hash: None,
        sealed: None,
        by: "test",
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_use_makes_one_owner_however_many_ask() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await.id;
    let once = NewToken {
        uses_limit: Some(1),
        ..token(team)
    };
    let id = store.mint(once).await.expect("minted").id;
    let mut callers = JoinSet::new();
    for number in 0..50 {
        let store = store.clone();
        callers.spawn(async move {
            let key = number.to_string();
            let made = store.use_to_create_owner(id, account(team, &key));
            made.await.expect("answered")
        });
    }
    let outcomes = callers.join_all().await;
    let refused = outcomes
        .iter()
        .filter(|outcome| **outcome == Err(Use::Exhausted));
    assert_eq!(refused.count(), 49);
    let made = store.owners("test", "account", Some(team)).await;
    let made = made.expect("read");
    let told: Vec<&Owner> = outcomes.iter().flatten().collect();
    assert_eq!(told, made.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_token_stays_unused_when_its_owner_cannot_be_made() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await.id;
    let taken = store.create_owner(account(team, "taken")).await;
    taken.expect("made");
    let once = NewToken {
        uses_limit: Some(1),
        ..token(team)
    };
    let id = store.mint(once).await.expect("minted").id;
    let refused = store.use_to_create_owner(id, account(team, "taken")).await;
    assert!(
        matches!(refused, Err(StoreError::Taken { .. })),
        "{refused:?}"
    );
    assert_eq!(store.token(id).await.expect("read").expect("there").uses, 0);
    let made = store.use_to_create_owner(id, account(team, "free")).await;
    assert!(made.expect("answered").is_ok());
}
