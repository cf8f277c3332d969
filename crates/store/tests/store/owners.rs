//! Owners.

use serde_json::json;
use specmint_store::{Digest, NewOwner, OwnerId, OwnerUpdate, StoreError};

use crate::place::{API, Place, team};

fn application(parent: Option<OwnerId>, keys: &[&str]) -> NewOwner<'static> {
    NewOwner {
        api: API,
        kind: "application",
        parent,
        keys: keys.iter().map(ToString::to_string).collect(),
        attributes: json!({"z": 1, "a": [true, null, "ü"]}),
        secret_hash: Some(Digest::of("client secret")),
        sealed: None,
        by: "test",
    }
}

#[tokio::test]
async fn an_owner_is_found_by_each_of_its_keys_below_its_parent() {
    let place = Place::new();
    let store = place.open().await;
    assert!(store.is_empty_but_for("another").await.expect("read"));
    let team = team(&store).await;
    assert!(!store.is_empty_but_for("another").await.expect("read"));
    assert!(store.is_empty_but_for(&team.api).await.expect("read"));
    let made = store
        .create_owner(application(Some(team.id), &["slug", "0a1b"]))
        .await
        .expect("made");
    for _ in 0..2 {
        for key in ["slug", "0a1b"] {
            let found = store
                .find_owner(API, "application", Some(team.id), key)
                .await
                .expect("read");
            assert_eq!(*found.expect("there"), made);
        }
        for (api, kind, parent, key) in [
            (API, "application", None, "slug"),
            (API, "application", Some(made.id), "slug"),
            (API, "team", Some(team.id), "slug"),
            ("other", "application", Some(team.id), "slug"),
            (API, "application", Some(team.id), "Slug"),
            (API, "application", Some(team.id), "' OR 1 --"),
        ] {
            assert_eq!(
                store
                    .find_owner(api, kind, parent, key)
                    .await
                    .expect("read"),
                None
            );
        }
    }
    assert_eq!(
        *store.owner(made.id).await.expect("read").expect("there"),
        made
    );
    assert_eq!(store.owner(OwnerId::new()).await.expect("read"), None);
    assert_eq!(made.keys, ["slug", "0a1b"], "in the order they were given");
}

#[tokio::test]
async fn keys_are_unique_below_one_parent_and_a_refused_owner_leaves_nothing() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await;
    store
        .create_owner(application(Some(team.id), &["taken"]))
        .await
        .expect("made");
    store
        .create_owner(application(None, &["taken"]))
        .await
        .expect("made at the top");
    for parent in [Some(team.id), None] {
        let refused = store
            .create_owner(application(parent, &["free", "taken"]))
            .await
            .expect_err("taken");
        assert!(matches!(refused, StoreError::Taken { .. }), "{refused}");
        assert_eq!(
            store
                .find_owner(API, "application", parent, "free")
                .await
                .expect("read"),
            None
        );
        assert_eq!(
            store
                .owners(API, "application", parent)
                .await
                .expect("read")
                .len(),
            1
        );
    }
    let orphan = store
        .create_owner(application(Some(OwnerId::new()), &["x"]))
        .await
        .expect_err("no parent");
    assert!(matches!(orphan, StoreError::Missing { .. }), "{orphan}");
    assert!(orphan.to_string().contains("parent"), "{orphan}");
}

#[tokio::test]
async fn nothing_is_made_below_what_is_deleted() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await;
    store
        .create_owner(application(Some(team.id), &["before"]))
        .await
        .expect("made");
    assert!(store.delete_owner(team.id, "test").await.expect("deleted"));
    let refused = store
        .create_owner(application(Some(team.id), &["after"]))
        .await
        .expect_err("its parent is deleted");
    assert!(matches!(refused, StoreError::Missing { .. }), "{refused}");
    assert!(refused.to_string().contains("parent"), "{refused}");
    let below = store.owners(API, "application", Some(team.id)).await;
    assert!(below.expect("read").is_empty());
}

#[tokio::test]
async fn owners_are_counted_by_where_they_stand() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await;
    let mut made = Vec::new();
    for (parent, key) in [(Some(team.id), "a"), (Some(team.id), "b"), (None, "c")] {
        let owner = store.create_owner(application(parent, &[key])).await;
        made.push(owner.expect("made").id);
    }
    let count = async |kind, parent| store.count_owners(API, kind, parent).await.expect("read");
    assert_eq!(count("application", Some(team.id)).await, 2);
    assert_eq!(count("application", None).await, 1);
    assert_eq!(count("team", None).await, 1);
    assert_eq!(count("team", Some(team.id)).await, 0);
    store.delete_owner(made[0], "test").await.expect("deleted");
    assert_eq!(count("application", Some(team.id)).await, 1);
}

#[tokio::test]
async fn a_changed_owner_is_seen_changed_at_once() {
    let place = Place::new();
    let store = place.open().await;
    let made = store
        .create_owner(application(None, &["app"]))
        .await
        .expect("made");
    store.owner(made.id).await.expect("read");
    store
        .find_owner(API, "application", None, "app")
        .await
        .expect("read");
    let update = OwnerUpdate {
        secret_hash: Some(Digest::of("new secret")),
        ..OwnerUpdate::default()
    };
    assert!(
        store
            .update_owner(made.id, "test", update)
            .await
            .expect("changed")
    );
    let update = OwnerUpdate {
        attributes: Some(json!({"b": 2})),
        ..OwnerUpdate::default()
    };
    assert!(
        store
            .update_owner(made.id, "test", update)
            .await
            .expect("changed")
    );
    let by_id = store.owner(made.id).await.expect("read").expect("there");
    let by_key = store
        .find_owner(API, "application", None, "app")
        .await
        .expect("read")
        .expect("there");
    assert_eq!(by_id, by_key);
    assert!(by_id.secret_hash.expect("kept").verify("new secret"));
    assert_eq!(by_id.attributes, json!({"b": 2}));
    assert!(
        !store
            .update_owner(OwnerId::new(), "test", OwnerUpdate::default())
            .await
            .expect("answered")
    );
}
