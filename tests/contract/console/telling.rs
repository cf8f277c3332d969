//! What pages tell: names, titles, what was just done, and what is left out of lists.

use std::collections::BTreeSet;

use super::browser::Browser;
use super::pages::pages;
use crate::beyond_identity::flow;
use crate::server::{Server, Setup, shared};
use crate::vtex::flow::merchant;

scenarios!(
    names_turn_no_letters,
    the_servers_own_is_left_out,
    what_ends_by_itself_is_left_out,
    notices_tell_only_what_was_done,
    pages_have_titles_of_their_own,
);

async fn names_turn_no_letters() {
    const TURNED: &str = "\u{202e}gpj.exe";
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let path = "/console/applications/new?provider=anchorbrowser&kind=team";
    let made = browser.fill(path, &[("name", TURNED)]).await.expect(303);
    let team = made.header("location").split('?').next().expect("a path");
    let new = format!("{team}/tokens/new");
    browser
        .fill(&new, &[("name", TURNED)])
        .await
        .expect(201)
        .secret();
    let token = browser.get(team).await.link(TURNED);
    for path in [
        "/console/",
        "/console/applications",
        "/console/tokens",
        "/console/trail",
        team,
        &format!("{team}/trail"),
        &format!("{team}/settings"),
        &format!("{team}/below"),
        &format!("{team}/delete"),
        &new,
        &token,
        &format!("{token}/revoke"),
    ] {
        let page = browser.get(path).await.expect(200);
        let (_, body) = page.html.split_once("<body>").expect("a body");
        for (before, _) in body.match_indices(TURNED) {
            let before = &body[..before];
            let is_alone = before.ends_with("<bdi>") || before.ends_with("aria-label=\"");
            assert!(is_alone, "{path}: {}", &before[before.len() - 40..]);
        }
        let title = page.html.split("</title>").next().expect("a title");
        assert!(!title.contains(TURNED) || title.contains(&format!("&#x2068;{TURNED}&#x2069;")));
    }
}

async fn the_servers_own_is_left_out() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    for path in ["/console/", "/console/tokens", "/console/trail"] {
        let page = browser.get(path).await.expect(200);
        page.with("keys and sessions")
            .with("provider=specmint")
            .without("Specmint session")
            .without("Specmint admin key");
    }
    let tokens = browser.get("/console/tokens?provider=specmint").await;
    tokens
        .expect(200)
        .with("session <span")
        .with("admin key <span")
        .without("API key <span");
    let trail = browser.get("/console/trail?provider=specmint").await;
    trail
        .expect(200)
        .with("Specmint session")
        .without("AnchorBrowser team");
}

/// Counters of attempts, codes and tickets: the trail has them.
async fn what_ends_by_itself_is_left_out() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    merchant(&server).await;
    flow::public_demo(&server).code(&server).await;
    for path in ["/console/", "/console/tokens"] {
        let page = browser.get(path).await.expect(200);
        page.without("attempts")
            .without("authorization code")
            .without("consent");
    }
    let trail = browser.get("/console/trail").await.expect(200);
    trail.with("attempts").with("authorization code");
}

async fn notices_tell_only_what_was_done() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let team = browser.get("/console/applications?search=Demo+team").await;
    let team = team.link("Demo team");
    let token = browser.get(&team).await.link("demo");
    for path in [
        format!("{token}?done=revoked"),
        format!("{team}?done=revoked"),
        format!("{team}?done=revoked-all"),
        format!("{team}?done=deleted-below"),
        "/console/applications?done=deleted".to_owned(),
    ] {
        let page = browser.get(&path).await.expect(200);
        page.without(r#"class="notice""#);
    }
    let done = browser.fill(&format!("{token}/revoke"), &[]).await;
    let told = done.expect(303).header("location").to_owned();
    for _ in 0..2 {
        let page = browser.get(&told).await.expect(200);
        page.with(r#"role="status" tabindex="-1" autofocus>The token is revoked"#);
    }
    let other = Browser::signed_in(&server).await;
    other
        .get(&told)
        .await
        .expect(200)
        .without("class=\"notice\"");

    // Asked again, it is said as it is.
    let again = browser.get(&format!("{token}/revoke")).await.expect(409);
    assert_eq!(again.with("revoked already").link("To the token"), token);
}

async fn pages_have_titles_of_their_own() {
    let server = shared().await;
    let browser = Browser::signed_in(server).await;
    let mut titles = BTreeSet::new();
    for path in pages(server, &browser).await {
        let page = browser.get(&path).await.expect(200);
        let (_, title) = page.text.split_once("<title>").expect("a title");
        let (title, _) = title.split_once("</title>").expect("an end");
        let is_filtered = path.contains("show=") || path.contains("provider=specmint");
        assert!(
            is_filtered || titles.insert(title.to_owned()),
            "{title} twice"
        );
    }
}
