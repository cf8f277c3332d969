//! Who did what, and what is looked for among all that is kept.

use chrono::TimeDelta;
use specmint_store::{
    Action, Clock, Event, EventFilter, NewOwner, NewToken, OwnerFilter, State, Store, TokenFilter,
};

use crate::place::{API, Place, noon, team, token};

async fn events(store: &Store, filter: EventFilter) -> Vec<(Action, String, u32)> {
    let found = store.events(&filter, 100).await.expect("read");
    let told = |event: Event| (event.action, event.actor, event.times);
    found.into_iter().map(told).collect()
}

#[tokio::test]
async fn what_was_done_is_told_newest_first_and_by_whom() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let by = |by: &str| NewToken {
        minted_by: Some(by.to_owned()),
        uses_limit: Some(1),
        ..token(owner)
    };
    let code = store.mint(by("identity:ada")).await.expect("minted").id;
    let redeemed = store.redeem(code, "client:a", vec![by("client:a")]).await;
    redeemed.expect("redeemed");
    let other = store.mint(token(owner)).await.expect("minted");
    store.note_use(&other);
    store.note_use(&other);
    store.revoke(other.id, "console").await.expect("revoked");
    store
        .redeem(code, "client:b", Vec::new())
        .await
        .expect("replayed");
    store.delete_owner(owner, "cli").await.expect("deleted");
    store.close().await;
    let store = place.open_at(&clock).await;

    let used = (Action::Used, format!("access:{}", other.id), 2);
    assert_eq!(
        events(&store, EventFilter::default()).await,
        [
            (Action::Deleted, "cli".to_owned(), 1),
            (Action::Revoked, "client:b".to_owned(), 1),
            (Action::Revoked, "client:b".to_owned(), 1),
            (Action::Revoked, "console".to_owned(), 1),
            // Where they were, although they were kept last.
            used.clone(),
            (Action::Minted, String::new(), 1),
            (Action::Used, "client:a".to_owned(), 1),
            (Action::Minted, "client:a".to_owned(), 1),
            (Action::Minted, "identity:ada".to_owned(), 1),
            (Action::Created, "test".to_owned(), 1),
        ]
        .to_vec()
    );
    let of_token = EventFilter {
        token: Some(other.id),
        ..EventFilter::default()
    };
    assert_eq!(events(&store, of_token.clone()).await.len(), 3);
    let minted = EventFilter {
        action: Some(Action::Used),
        ..of_token
    };
    assert_eq!(events(&store, minted).await, [used]);
    let ada = EventFilter {
        search: Some("ADA".to_owned()),
        ..EventFilter::default()
    };
    assert_eq!(events(&store, ada).await.len(), 1);
}

#[tokio::test]
async fn the_trail_is_read_a_page_at_a_time_and_forgotten_after_90_days() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    for number in 0..5 {
        let new = NewToken {
            minted_by: Some(format!("n:{number}")),
            ..token(owner)
        };
        let id = store.mint(new).await.expect("minted").id;
        store.revoke(id, "test").await.expect("revoked");
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let filter = EventFilter {
            api: Some(API.to_owned()),
            before,
            ..EventFilter::default()
        };
        let page = store.events(&filter, 3).await.expect("read");
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        seen.extend(page.iter().map(|event| event.id));
    }
    assert_eq!(seen.len(), 11);
    assert!(seen.is_sorted_by(|newer, older| newer > older));

    clock.advance(TimeDelta::days(90));
    store.sweep().await.expect("swept");
    let left = events(&store, EventFilter::default()).await;
    assert!(left.iter().all(|(action, ..)| *action == Action::Minted));
}

#[tokio::test]
async fn tokens_are_found_by_state_name_and_kind_and_counted() {
    let place = Place::new();
    let clock = Clock::manual(noon());
    let store = place.open_at(&clock).await;
    let owner = team(&store).await.id;
    let mint = async |name: &str, limit, end: Option<i64>| {
        let new = NewToken {
            name: Some(name.to_owned()),
            uses_limit: limit,
            expires_at: end.map(|end| noon() + TimeDelta::seconds(end)),
            ..token(owner)
        };
        store.mint(new).await.expect("minted").id
    };
    let active = mint("Build server", None, None).await;
    let expired = mint("Expired", Some(1), Some(1)).await;
    let exhausted = mint("Exhausted", Some(1), Some(100)).await;
    let revoked = mint("Revoked", None, Some(1)).await;
    store.use_token(exhausted, "test").await.expect("used");
    store.revoke(revoked, "test").await.expect("revoked");
    clock.advance(TimeDelta::seconds(5));
    let found = async |filter: TokenFilter| {
        let found = store.find_tokens(&filter, 100).await.expect("read");
        found.iter().map(|token| token.id).collect::<Vec<_>>()
    };
    for (state, expected) in [
        (State::Active, active),
        (State::Expired, expired),
        (State::Exhausted, exhausted),
        (State::Revoked, revoked),
    ] {
        let filter = TokenFilter {
            state: Some(state),
            ..TokenFilter::default()
        };
        assert_eq!(found(filter).await, [expected], "{state:?}");
    }
    let search = |text: &str| TokenFilter {
        search: Some(text.to_owned()),
        ..TokenFilter::default()
    };
    assert_eq!(found(search("SERVER")).await, [active]);
    assert_eq!(found(search(&active.to_string())).await, [active]);
    assert!(found(search("%")).await.is_empty());
    let others = TokenFilter {
        kinds: vec!["other".to_owned()],
        ..TokenFilter::default()
    };
    assert!(found(others).await.is_empty());
    let all = TokenFilter {
        api: Some(API.to_owned()),
        owner: Some(owner),
        before: Some(revoked),
        ..TokenFilter::default()
    };
    assert_eq!(found(all).await, [exhausted, expired, active]);
    let counts = store.token_counts().await.expect("counted");
    let counted = (
        counts[0].active,
        counts[0].expired,
        counts[0].exhausted,
        counts[0].revoked,
    );
    assert_eq!((counts.len(), counted), (1, (1, 1, 1, 1)));
}

