//! What becomes of owners and tokens after they were made.

use chrono::TimeDelta;
use serde_json::json;
use specmint_store::{
    Clock, Listing, NewOwner, NewToken, Order, OwnerUpdate, SecretBytes, State, TokenId,
    TokenUpdate, Use,
};

use crate::place::{API, Place, noon, team, token};

fn below(parent: specmint_store::OwnerId, key: &str) -> NewOwner<'static> {
    NewOwner {
        api: API,
        kind: "application",
        parent: Some(parent),
        keys: vec![key.to_owned()],
        attributes: json!({"count": 0}),
        secret_hash: None,
        sealed: Some(SecretBytes::from(b"kept for it".to_vec())),
        by: "test",
    }
}

#[tokio::test]
async fn a_deleted_owner_is_gone_with_all_below_it_and_its_tokens_with_it() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let team = team(&store).await;
    let owner = store
        .create_owner(below(team.id, "one"))
        .await
        .expect("made");
    let limited = NewToken {
        uses_limit: Some(5),
        ..token(owner.id)
    };
    let limited = store.mint(limited).await.expect("minted").id;
    let minted = store.mint(token(owner.id)).await.expect("minted").id;
    store.token(minted).await.expect("read and cached");

    clock.advance(TimeDelta::minutes(1));
    assert!(store.delete_owner(team.id, "test").await.expect("deleted"));
    assert!(!store.delete_owner(team.id, "test").await.expect("answered"));
    assert_eq!(store.owner(owner.id).await.expect("read"), None);
    let found = store.find_owner(API, "application", Some(team.id), "one");
    assert_eq!(found.await.expect("read"), None);
    let listed = store.owners(API, "application", Some(team.id));
    assert!(listed.await.expect("read").is_empty());
    assert!(store.is_empty_but_for("another").await.expect("read"));
    assert!(store.unseal_owner(owner.id).await.expect("read").is_none());

    let dead = store.token(minted).await.expect("read").expect("there");
    assert_eq!(dead.state(clock.now()), State::Revoked);
    assert_eq!(dead.revoked_at, Some(clock.now()));
    let used = store.use_token(limited, "test").await.expect("answered");
    assert_eq!(used, Use::Revoked);
    assert!(!store.revoke(minted, "test").await.expect("answered"));
    let live = store.count_tokens_of(owner.id, &["access"], true).await;
    assert_eq!(live.expect("counted"), 0);

    let again = crate::place::team(&store).await;
    assert_ne!(again.id, team.id, "its key is free again");
}

#[tokio::test]
async fn an_owner_is_edited_by_what_it_is_at_that_moment() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let team = team(&store).await;
    let owner = store
        .create_owner(below(team.id, "one"))
        .await
        .expect("made");
    clock.advance(TimeDelta::seconds(9));
    let edits = (0..20).map(|_| {
        store.edit_owner(owner.id, "test", |owner| {
            let count = owner.attributes["count"].as_i64().unwrap_or_default();
            if count == 15 {
                return Err("enough");
            }
            Ok(OwnerUpdate {
                attributes: Some(json!({"count": count + 1})),
                ..OwnerUpdate::default()
            })
        })
    });
    let mut refused = 0;
    for edit in edits.collect::<Vec<_>>() {
        refused += usize::from(edit.await.expect("written").expect("there").is_err());
    }
    assert_eq!(refused, 5);
    let edited = store.owner(owner.id).await.expect("read").expect("there");
    assert_eq!(edited.attributes, json!({"count": 15}));
    assert_eq!(
        (edited.created_at, edited.updated_at),
        (noon(), clock.now())
    );
    let unknown = specmint_store::OwnerId::new();
    let none = store.edit_owner(unknown, "test", |_| Err::<OwnerUpdate, _>(()));
    assert_eq!(none.await.expect("answered"), None);
}

#[tokio::test]
async fn an_owner_is_edited_by_what_those_beside_it_are_at_that_moment() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await.id;
    let mut beside = Vec::new();
    for name in ["one", "two", "three"] {
        let made = store.create_owner(below(team, name)).await.expect("made");
        beside.push(made.id);
    }
    let deleted = beside.pop().expect("three");
    store.delete_owner(deleted, "test").await.expect("deleted");
    let made = store.create_owner(below(beside[0], "four")).await;
    made.expect("below another");
    // Each steps down only if the other has not.
    let step_down = |id| {
        store.edit_owner_among(id, "test", |_, others| {
            assert_eq!(others.len(), 1);
            if others[0].attributes["down"] == true {
                return Err("the last");
            }
            Ok(OwnerUpdate {
                attributes: Some(json!({"down": true})),
                ..OwnerUpdate::default()
            })
        })
    };
    let (one, two) = tokio::join!(step_down(beside[0]), step_down(beside[1]));
    let refused = [one, two].map(|edit| edit.expect("written").expect("there").is_err());
    assert_ne!(refused[0], refused[1]);
}

#[tokio::test]
async fn what_is_sealed_for_an_owner_is_read_again_and_not_on_the_disk() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await.id;
    let owner = store
        .create_owner(below(team, "one"))
        .await
        .expect("made")
        .id;
    let read = async || {
        store
            .unseal_owner(owner)
            .await
            .expect("read")
            .expect("kept")
    };
    assert_eq!(&*read().await, b"kept for it");
    let update = OwnerUpdate {
        sealed: Some(SecretBytes::from(b"another secret".to_vec())),
        ..OwnerUpdate::default()
    };
    store
        .update_owner(owner, "test", update)
        .await
        .expect("written");
    assert_eq!(&*read().await, b"another secret");
    assert!(store.unseal_owner(team).await.expect("read").is_none());
    let bytes = place.bytes();
    for secret in [b"kept for it".as_slice(), b"another secret"] {
        assert!(!bytes.windows(secret.len()).any(|part| part == secret));
    }
}

