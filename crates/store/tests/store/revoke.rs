//! Revoking.

use chrono::TimeDelta;
use specmint_store::{Action, Clock, EventFilter, Listing, NewToken, State, Store, TokenId};

use crate::place::{Place, noon, team, token};
use specmint_store::NewOwner;

async fn state(store: &Store, id: TokenId) -> State {
    let token = store.token(id).await.expect("read").expect("there");
    token.state(store.now())
}

#[tokio::test]
async fn a_revoked_token_is_revoked_at_once_and_once() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let id = store.mint(token(owner)).await.expect("minted").id;
    assert_eq!(state(&store, id).await, State::Active);
    assert!(store.revoke(id, "test").await.expect("revoked"));
    assert_eq!(state(&store, id).await, State::Revoked);
    clock.advance(TimeDelta::seconds(1));
    assert!(!store.revoke(id, "test").await.expect("answered"));
    let token = store.token(id).await.expect("read").expect("there");
    assert_eq!(token.revoked_at, Some(noon()), "the first time counts");
    assert!(
        !store
            .revoke(TokenId::new(), "test")
            .await
            .expect("answered")
    );
}

#[tokio::test]
async fn a_family_is_revoked_from_whichever_member_and_nobody_else() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let parent = store.mint(token(owner)).await.expect("minted").id;
    let other = store.mint(token(owner)).await.expect("minted").id;
    let mut children = Vec::new();
    for _ in 0..3 {
        let child = NewToken {
            parent: Some(parent),
            ..token(owner)
        };
        children.push(store.mint(child).await.expect("minted").id);
    }
    let grandchild = NewToken {
        parent: Some(children[0]),
        ..token(owner)
    };
    children.push(store.mint(grandchild).await.expect("minted").id);
    for (member, expected) in [(children[2], 5), (parent, 0)] {
        let revoked = store.revoke_family(member, "test").await;
        assert_eq!(revoked.expect("revoked"), expected);
    }
    for member in children.into_iter().chain([parent]) {
        assert_eq!(state(&store, member).await, State::Revoked);
    }
    assert_eq!(state(&store, other).await, State::Active);
}

#[tokio::test]
async fn an_owner_loses_all_its_tokens_and_nobody_else_does() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let bystander = NewOwner {
        api: "example",
        kind: "team",
        parent: None,
        keys: Vec::new(),
        attributes: serde_json::Value::Null,
        secret_hash: None,
        sealed: None,
        by: "test",
    };
    let bystander = store.create_owner(bystander).await.expect("made").id;
    let below = NewOwner {
        parent: Some(owner),
        kind: "application",
        keys: Vec::new(),
        api: "example",
        attributes: serde_json::Value::Null,
        secret_hash: None,
        sealed: None,
        by: "test",
    };
    let below = store.create_owner(below).await.expect("made").id;
    let mut minted = Vec::new();
    for number in 0..20 {
        let of = [owner, bystander, below, bystander][number % 4];
        minted.push(store.mint(token(of)).await.expect("minted"));
    }
    assert_eq!(
        store.revoke_of_owner(owner, "test").await.expect("revoked"),
        10
    );
    for token in minted {
        let expected = if token.owner == bystander {
            State::Active
        } else {
            State::Revoked
        };
        assert_eq!(state(&store, token.id).await, expected);
    }
    for owner in [owner, below] {
        let revoked = EventFilter {
            action: Some(Action::Revoked),
            owner: Some(owner),
            ..EventFilter::default()
        };
        let told = store.events(&revoked, 9).await.expect("read");
        let times: Vec<_> = told.iter().map(|event| event.times).collect();
        assert_eq!(times, [5]);
    }
}

#[tokio::test]
async fn tokens_are_listed_oldest_first_in_pages() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let mut minted = Vec::new();
    for _ in 0..5 {
        minted.push(store.mint(token(owner)).await.expect("minted"));
    }
    let page = store
        .tokens_of(
            owner,
            &Listing {
                offset: 1,
                limit: 3,
                ..Listing::of(&["access"])
            },
        )
        .await
        .expect("read");
    assert_eq!(page.as_slice(), &minted[1..4]);
    assert!(
        store
            .tokens_of(owner, &Listing::of(&["other"]))
            .await
            .expect("read")
            .is_empty()
    );
}

#[tokio::test]
async fn a_family_whose_first_member_was_swept_away_is_still_one() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let code = NewToken {
        expires_at: Some(noon() + TimeDelta::minutes(1)),
        ..token(owner)
    };
    let code = store.mint(code).await.expect("minted").id;
    let mut children = Vec::new();
    for _ in 0..2 {
        let child = NewToken {
            parent: Some(code),
            ..token(owner)
        };
        children.push(store.mint(child).await.expect("minted").id);
    }
    clock.advance(TimeDelta::days(30));
    assert_eq!(store.sweep().await.expect("swept"), 1);
    let revoked = store.revoke_family(children[1], "test").await;
    assert_eq!(revoked.expect("revoked"), 2);
    assert_eq!(state(&store, children[0]).await, State::Revoked);
}

#[tokio::test]
async fn the_last_end_is_that_of_the_last_token_that_is_not_revoked() {
    let place = Place::new();
    let store = place.open_at(&Clock::manual(noon())).await;
    let owner = team(&store).await.id;
    let kind = token(owner).kind;
    let api = token(owner).api;
    store.mint(token(owner)).await.expect("minted");
    assert_eq!(store.last_end(api, kind).await.expect("read"), None);
    let mut ids = Vec::new();
    for hours in [2, 3, 1] {
        let new = NewToken {
            expires_at: Some(noon() + TimeDelta::hours(hours)),
            ..token(owner)
        };
        ids.push(store.mint(new).await.expect("minted").id);
    }
    let last = |hours| Some(noon() + TimeDelta::hours(hours));
    assert_eq!(store.last_end(api, kind).await.expect("read"), last(3));
    store.revoke(ids[1], "test").await.expect("revoked");
    assert_eq!(store.last_end(api, kind).await.expect("read"), last(2));
    assert_eq!(store.last_end(api, "other").await.expect("read"), None);
}
