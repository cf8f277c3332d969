//! Revoking.

use chrono::TimeDelta;
use specmint_store::{Clock, NewToken, State, Store, TokenId};

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
    assert!(store.revoke(id).await.expect("revoked"));
    assert_eq!(state(&store, id).await, State::Revoked);
    clock.advance(TimeDelta::seconds(1));
    assert!(!store.revoke(id).await.expect("answered"));
    let token = store.token(id).await.expect("read").expect("there");
    assert_eq!(token.revoked_at, Some(noon()), "the first time counts");
    assert!(!store.revoke(TokenId::new()).await.expect("answered"));
}

#[tokio::test]
async fn children_are_revoked_without_their_parent_and_without_others() {
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
    assert_eq!(store.revoke_children(parent).await.expect("revoked"), 3);
    assert_eq!(store.revoke_children(parent).await.expect("revoked"), 0);
    for child in children {
        assert_eq!(state(&store, child).await, State::Revoked);
    }
    assert_eq!(state(&store, parent).await, State::Active);
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
    };
    let bystander = store.create_owner(bystander).await.expect("made").id;
    let mut minted = Vec::new();
    for number in 0..20 {
        let of = if number % 2 == 0 { owner } else { bystander };
        minted.push(store.mint(token(of)).await.expect("minted"));
    }
    assert_eq!(store.revoke_of_owner(owner).await.expect("revoked"), 10);
    for token in minted {
        let expected = if token.owner == owner {
            State::Revoked
        } else {
            State::Active
        };
        assert_eq!(state(&store, token.id).await, expected);
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
    let page = store.tokens_of(owner, "access", 1, 3).await.expect("read");
    assert_eq!(page.as_slice(), &minted[1..4]);
    assert!(
        store
            .tokens_of(owner, "other", 0, 10)
            .await
            .expect("read")
            .is_empty()
    );
}
