//! Tokens: listed, shown and revoked; and the trail of what was done to them.

use serde_json::json;

use super::{EVENTS, OWNERS, TOKENS, anchorbrowser, call, demo_owner, get, mint, revoke};
use crate::client::Answer;
use crate::server::{Server, Setup, shared};

scenarios!(
    lists_tokens_by_state_and_owner,
    shows_a_token_without_its_secret,
    revokes_a_token_at_once,
    revokes_all_tokens_of_an_owner,
    revokes_all_tokens_below_an_owner,
    finds_tokens_by_either_end_of_their_id,
    finds_events_by_name_and_time,
    tells_who_did_what,
);

async fn lists_tokens_by_state_and_owner() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (first, _) = mint(&server, &team, &[]).await;
    let (second, _) = mint(&server, &team, &[]).await;
    revoke(&server, &first).await;
    for (state, expected, other) in [("active", &second, &first), ("revoked", &first, &second)] {
        let query = [("owner_id", team.as_str()), ("state", state)];
        let listed = get(&server, TOKENS, &query).await.text();
        assert!(
            listed.contains(expected) && !listed.contains(other),
            "{state}"
        );
    }
    let query = [("search", "MADE"), ("limit", "1"), ("kind", "api_key")];
    let listed = get(&server, TOKENS, &query).await.json();
    assert_eq!(listed["tokens"][0]["id"], json!(second));
    assert_eq!(listed["next_cursor"], json!(second));
    for state in ["expired", "used"] {
        let none = get(&server, TOKENS, &[("state", state)]).await.json();
        assert_eq!(none["tokens"], json!([]), "{state}");
    }
}

async fn shows_a_token_without_its_secret() {
    let server = shared().await;
    let team = demo_owner(server, "anchorbrowser", "team").await;
    let (id, secret) = mint(server, &team, &[]).await;
    let shown = get(server, &format!("{TOKENS}/{id}"), &[]).await;
    assert!(!shown.text().contains(&secret));
    assert_eq!(shown.string("/kind"), "api_key");
    assert!(shown.string("/minted_by").starts_with("admin_key:"));
}

async fn revokes_a_token_at_once() {
    let server = shared().await;
    let team = demo_owner(server, "anchorbrowser", "team").await;
    let (id, secret) = mint(server, &team, &[]).await;
    anchorbrowser(server, &secret).expect(201).await;
    let revoked = revoke(server, &id).await;
    assert_eq!(revoked.string("/state"), "revoked");
    anchorbrowser(server, &secret).expect(401).await;
    // When it was used is noted within a second.
    let lasting = |answer: Answer| {
        let mut token = answer.json();
        token.as_object_mut().expect("a token").remove("used_at");
        token
    };
    let again = revoke(server, &id).await;
    assert_eq!(lasting(again), lasting(revoked));
}

async fn revokes_all_tokens_of_an_owner() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (_, secret) = mint(&server, &team, &[]).await;
    let path = format!("{OWNERS}/{team}/tokens/revoke");
    for revoked in [2, 0] {
        let answer = call(&server, "POST", &path).expect(200).await;
        assert_eq!(answer.json(), json!({"revoked": revoked}));
    }
    anchorbrowser(&server, &secret).expect(401).await;
    let demo = server.demo("/anchorbrowser/api_key");
    anchorbrowser(&server, demo).expect(401).await;
    get(&server, TOKENS, &[]).await;
}

