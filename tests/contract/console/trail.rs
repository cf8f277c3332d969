//! The trail, as the console shows it.

use chrono::TimeDelta;

use super::browser::Browser;
use crate::server::{Server, Setup};

scenarios!(
    the_trail_is_searched_as_it_reads,
    the_trail_is_narrowed_to_days,
    the_trail_knows_clients_and_identities,
    a_trail_does_not_point_at_itself,
);

async fn the_trail_is_searched_as_it_reads() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let path = "/console/applications/new?provider=anchorbrowser&kind=team";
    browser
        .fill(path, &[("name", "Searched")])
        .await
        .expect(303);
    for search in ["admin+key", "ADMIN_KEY", "scenarios"] {
        let found = browser
            .get(&format!("/console/trail?search={search}"))
            .await;
        let found = found.expect(200).with("Searched");
        found.without("<small>CLI</small>");
    }
    for search in ["cli", "demo"] {
        let found = browser
            .get(&format!("/console/trail?search={search}"))
            .await;
        found
            .expect(200)
            .with("<small>CLI</small>")
            .without("Searched");
    }
    let nothing = browser.get("/console/trail?search=nobody").await;
    nothing.expect(200).with("Nothing was done like that");
}

async fn the_trail_is_narrowed_to_days() {
    let server = Server::start(Setup::default()).await;
    let day = |offset: i64| {
        let day = server.store.now() + TimeDelta::days(offset);
        day.format("%Y-%m-%d").to_string()
    };
    let (today, yesterday, tomorrow) = (day(0), day(-1), day(1));
    let browser = Browser::signed_in(&server).await;
    for (query, is_there) in [
        (format!("since={today}"), true),
        (format!("since={today}&until={today}"), true),
        (format!("since={yesterday}&until={tomorrow}"), true),
        (format!("until={yesterday}"), false),
        (format!("since={tomorrow}"), false),
    ] {
        let page = browser.get(&format!("/console/trail?{query}")).await;
        let page = page.expect(200);
        assert_eq!(page.text.contains("<table"), is_there, "{query}");
        page.with("Clear</a>");
    }
}

async fn the_trail_knows_clients_and_identities() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let token = server.demo("/infisical/access_token");
    let identity = server.demo("/infisical/identity_id");
    let path = format!("/api/v1/auth/token-auth/identities/{identity}/tokens");
    let made = server.client.post(&path).bearer(token);
    let made = made.json(&serde_json::json!({"name": "by itself"}));
    crate::secrets::keep(&made.expect(200).await.string("/accessToken"));
    let trail = browser
        .get("/console/trail?provider=infisical&action=minted")
        .await;
    let trail = trail.expect(200).with("by itself");
    let (_, row) = trail.text.split_once("by itself").expect("a row");
    let (_, by) = row.split_once(r#"data-label="By""#).expect("who");
    let (by, _) = by.split_once("</td>").expect("an end");
    assert!(by.contains(">Demo identity</a>"), "{by}");
    let found = browser.get("/console/trail?search=demo+identity").await;
    found.expect(200).with("by itself");
}

async fn a_trail_does_not_point_at_itself() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let team = browser.get("/console/applications").await.link("Demo team");
    let token = browser.get(&team).await.link("demo");
    let page = browser.get(&token).await.expect(200);
    let (_, table) = page.text.split_once("<table").expect("a table");
    assert!(!table.contains(&token), "{table}");
    let page = browser.get(&format!("{team}/trail")).await.expect(200);
    let (_, table) = page.text.split_once("<table").expect("a table");
    assert!(!table.contains(&format!(r#"href="{team}""#)), "{table}");
    assert!(table.contains(&token));
}
