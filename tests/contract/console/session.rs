//! Signing in and out, and whose forms are taken.

use chrono::TimeDelta;
use specmint_server::admin::Admin;

use super::browser::Browser;
use crate::secrets;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_key_signs_in_and_the_way_leads_back,
    a_wrong_key_does_not,
    many_wrong_keys_have_to_wait,
    a_sign_in_of_another_s_making_is_refused,
    signing_out_ends_the_session_for_good,
    a_session_ends_by_the_clock,
    a_session_ends_with_its_key,
    nothing_is_shown_to_who_is_not_signed_in,
    cookies_are_for_the_console_alone,
    forms_of_others_are_refused,
    the_trail_names_the_key_that_signed_in,
);

const SESSION: &str = "specmint_console";

async fn a_key_signs_in_and_the_way_leads_back() {
    let server = shared().await;
    let browser = Browser::new(server);
    let asked = browser
        .get("/console/tokens?state=active")
        .await
        .expect(303);
    let way = asked.header("location").to_owned();
    assert_eq!(
        way,
        "/console/sign-in?to=%2Fconsole%2Ftokens%3Fstate%3Dactive"
    );
    let form = [("key", server.admin_key.as_str())];
    let entered = browser.fill(&way, &form).await.expect(303);
    assert_eq!(entered.header("location"), "/console/tokens?state=active");
    let page = browser
        .get("/console/tokens?state=active")
        .await
        .expect(200);
    page.with(r#"<span class="key">scenarios</span>"#);
    let again = browser.get("/console/sign-in").await.expect(303);
    assert_eq!(again.header("location"), "/console/");
    let elsewhere = [
        ("key", server.admin_key.as_str()),
        ("to", "//evil.example/"),
    ];
    let other = Browser::new(server);
    let form = other.get("/console/sign-in").await;
    let csrf = form.field("csrf");
    let fields = [elsewhere[0], elsewhere[1], ("csrf", csrf.as_str())];
    let entered = other.post("/console/sign-in", &fields).await.expect(303);
    assert_eq!(entered.header("location"), "/console/");
}

async fn a_wrong_key_does_not() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::new(&server);
    let key = &server.admin_key;
    let cut = &key[..key.len() - 1];
    for wrong in [
        "",
        "x",
        "<script>",
        cut,
        server.demo("/anchorbrowser/api_key"),
    ] {
        let page = browser.sign_in(wrong).await.expect(403);
        page.with(r#"role="alert""#).without("<script>");
        assert_eq!(browser.cookie(SESSION), None);
    }
    browser.sign_in(key).await.expect(303);
}

async fn many_wrong_keys_have_to_wait() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::new(&server);
    for _ in 0..10 {
        browser.sign_in("wrong").await.expect(403);
    }
    let refused = browser.sign_in(&server.admin_key).await.expect(429);
    assert_eq!(refused.header("retry-after"), "60");
    assert_eq!(browser.cookie(SESSION), None);
    server.clock.advance(TimeDelta::seconds(61));
    browser.sign_in(&server.admin_key).await.expect(303);
}

async fn a_sign_in_of_another_s_making_is_refused() {
    let server = shared().await;
    let browser = Browser::new(server);
    let key = server.admin_key.as_str();
    let bare = browser.post("/console/sign-in", &[("key", key)]).await;
    bare.expect(403);
    let another = Browser::new(server).get("/console/sign-in").await;
    let csrf = another.field("csrf");
    browser.get("/console/sign-in").await.expect(200);
    let form = [("key", key), ("csrf", csrf.as_str())];
    browser.post("/console/sign-in", &form).await.expect(403);
    assert_eq!(browser.cookie(SESSION), None);
}

async fn signing_out_ends_the_session_for_good() {
    let server = shared().await;
    let browser = Browser::signed_in(server).await;
    let kept = browser.cookie(SESSION).expect("a session");
    let page = browser.get("/console/trail").await.expect(200);
    let (_, form) = page
        .text
        .split_once(r#"name="csrf" value=""#)
        .expect("a form");
    let csrf = form[..64].to_owned();
    browser.post("/console/sign-out", &[]).await.expect(403);
    let out = browser.post("/console/sign-out", &[("csrf", &csrf)]).await;
    assert_eq!(out.expect(303).header("location"), "/console/sign-in");
    assert_eq!(browser.cookie(SESSION), None);
    browser.get("/console/").await.expect(303);
    browser.set_cookie(SESSION, &kept);
    browser.get("/console/").await.expect(303);
}

async fn a_session_ends_by_the_clock() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    server
        .clock
        .advance(TimeDelta::hours(8) - TimeDelta::seconds(1));
    let page = browser.get("/console/applications").await.expect(200);
    let form = browser.get(&page.link("Demo team")).await.expect(200);
    let create = form.link("Create token");
    let csrf = browser.get(&create).await.field("csrf");
    server.clock.advance(TimeDelta::seconds(1));
    browser.get("/console/applications").await.expect(303);
    let late = browser
        .post(&create, &[("csrf", &csrf), ("name", "late")])
        .await;
    assert_eq!(late.expect(303).header("location"), "/console/sign-in");
}

