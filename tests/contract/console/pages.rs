//! What pages have in common, and what lists show.

use serde_json::json;
use specmint_store::{NewOwner, NewToken, split};

use super::browser::Browser;
use crate::server::{Server, Setup, shared};

scenarios!(
    every_answer_has_the_headers,
    troubles_are_pages,
    a_broken_store_is_a_page,
    files_are_known_again,
    hostile_names_are_text,
    lists_are_narrowed,
    lists_have_pages,
    all_that_owns_tokens_is_found,
    nothing_in_a_page_is_inline,
);

/// The pages that a session sees.
pub(super) async fn pages(server: &Server, browser: &Browser) -> Vec<String> {
    let page = browser.get("/console/applications?search=Demo+team").await;
    let team = page.expect(200).link("Demo team");
    let token = browser.get(&team).await.link("demo");
    let _ = server;
    vec![
        "/console/".to_owned(),
        "/console/applications".to_owned(),
        "/console/applications?show=all".to_owned(),
        "/console/applications/new?provider=anchorbrowser&kind=team".to_owned(),
        team.clone(),
        format!("{team}/below"),
        format!("{team}/trail"),
        format!("{team}/settings"),
        format!("{team}/tokens/new"),
        format!("{team}/revoke-all"),
        format!("{team}/delete"),
        "/console/tokens".to_owned(),
        "/console/tokens?provider=specmint".to_owned(),
        token.clone(),
        format!("{token}/revoke"),
        "/console/trail".to_owned(),
    ]
}

