//! The listener on which the console stands: what it is called, what leads from there, and what no cache may keep.

use serde_json::Value;

use super::browser::Browser;
use crate::server::{Server, Setup, shared};

scenarios!(
    who_opens_the_listener_finds_the_console_and_the_contract,
    another_s_name_is_no_name_of_this_machine_s_listener,
    no_cache_keeps_what_is_answered,
    behind_a_proxy_each_has_tries_of_their_own,
);

async fn who_opens_the_listener_finds_the_console_and_the_contract() {
    let browser = Browser::new(shared().await);
    let home = browser.get("/").await.expect(307);
    assert_eq!(home.header("location"), "/console/");
    browser.get("/docs/").await.expect(200);
    let contract = browser.get("/docs/specmint.json").await.expect(200);
    let contract: Value = serde_json::from_str(&contract.text).expect("JSON");
    assert_eq!(contract["servers"][0]["url"], "/");
    for path in [
        "/openapi/specmint.yaml",
        "/openapi/specmint.json",
        "/healthz",
        "/readyz",
    ] {
        browser.get(path).await.expect(200);
    }
}

async fn another_s_name_is_no_name_of_this_machine_s_listener() {
    let browser = Browser::new(shared().await);
    for path in [
        "/",
        "/console/sign-in",
        "/admin/v1/counts",
        "/docs/",
        "/nothing",
    ] {
        let host = [("host", "evil.example:8081")];
        let page = browser.ask("GET", path, &host, None).await;
        page.expect(421).with("--admin-public-url");
    }
    let host = [("host", "localhost:8081")];
    let page = browser.ask("GET", "/console/sign-in", &host, None).await;
    page.expect(200);
}

async fn no_cache_keeps_what_is_answered() {
    let browser = Browser::new(shared().await);
    for path in ["/admin/v1/counts", "/console/", "/console/sign-in"] {
        let page = browser.get(path).await;
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
    }
}

async fn behind_a_proxy_each_has_tries_of_their_own() {
    let server = Server::start(Setup::behind_proxies()).await;
    let from = |address: &'static str| Browser::new(&server).from(address);
    let (guesser, administrator) = (from("192.0.2.1"), from("192.0.2.2"));
    for _ in 0..10 {
        guesser.sign_in("wrong").await.expect(403);
    }
    guesser.sign_in(&server.admin_key).await.expect(429);
    administrator.sign_in(&server.admin_key).await.expect(303);
}
