//! Owners: listed, found, counted and deleted.

use serde_json::{Value, json};

use super::{OWNERS, anchorbrowser, call, demo_owner, get};
use crate::server::{Server, Setup, shared};

scenarios!(
    lists_owners_a_page_at_a_time,
    finds_owners_by_what_they_are_called,
    shows_an_owner_with_what_may_be_made_below_it,
    deletes_an_owner_with_all_below_it,
    does_not_delete_what_it_stands_on,
    counts_owners_and_tokens,
);

async fn lists_owners_a_page_at_a_time() {
    let server = Server::start(Setup::default()).await;
    let all = get(&server, OWNERS, &[("limit", "200")]).await.json();
    let ids = |page: &Value| -> Vec<String> {
        let owners = page["owners"].as_array().expect("owners");
        let ids = owners.iter().map(|owner| owner["id"].as_str());
        ids.map(|id| id.expect("an id").to_owned()).collect()
    };
    assert!(ids(&all).len() > 5);
    assert!(all.get("next_cursor").is_none());
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let mut query = vec![("limit", "3")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = get(&server, OWNERS, &query).await.json();
        seen.extend(ids(&page));
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        assert_eq!(ids(&page).len(), 3);
        cursor = Some(next.to_owned());
    }
    assert_eq!(seen, ids(&all));
}

async fn finds_owners_by_what_they_are_called() {
    let server = shared().await;
    let slug = server.demo("/applivery/organization_slug").to_uppercase();
    let query = [("search", slug.as_str()), ("provider", "applivery")];
    let found = get(server, OWNERS, &query).await.json();
    let found = &found["owners"][0];
    assert_eq!(found["kind"], "organization");
    let keys = found["keys"].as_array().expect("keys");
    assert!(keys.contains(&json!(server.demo("/applivery/organization_id"))));
    let below = [("parent_id", found["id"].as_str().expect("an id"))];
    let below = get(server, OWNERS, &below).await.json();
    assert_eq!(below["owners"][0]["kind"], "application");
    let nothing = get(server, OWNERS, &[("search", "%")]).await.json();
    assert_eq!(nothing["owners"], json!([]));
}

async fn shows_an_owner_with_what_may_be_made_below_it() {
    let server = shared().await;
    let team = demo_owner(server, "anchorbrowser", "team").await;
    let shown = get(server, &format!("{OWNERS}/{team}"), &[]).await.json();
    assert_eq!(shown["name"], "Demo team");
    assert_eq!(shown["children"], json!(["application"]));
    assert_eq!(shown["token_kind"], "api_key");
    assert!(shown.get("parent_id").is_none());
}

async fn deletes_an_owner_with_all_below_it() {
    let server = Server::start(Setup::default()).await;
    let team = demo_owner(&server, "anchorbrowser", "team").await;
    let application = demo_owner(&server, "anchorbrowser", "application").await;
    let path = format!("{OWNERS}/{team}");
    call(&server, "DELETE", &path).expect(204).await;
    call(&server, "DELETE", &path).expect(404).await;
    let below = format!("{OWNERS}/{application}");
    call(&server, "GET", &below).expect(404).await;
    let key = server.demo("/anchorbrowser/api_key");
    anchorbrowser(&server, key).expect(401).await;
}

async fn does_not_delete_what_it_stands_on() {
    let server = shared().await;
    let own = demo_owner(server, "specmint", "administration").await;
    let path = format!("{OWNERS}/{own}");
    call(server, "DELETE", &path).expect(409).await;
    let path = format!("{path}/tokens");
    let call = call(server, "POST", &path).json(&json!({"name": "another key"}));
    call.expect(409).await;
}

async fn counts_owners_and_tokens() {
    let server = Server::start(Setup::default()).await;
    let counts = get(&server, "/admin/v1/counts", &[]).await.json();
    let count = |list: &str, provider: &str, kind: &str| {
        let counts = counts[list].as_array().expect("counts");
        let found = counts
            .iter()
            .find(|count| count["provider"] == provider && count["kind"] == kind);
        found
            .cloned()
            .unwrap_or_else(|| panic!("no {provider} {kind}"))
    };
    assert_eq!(count("owners", "anchorbrowser", "team")["count"], 1);
    assert_eq!(count("owners", "beyond-identity", "identity")["count"], 2);
    let keys = count("tokens", "specmint", "admin_key");
    assert_eq!((&keys["active"], &keys["revoked"]), (&json!(1), &json!(0)));
}
