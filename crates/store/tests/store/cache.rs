//! What another process commits is seen.

use std::time::{Duration, Instant};

use serde_json::json;
use specmint_store::{OwnerUpdate, State};

use crate::place::{API, Place, team, token};

#[tokio::test]
async fn what_another_store_changes_is_seen_within_half_a_second() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await;
    let id = store.mint(token(owner.id)).await.expect("minted").id;
    let other = place.open().await;
    store.token(id).await.expect("read and cached");
    store
        .find_owner(API, "team", None, "acme")
        .await
        .expect("read and cached");

    other.revoke(id, "test").await.expect("revoked");
    let update = OwnerUpdate {
        attributes: Some(json!({"name": "New"})),
        ..OwnerUpdate::default()
    };
    other
        .update_owner(owner.id, "test", update)
        .await
        .expect("changed");
    let changed = Instant::now();
    loop {
        let state = store
            .token(id)
            .await
            .expect("read")
            .expect("there")
            .state(store.now());
        let found = store
            .find_owner(API, "team", None, "acme")
            .await
            .expect("read")
            .expect("there");
        if state == State::Revoked && found.attributes == json!({"name": "New"}) {
            break;
        }
        assert!(
            changed.elapsed() < Duration::from_millis(1500),
            "still {state:?}"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn what_is_not_there_yet_is_not_remembered_as_missing() {
    let place = Place::new();
    let store = place.open().await;
    let other = place.open().await;
    assert_eq!(
        store
            .find_owner(API, "team", None, "acme")
            .await
            .expect("read"),
        None
    );
    let owner = team(&other).await;
    assert!(
        store
            .find_owner(API, "team", None, "acme")
            .await
            .expect("read")
            .is_some()
    );
    let asked = token(owner.id);
    let id = asked.id.expect("given");
    assert_eq!(store.token(id).await.expect("read"), None);
    other.mint(asked).await.expect("minted");
    assert!(store.token(id).await.expect("read").is_some());
}