async fn a_session_ends_with_its_key() {
    let server = Server::start(Setup::default()).await;
    let admin = Admin::new(server.store.clone(), "");
    let key = admin
        .create_key("short-lived", None, "test")
        .await
        .expect("a key");
    secrets::keep(&key.secret);
    let browser = Browser::new(&server);
    browser.sign_in(&key.secret).await.expect(303);
    browser.get("/console/").await.expect(200);
    admin.revoke(key.token.id, "test").await.expect("revoked");
    browser.get("/console/").await.expect(303);
}

async fn nothing_is_shown_to_who_is_not_signed_in() {
    let server = shared().await;
    let browser = Browser::new(server);
    let id = uuid::Uuid::new_v4();
    for path in [
        "/console/".to_owned(),
        "/console/applications".to_owned(),
        "/console/applications/new?provider=anchorbrowser&kind=team".to_owned(),
        format!("/console/applications/{id}"),
        format!("/console/applications/{id}/below"),
        format!("/console/applications/{id}/trail"),
        format!("/console/applications/{id}/settings"),
        format!("/console/applications/{id}/tokens/new"),
        format!("/console/applications/{id}/revoke-all"),
        format!("/console/applications/{id}/delete"),
        "/console/tokens".to_owned(),
        format!("/console/tokens/{id}"),
        format!("/console/tokens/{id}/revoke"),
        "/console/trail".to_owned(),
    ] {
        let page = browser.get(&path).await.expect(303);
        assert!(page.header("location").starts_with("/console/sign-in"));
        assert_eq!(page.text, "");
    }
    for path in [
        "/console/sign-out".to_owned(),
        "/console/applications/new".to_owned(),
        format!("/console/applications/{id}/tokens/new"),
        format!("/console/applications/{id}/revoke-all"),
        format!("/console/applications/{id}/delete"),
        format!("/console/tokens/{id}/revoke"),
    ] {
        browser.post(&path, &[("csrf", "x")]).await.expect(303);
    }
}

async fn cookies_are_for_the_console_alone() {
    let server = shared().await;
    let browser = Browser::new(server);
    let form = browser.get("/console/sign-in").await;
    let csrf = form.field("csrf");
    let fields = [("csrf", csrf.as_str()), ("key", server.admin_key.as_str())];
    let entered = browser.post("/console/sign-in", &fields).await.expect(303);
    let set: Vec<_> = form
        .headers_of("set-cookie")
        .into_iter()
        .chain(entered.headers_of("set-cookie"))
        .collect();
    assert_eq!(set.len(), 3, "{set:?}");
    for cookie in set {
        assert!(cookie.contains("; Path=/console; HttpOnly; SameSite=Lax; Max-Age="));
        assert!(!cookie.contains("Secure"), "the server is reached by HTTP");
    }
    let session = entered.header("set-cookie");
    let (name, value) = session.split_once('=').expect("a value");
    assert!(name.starts_with("specmint_console_"), "{session}");
    assert!(value.starts_with("smses_"), "{session}");
    assert!(session.ends_with("Max-Age=28800"), "{session}");
}

async fn forms_of_others_are_refused() {
    let server = shared().await;
    let (ours, theirs) = (
        Browser::signed_in(server).await,
        Browser::signed_in(server).await,
    );
    let page = ours
        .get("/console/applications?search=Demo+team")
        .await
        .expect(200);
    let team = page.link("Demo team");
    let path = ours.get(&team).await.link("Create token");
    let form = ours.get(&path).await;
    let (csrf, ticket) = (form.field("csrf"), form.field("ticket"));
    let good = [
        ("csrf", csrf.as_str()),
        ("ticket", &ticket),
        ("name", "forged"),
    ];
    ours.post(&path, &good[1..]).await.expect(403);
    let wrong = [("csrf", &csrf[1..]), good[1], good[2]];
    ours.post(&path, &wrong).await.expect(403);
    theirs.post(&path, &good).await.expect(403);
    for header in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let sent = ours.ask("POST", &path, &[header], Some(&good)).await;
        sent.expect(403).with("Nothing was changed");
    }
    let typed = ours.ask("POST", &path, &[("content-type", "text/plain")], None);
    typed.await.expect(415);
    let long = "x".repeat(70_000);
    let large = [good[0], good[1], ("name", long.as_str())];
    ours.post(&path, &large).await.expect(413);
    ours.get(&team).await.expect(200).without("forged");
    let base = server.admin.base();
    let from_us = [("origin", base), ("sec-fetch-site", "same-origin")];
    let made = ours.ask("POST", &path, &from_us, Some(&good)).await;
    made.expect(201).secret();
}

async fn the_trail_names_the_key_that_signed_in() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let page = browser.get("/console/applications").await;
    let path = browser
        .get(&page.link("Demo team"))
        .await
        .link("Create token");
    let made = browser.fill(&path, &[("name", "Traced")]).await.expect(201);
    made.secret();
    let trail = browser
        .get("/console/trail?action=minted&search=admin_key")
        .await;
    let trail = trail.expect(200).with("Traced").with("scenarios");
    trail.with("admin key");
}
