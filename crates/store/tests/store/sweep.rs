//! Sweeping.

use std::time::Duration;

use chrono::TimeDelta;
use specmint_store::{Clock, Listing, NewToken, Store};
use tokio::task::JoinSet;

use crate::place::{Place, noon, team, token};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_ended_longer_ago_than_the_retention_goes() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let options = place
        .options()
        .clock(clock.clone())
        .retention(Duration::from_secs(3600));
    let store = Store::open(options).await.expect("it opens");
    let owner = team(&store).await.id;
    let ends = [None, Some(60), Some(3600), Some(7200)];
    let mut callers = JoinSet::new();
    for number in 0..5000 {
        let store = store.clone();
        let end = ends[number % ends.len()];
        callers.spawn(async move {
            let expires_at = end.map(|seconds| noon() + TimeDelta::seconds(seconds));
            store
                .mint(NewToken {
                    expires_at,
                    ..token(owner)
                })
                .await
                .expect("minted");
        });
    }
    callers.join_all().await;
    assert_eq!(store.sweep().await.expect("swept"), 0);
    clock.set(noon() + TimeDelta::seconds(60 + 3600) - TimeDelta::milliseconds(1));
    assert_eq!(store.sweep().await.expect("swept"), 0);
    clock.set(noon() + TimeDelta::seconds(3600 + 3600));
    assert_eq!(store.sweep().await.expect("swept"), 2500);
    let left = store
        .tokens_of(owner, &Listing::of(&["access"]))
        .await
        .expect("read");
    assert_eq!(left.len(), 2500);
    assert!(left.iter().all(|token| {
        token
            .expires_at
            .is_none_or(|end| end == noon() + TimeDelta::seconds(7200))
    }));
}

#[tokio::test]
async fn a_swept_token_is_gone_from_the_cache_too() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let ending = NewToken {
        expires_at: Some(noon()),
        ..token(owner)
    };
    let id = store.mint(ending).await.expect("minted").id;
    assert!(store.token(id).await.expect("read").is_some());
    clock.advance(TimeDelta::days(7));
    assert_eq!(store.sweep().await.expect("swept"), 1);
    assert_eq!(store.token(id).await.expect("read"), None);
}