#[tokio::test]
async fn a_token_is_renamed_and_renewed_unless_refused() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let id = store.mint(token(owner)).await.expect("minted").id;
    clock.advance(TimeDelta::seconds(1));
    let end = noon() + TimeDelta::hours(1);
    let update = move |_: &specmint_store::Token| {
        Ok::<_, ()>(TokenUpdate {
            name: Some(Some("for the build".to_owned())),
            expires_at: Some(Some(end)),
            ..TokenUpdate::default()
        })
    };
    let edited = store.edit_token(id, "test", update).await.expect("written");
    let edited = edited.expect("there").expect("allowed");
    assert_eq!(
        *store.token(id).await.expect("read").expect("there"),
        edited
    );
    assert_eq!(edited.name.as_deref(), Some("for the build"));
    assert_eq!(edited.expires_at, Some(end));
    assert_eq!(
        (edited.created_at, edited.updated_at),
        (noon(), clock.now())
    );

    let refused = store.edit_token(id, "test", |_| Err::<TokenUpdate, _>("no"));
    assert_eq!(refused.await.expect("answered"), Some(Err("no")));
    let unknown = store.edit_token(TokenId::new(), "test", update).await;
    assert_eq!(unknown.expect("answered"), None);
}

#[tokio::test]
async fn tokens_are_listed_by_kind_life_and_order() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let mut ids = Vec::new();
    for kind in ["access", "refresh", "access", "other"] {
        let new = NewToken {
            kind,
            minted_by: Some("api_key:1".to_owned()),
            ..token(owner)
        };
        ids.push(store.mint(new).await.expect("minted").id);
        clock.advance(TimeDelta::seconds(1));
    }
    let listed = async |listing: Listing<'_>| {
        let tokens = store.tokens_of(owner, &listing).await.expect("read");
        assert!(
            tokens
                .iter()
                .all(|token| token.minted_by.as_deref() == Some("api_key:1"))
        );
        tokens.iter().map(|token| token.id).collect::<Vec<_>>()
    };
    let both = Listing::of(&["access", "refresh"]);
    assert_eq!(listed(both).await, ids[..3]);
    let after = Some(ids[0]);
    assert_eq!(
        listed(Listing {
            after,
            limit: 1,
            ..both
        })
        .await,
        ids[1..2]
    );
    assert_eq!(listed(Listing { offset: 1, ..both }).await, ids[1..3]);
    store.use_token(ids[0], "test").await.expect("used");
    let order = Order::LastChanged;
    assert_eq!(
        listed(Listing { order, ..both }).await,
        [ids[0], ids[2], ids[1]]
    );
    store.revoke(ids[2], "test").await.expect("revoked");
    assert_eq!(
        listed(Listing {
            live_only: true,
            ..both
        })
        .await,
        ids[..2]
    );
    for (live_only, expected) in [(true, 2), (false, 3)] {
        let count = store.count_tokens_of(owner, both.kinds, live_only).await;
        assert_eq!(count.expect("counted"), expected);
    }
}

#[tokio::test]
async fn a_noted_use_is_kept_with_its_time() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let minted = store.mint(token(owner)).await.expect("minted");
    clock.advance(TimeDelta::seconds(5));
    store.note_use(&minted);
    store.close().await;
    let store = place.open_at(&clock).await;
    let kept = store.token(minted.id).await.expect("read").expect("there");
    assert_eq!((kept.used_at, kept.uses), (Some(clock.now()), 0));
    store.tally_use(&minted);
    store.note_use(&minted);
    store.tally_use(&minted);
    store.close().await;
    let store = place.open_at(&clock).await;
    let kept = store.token(minted.id).await.expect("read").expect("there");
    assert_eq!(kept.uses, 2);
}

#[tokio::test]
async fn an_owner_that_the_look_protects_stays() {
    let place = Place::new();
    let store = place.open().await;
    let team = crate::place::team(&store).await;
    let refused = store.delete_owner_if(team.id, "test", |_| Err("protected"));
    assert_eq!(refused.await.expect("answered"), Some(Err("protected")));
    assert!(store.owner(team.id).await.expect("read").is_some());
    let deleted = store.delete_owner_if(team.id, "test", |_| Ok::<_, ()>(()));
    assert_eq!(deleted.await.expect("deleted"), Some(Ok(team.clone())));
    let gone = store.delete_owner_if(team.id, "test", |_| Ok::<_, ()>(()));
    assert_eq!(gone.await.expect("answered"), None);
}

#[tokio::test]
async fn secrets_are_listed_dropped_and_tell_that_they_changed() {
    let place = Place::new();
    let store = place.open().await;
    let before = store.generation();
    for name in ["keys/2", "keys/1", "other"] {
        assert!(store.keep_secret(name, b"s").await.expect("kept"));
    }
    assert!(!store.keep_secret("keys/1", b"t").await.expect("answered"));
    assert_ne!(store.generation(), before);
    let names = store.secret_names("keys/").await.expect("read");
    assert_eq!(names.len(), 2);
    assert!(names.iter().all(|(name, _)| name.starts_with("keys/")));
    let kept = store.read_secret("keys/1").await.expect("read");
    assert_eq!(kept.as_deref(), Some(b"s".as_slice()));
    assert!(store.drop_secret("keys/1").await.expect("dropped"));
    assert!(!store.drop_secret("keys/1").await.expect("answered"));
    assert!(store.read_secret("keys/1").await.expect("read").is_none());
}
