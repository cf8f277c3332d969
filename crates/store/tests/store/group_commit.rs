//! Many who ask at once.

use std::collections::HashSet;

use specmint_store::{Digest, Listing, NewToken, OwnerId, StoreError};
use tokio::task::JoinSet;

use crate::place::{API, Place, bare_token, team, token};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_256_callers_gets_its_own_token() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let mut callers = JoinSet::new();
    for caller in 0..256 {
        let store = store.clone();
        callers.spawn(async move {
            let mut ids = Vec::new();
            for number in 0..8 {
                let name = format!("{caller}/{number}");
                let asked = NewToken {
                    name: Some(name.clone()),
                    scopes: (number % 2 == 0).then(|| "read".to_owned()),
                    ..token(owner)
                };
                let (id, hash) = (asked.id, asked.hash);
                let minted = store.mint(asked).await.expect("minted");
                assert_eq!(Some(minted.id), id);
                assert_eq!(minted.hash, hash);
                assert_eq!(minted.name, Some(name));
                ids.push(minted);
            }
            ids
        });
    }
    let minted = callers.join_all().await.concat();
    let ids: HashSet<_> = minted.iter().map(|token| token.id).collect();
    assert_eq!(ids.len(), 256 * 8);
    store.close().await;

    let store = place.open().await;
    for token in minted {
        assert_eq!(
            *store.token(token.id).await.expect("read").expect("kept"),
            token
        );
    }
    assert_eq!(
        store
            .tokens_of(owner, &Listing::of(&["access"]))
            .await
            .expect("read")
            .len(),
        256 * 8
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_breaks_a_rule_fails_alone() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let first = store.mint(token(owner)).await.expect("minted");
    let mut callers = JoinSet::new();
    for number in 0..200 {
        let store = store.clone();
        callers.spawn(async move {
            let asked = match number % 4 {
                0 => NewToken::new(API, "access", OwnerId::new(), Digest::of("no owner")),
                1 => NewToken {
                    id: Some(first.id),
                    ..token(owner)
                },
                2 => bare_token(owner, "the same text for all"),
                _ => token(owner),
            };
            (number % 4, store.mint(asked).await)
        });
    }
    let mut refused = [0; 4];
    for (kind, outcome) in callers.join_all().await {
        match outcome {
            Ok(_) => {}
            Err(StoreError::Missing { what }) => {
                refused[kind] += 1;
                assert!(kind == 0 && what.contains("owner"), "{what}");
            }
            Err(StoreError::Taken { what }) => {
                refused[kind] += 1;
                assert!(kind > 0, "{what}");
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(refused, [50, 50, 49, 0]);
    assert_eq!(
        store
            .tokens_of(owner, &Listing::of(&["access"]))
            .await
            .expect("read")
            .len(),
        51
    );
    let found = store
        .find_token_by_hash(API, "bare", &Digest::of("the same text for all"))
        .await;
    assert!(found.expect("read").is_some());
}

#[tokio::test]
async fn an_asker_that_goes_away_disturbs_nobody() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    for _ in 0..50 {
        let gone = store.mint(token(owner));
        let _ = tokio::time::timeout(std::time::Duration::ZERO, gone).await;
        store.mint(token(owner)).await.expect("minted");
    }
}

#[test]
fn it_serves_several_runtimes() {
    let place = Place::new();
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
    };
    let first = runtime();
    let store = first.block_on(place.open());
    let owner = first.block_on(team(&store)).id;
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let store = store.clone();
            std::thread::spawn(move || {
                runtime().block_on(async {
                    for _ in 0..20 {
                        let minted = store.mint(token(owner)).await.expect("minted");
                        assert!(store.token(minted.id).await.expect("read").is_some());
                    }
                });
            })
        })
        .collect();
    drop(first);
    for thread in threads {
        thread.join().expect("no panic");
    }
    runtime().block_on(store.close());
}