#[tokio::test]
async fn owners_are_found_by_what_they_are_called() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await;
    for (search, expected) in [
        ("ACME", 1),
        ("acm", 1),
        ("nobody", 0),
        ("name", 0),
        ("_", 0),
    ] {
        let filter = OwnerFilter {
            api: Some(API.to_owned()),
            kinds: vec!["team".to_owned()],
            search: Some(search.to_owned()),
            ..OwnerFilter::default()
        };
        let found = store.find_owners(&filter, 10).await.expect("read");
        assert_eq!(found.len(), expected, "{search}");
    }
    assert_eq!(store.owner_counts().await.expect("counted")[0].count, 1);
    store.delete_owner(team.id, "test").await.expect("deleted");
    assert!(store.owner_counts().await.expect("counted").is_empty());
}

#[tokio::test]
async fn what_is_right_below_an_owner_is_found_with_it() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await.id;
    let below = async |kind: &'static str, parent, key: &str| {
        let new = NewOwner {
            api: API,
            kind,
            parent: Some(parent),
            keys: vec![key.to_owned()],
            attributes: serde_json::Value::Null,
            secret_hash: None,
            sealed: None,
            by: "test",
        };
        store.create_owner(new).await.expect("made").id
    };
    let (holder, gone) = (
        below("holder", team, "there").await,
        below("holder", team, "gone").await,
    );
    let (deeper, other) = (
        below("holder", holder, "deeper").await,
        below("other", team, "other").await,
    );
    let mut tokens = Vec::new();
    for owner in [team, holder, gone, deeper, other] {
        tokens.push(store.mint(token(owner)).await.expect("minted").id);
    }
    assert!(store.delete_owner(gone, "test").await.expect("deleted"));
    let found = async |and_below: &[&str]| {
        let filter = TokenFilter {
            owner: Some(team),
            and_below: and_below.iter().map(ToString::to_string).collect(),
            ..TokenFilter::default()
        };
        let mut found = store.find_tokens(&filter, 100).await.expect("read");
        found.reverse();
        found.iter().map(|token| token.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&[]).await, tokens[..1]);
    assert_eq!(found(&["holder"]).await, tokens[..3]);
    let filter = EventFilter {
        owner: Some(team),
        and_below: vec!["holder".to_owned()],
        ..EventFilter::default()
    };
    let trail = events(&store, filter).await;
    let minted = trail
        .iter()
        .filter(|(action, ..)| *action == Action::Minted);
    assert_eq!(minted.count(), 3);
    let deleted = trail
        .iter()
        .filter(|(action, ..)| *action == Action::Deleted);
    assert_eq!(deleted.count(), 1);
}

#[tokio::test]
async fn what_was_deleted_is_still_known_to_the_trail() {
    let place = Place::new();
    let store = place.open().await;
    let team = team(&store).await;
    let gone = async || store.deleted_owner(team.id).await.expect("read");
    assert_eq!(gone().await, None);
    store.delete_owner(team.id, "cli").await.expect("deleted");
    assert_eq!(store.owner(team.id).await.expect("read"), None);
    let gone = gone().await.expect("known");
    assert_eq!((&gone.attributes, gone.keys), (&team.attributes, vec![]));
}

#[tokio::test]
async fn events_are_narrowed_to_kinds_of_tokens() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let attempt = NewToken {
        kind: "attempt",
        ..token(owner)
    };
    let attempt = store.mint(attempt).await.expect("minted").id;
    store.use_token(attempt, "test").await.expect("used");
    let kept = store.mint(token(owner)).await.expect("minted");
    store.revoke(kept.id, "test").await.expect("revoked");
    let of = async |kind: &str| {
        let filter = EventFilter {
            token_kinds: vec![kind.to_owned()],
            ..EventFilter::default()
        };
        let found = events(&store, filter).await.into_iter();
        found.map(|(action, ..)| action).collect::<Vec<_>>()
    };
    // What was done to the owner itself is among both.
    let attempts = [Action::Used, Action::Minted, Action::Created];
    assert_eq!(of("attempt").await, attempts);
    let others = [Action::Revoked, Action::Minted, Action::Created];
    assert_eq!(of(&kept.kind).await, others);
}
