//! Revoking.

use chrono::TimeDelta;
use specmint_store::{Clock, Listing, NewToken, State, Store, TokenId};

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
    let mut minted = Vec::new();
    for number in 0..20 {
        let of = if number % 2 == 0 { owner } else { bystander };
        minted.push(store.mint(token(of)).await.expect("minted"));
    }
    assert_eq!(
        store.revoke_of_owner(owner, "test").await.expect("revoked"),
        10
    );
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