async fn revokes_all_tokens_below_an_owner() {
    let server = Server::start(Setup::default()).await;
    let organization = demo_owner(&server, "applivery", "organization").await;
    let application = demo_owner(&server, "applivery", "application").await;
    let (below, _) = mint(&server, &application, &[]).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (beside, _) = mint(&server, &team, &[]).await;
    let state = async |token: &str| {
        let token = get(&server, &format!("{TOKENS}/{token}"), &[]).await;
        token.string("/state")
    };
    let all = [("owner_id", organization.as_str()), ("state", "active")];
    let own = get(&server, TOKENS, &all).await.json();
    let own = own["tokens"].as_array().map_or(0, Vec::len);
    assert!(own > 0);
    let in_application = [("owner_id", application.as_str()), ("state", "active")];
    let others = get(&server, TOKENS, &in_application).await.json();
    let others = others["tokens"].as_array().map_or(0, Vec::len);
    let path = format!("{OWNERS}/{organization}/tokens/revoke");
    let answer = call(&server, "POST", &path).expect(200).await;
    assert_eq!(answer.json(), json!({"revoked": own + others}));
    assert_eq!(state(&below).await, "revoked");
    assert_eq!(state(&beside).await, "active");
    for owner in [organization, application] {
        let query = [("owner_id", owner.as_str()), ("action", "revoked")];
        let told = get(&server, EVENTS, &query).await.json();
        assert_eq!(told["events"].as_array().map(Vec::len), Some(1), "{owner}");
    }
}

async fn finds_tokens_by_either_end_of_their_id() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (id, _) = mint(&server, &team, &[]).await;
    for part in [&id[..], &id[..30], &id[28..], &id[20..].to_uppercase()] {
        let found = get(&server, TOKENS, &[("search", part)]).await.json();
        assert_eq!(found["tokens"].as_array().map(Vec::len), Some(1), "{part}");
        assert_eq!(found["tokens"][0]["id"], json!(id));
    }
    let none = get(&server, TOKENS, &[("search", &id[10..34])])
        .await
        .json();
    assert_eq!(none["tokens"], json!([]));
}

async fn finds_events_by_name_and_time() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (id, _) = mint(&server, &team, &[]).await;
    let count = async |query: &[(&str, &str)]| {
        let mut query = query.to_vec();
        query.push(("token_id", &id));
        let found = get(&server, EVENTS, &query).await.json();
        found["events"].as_array().map_or(0, Vec::len)
    };
    let now = server.store.now();
    let (now, later) = (now, now + chrono::TimeDelta::milliseconds(1));
    let (now, later) = (now.to_rfc3339(), later.to_rfc3339());
    for (query, expected) in [
        (vec![("search", "SCENARIOS")], 1),
        (vec![("search", "admin key")], 1),
        (vec![("search", "another key")], 0),
        (vec![("since", now.as_str())], 1),
        (vec![("since", later.as_str())], 0),
        (vec![("until", later.as_str())], 1),
        (vec![("until", now.as_str())], 0),
    ] {
        assert_eq!(count(&query).await, expected, "{query:?}");
    }
    let bad = call(&server, "GET", EVENTS).query(&[("since", "yesterday")]);
    bad.expect(400).await;
}

async fn tells_who_did_what() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let (id, secret) = mint(&server, &team, &[]).await;
    anchorbrowser(&server, &secret).expect(201).await;
    anchorbrowser(&server, &secret).expect(201).await;
    revoke(&server, &id).await;
    // Uses are kept within a second; all of them when the store is closed.
    let events = loop {
        let events = get(&server, EVENTS, &[("token_id", &id)]).await;
        if events.text().contains(r#""used""#) {
            break events;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    assert!(!events.text().contains(&secret));
    let events = events.json();
    let found = |action: &str| {
        let events = events["events"].as_array().expect("events");
        let found = events.iter().find(|event| event["action"] == action);
        found.cloned().unwrap_or_else(|| panic!("nothing {action}"))
    };
    for action in ["minted", "revoked"] {
        let actor = found(action)["actor"].as_str().map(str::to_owned);
        assert!(actor.is_some_and(|actor| actor.starts_with("admin_key:")));
    }
    assert_eq!(found("used")["actor"], json!(format!("api_key:{id}")));
    assert_eq!(found("used")["owner_id"], json!(team));
    let query = [
        ("action", "created"),
        ("provider", "anchorbrowser"),
        ("owner_id", &team),
    ];
    let created = get(&server, EVENTS, &query).await.json();
    assert_eq!(created["events"][0]["actor"], "cli:demo");
    let query = [("search", "NOBODY"), ("limit", "1")];
    let nothing = get(&server, EVENTS, &query).await.json();
    assert_eq!(nothing, json!({"events": []}));
}