async fn every_answer_has_the_headers() {
    let server = shared().await;
    let browser = Browser::signed_in(server).await;
    let stranger = Browser::new(server);
    let mut answers = Vec::new();
    for path in pages(server, &browser).await {
        answers.push((browser.get(&path).await.expect(200), true));
        answers.push((
            browser.ask("HEAD", &path, &[], None).await.expect(200),
            true,
        ));
        answers.push((stranger.get(&path).await.expect(303), true));
    }
    for path in [
        "/console/nothing",
        "/console/tokens/x",
        "/console/tokens?cursor=x",
    ] {
        answers.push((browser.get(path).await, true));
    }
    answers.push((stranger.get("/console").await.expect(303), true));
    answers.push((stranger.get("/console/sign-in").await.expect(200), true));
    answers.push((stranger.get("/console/nothing").await.expect(404), true));
    answers.push((
        stranger.post("/console/sign-in", &[]).await.expect(403),
        true,
    ));
    answers.push((
        browser
            .ask("DELETE", "/console/", &[], None)
            .await
            .expect(405),
        true,
    ));
    for file in ["console.css", "console.js", "icon.svg"] {
        answers.push((
            stranger.get(&format!("/console/{file}")).await.expect(200),
            false,
        ));
    }
    for (answer, is_private) in answers {
        let policy = answer.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.split("; ").any(|has| has == rule), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        if is_private {
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
}

async fn troubles_are_pages() {
    let server = shared().await;
    let browser = Browser::signed_in(server).await;
    let unknown = uuid::Uuid::new_v4();
    for (path, status) in [
        ("/console/nothing".to_owned(), 404),
        ("/console/tokens/not-an-id".to_owned(), 404),
        (format!("/console/tokens/{unknown}"), 404),
        (format!("/console/tokens/{unknown}/revoke"), 404),
        (format!("/console/applications/{unknown}"), 404),
        (format!("/console/applications/{unknown}/tokens/new"), 404),
        ("/console/applications/new?kind=nothing".to_owned(), 404),
        ("/console/tokens?state=lost".to_owned(), 400),
        ("/console/tokens?provider=nobody".to_owned(), 400),
        ("/console/trail?action=lost".to_owned(), 400),
        ("/console/trail?since=yesterday".to_owned(), 400),
        ("/console/applications?cursor=x".to_owned(), 400),
        ("/console/applications?show=x".to_owned(), 400),
        (format!("/console/tokens?search={}", "x".repeat(201)), 400),
    ] {
        let page = browser.get(&path).await.expect(status);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        page.with("<h1>").with("Sign out").with("To the overview");
    }
    let refused = browser.ask("PUT", "/console/tokens", &[], None).await;
    let refused = refused.expect(405).with("<h1>");
    assert_eq!(refused.header("allow"), "GET, HEAD");
}

async fn a_broken_store_is_a_page() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    browser.get("/console/").await.expect(200);
    server.break_store().await;
    for path in [
        "/console/",
        "/console/tokens",
        "/console/trail",
        "/console/applications",
    ] {
        let page = browser.get(path).await.expect(500);
        page.with("Something broke").without("no such table");
    }
}

async fn files_are_known_again() {
    let server = shared().await;
    let browser = Browser::new(server);
    for (file, media_type) in [
        ("console.css", "text/css; charset=utf-8"),
        ("console.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ] {
        let path = format!("/console/{file}");
        let first = browser.get(&path).await.expect(200);
        assert_eq!(first.header("content-type"), media_type);
        let tag = [("if-none-match", first.header("etag"))];
        let again = browser.ask("GET", &path, &tag, None).await.expect(304);
        assert_eq!(again.text, "");
    }
}

async fn hostile_names_are_text() {
    const HOSTILE: &str = r#""'><script>alert(1)</script><img src=x onerror=alert(2)>"#;
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let owner = server.store.create_owner(NewOwner {
        api: "anchorbrowser",
        kind: "team",
        parent: None,
        keys: vec![HOSTILE.to_owned()],
        attributes: json!({ "name": HOSTILE }),
        secret_hash: None,
        sealed: None,
        by: HOSTILE,
    });
    let owner = owner.await.expect("an owner").id;
    let (id, _, hash) = split::mint("");
    let token = NewToken {
        id: Some(id),
        name: Some(HOSTILE.to_owned()),
        scopes: Some(HOSTILE.to_owned()),
        minted_by: Some(format!("api_key:{HOSTILE}")),
        ..NewToken::new("anchorbrowser", "api_key", owner, hash)
    };
    server.store.mint(token).await.expect("a token");
    let search: String = form_urlencoded::byte_serialize(HOSTILE.as_bytes()).collect();
    for path in [
        "/console/".to_owned(),
        "/console/applications".to_owned(),
        format!("/console/applications?search={search}"),
        format!("/console/applications/{owner}"),
        format!("/console/applications/{owner}/trail"),
        format!("/console/applications/{owner}/settings"),
        format!("/console/applications/{owner}/below"),
        format!("/console/applications/{owner}/tokens/new"),
        format!("/console/applications/{owner}/delete"),
        format!("/console/applications/new?parent={owner}&kind=application"),
        format!("/console/tokens?search={search}"),
        format!("/console/tokens/{id}"),
        format!("/console/tokens/{id}/revoke"),
        format!("/console/trail?search={search}"),
    ] {
        let page = browser.get(&path).await.expect(200);
        page.with("alert(1)")
            .without("<script>")
            .without("<img src=x")
            .without(r#"value=""'"#);
    }
    let path = format!("/console/applications/{owner}/tokens/new");
    let long = HOSTILE.repeat(4);
    let refused = browser.fill(&path, &[("name", &long)]).await.expect(422);
    refused.with("at most 200").without("<script>");
    let made = browser.fill(&path, &[("name", HOSTILE)]).await.expect(201);
    made.secret();
    made.without("<script>");
}

async fn lists_are_narrowed() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let all = browser.get("/console/tokens").await.expect(200);
    all.with("AnchorBrowser</small>").with("Applivery</small>");
    let one = browser
        .get("/console/tokens?provider=applivery&state=active")
        .await;
    let one = one.expect(200).with("Applivery</small>");
    one.without("AnchorBrowser</small>")
        .with(r#"<option value="applivery" selected>"#);
    let none = browser
        .get("/console/tokens?state=revoked")
        .await
        .expect(200);
    none.with("No token is like that").without("<table");
    let found = browser.get("/console/tokens?search=DEM").await.expect(200);
    found.with("demo</a>").without("scenarios</a>");
    let made = browser
        .get("/console/trail?action=created&provider=vtex")
        .await;
    made.expect(200)
        .with("VTEX application</small>")
        .without("AnchorBrowser team");
}

async fn lists_have_pages() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let teams = server.store.owners("anchorbrowser", "team", None).await;
    let team = teams.expect("teams").remove(0).id;
    for number in 0..60 {
        let (id, _, hash) = split::mint("");
        let token = NewToken {
            id: Some(id),
            name: Some(format!("number {number:02}")),
            ..NewToken::new("anchorbrowser", "api_key", team, hash)
        };
        server.store.mint(token).await.expect("a token");
    }
    let path = format!("/console/applications/{team}?search=number");
    let first = browser.get(&path).await.expect(200);
    assert_eq!(
        first.text.matches("number ").count() / 2,
        50,
        "each row names it twice"
    );
    let first = first
        .with("number 59")
        .without("number 09")
        .without("Newest</a>");
    let older = first.link("Older");
    let last = browser.get(&older).await.expect(200).with("number 09");
    let last = last
        .with("number 00")
        .without("number 10")
        .without("Older <");
    assert_eq!(last.link("Newest"), path);
}

async fn all_that_owns_tokens_is_found() {
    let server = shared().await;
    let browser = Browser::signed_in(server).await;
    for (provider, name) in [
        ("anchorbrowser", "Demo team"),
        ("infisical", "Demo identity"),
        ("applivery", "Demo organization"),
        ("beyond-identity", "Beyond Identity Management API"),
    ] {
        let search = name.replace(' ', "+");
        let path = format!("/console/applications?provider={provider}&search={search}");
        let page = browser.get(&path).await.expect(200);
        let page = page.with(name).without("Ada Lovelace");
        browser
            .get(&page.link(name))
            .await
            .expect(200)
            .with("API tokens");
    }
    browser
        .get("/console/applications?provider=vtex")
        .await
        .expect(200)
        .with("<table");
    let people = browser
        .get("/console/applications?show=all&search=lovelace")
        .await;
    let people = people.expect(200).with("Ada Lovelace").without("Demo team");
    people.without("Grace Hopper");
}

async fn nothing_in_a_page_is_inline() {
    let server = shared().await;
    let browser = Browser::signed_in(server).await;
    for path in pages(server, &browser).await {
        let page = browser.get(&path).await.expect(200);
        let text = &page.text;
        assert_eq!(text.matches("<script").count(), 1, "{path}");
        assert!(text.contains(r#"<script src="/console/console.js" defer></script>"#));
        for inline in [
            "<style",
            " style=",
            " onclick=",
            " onload=",
            "javascript:",
            "http://",
            "https://",
        ] {
            assert!(!text.contains(inline), "{inline} in {path}");
        }
        for needed in [
            r#"<html lang="en">"#,
            r##"<a class="skip" href="#main">"##,
            r#"<main id="main""#,
            "<h1>",
            r#"<nav class="menu" aria-label="Console">"#,
        ] {
            assert!(text.contains(needed), "no {needed} in {path}");
        }
        for table in text.split("<table").skip(1) {
            assert!(
                table.contains("<caption") && table.contains(r#"scope="col""#),
                "{path}"
            );
        }
    }
}
