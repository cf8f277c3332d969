//! Lists, a page at a time.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::super::flow::{self, Application, DELETE};
use super::manager::{Manager, assert_field};
use crate::fixture::{self, NewApplication};
use crate::server::{Server, Setup, shared};

scenarios!(
    many_tokens_come_in_pages_of_a_hundred,
    a_page_has_the_size_that_is_asked_for,
    a_token_that_ends_between_pages_moves_no_other,
    every_list_has_pages,
    a_page_token_is_good_for_a_week,
    a_page_token_is_bound_to_its_query,
    a_made_up_page_token_is_refused,
    a_page_size_is_a_number,
);

/// An application with that many tokens.
async fn application(server: &Server, tokens: usize) -> (Application, String) {
    let application = fixture::application(server, NewApplication::default()).await;
    for _ in 0..tokens {
        application.access_token(server, DELETE).await;
    }
    let path = format!("/applications/{}/tokens", application.id);
    (application, path)
}

/// The ids on all pages of a list, page by page.
async fn pages(manager: &Manager<'_>, path: &str, query: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let mut call = manager.get(path).query(query);
        if let Some(token) = &next {
            call = call.query(&[("page_token", token)]);
        }
        let page = call.expect(200).await.json();
        pages.push(ids(&page));
        match page["next_page_token"].as_str() {
            Some(token) => next = Some(token.to_owned()),
            None => return pages,
        }
    }
}

fn ids(page: &Value) -> Vec<String> {
    let members = page.as_object().expect("an object").values();
    let list = members.filter_map(Value::as_array).next().expect("a list");
    let id = |one: &Value| one["id"].as_str().expect("an id").to_owned();
    list.iter().map(id).collect()
}

fn sizes(pages: &[Vec<String>]) -> Vec<usize> {
    pages.iter().map(Vec::len).collect()
}

async fn many_tokens_come_in_pages_of_a_hundred() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let (_, path) = application(server, 205).await;
    for query in [vec![], vec![("principal_type", "application")]] {
        let pages = pages(&manager, &path, &query).await;
        assert_eq!(sizes(&pages), [100, 100, 5]);
        let distinct: BTreeSet<_> = pages.iter().flatten().collect();
        assert_eq!(distinct.len(), 205);
        let first = manager.get(&path).query(&query).expect(200).await.json();
        assert_eq!(first["total_size"], 205);
    }
    let none = manager.get(&path).query(&[("principal_type", "identity")]);
    let none = none.expect(200).await.json();
    assert_eq!(none, json!({"tokens": [], "total_size": 0}));
}

async fn a_page_has_the_size_that_is_asked_for() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let (_, path) = application(server, 7).await;
    for (size, wanted) in [
        ("3", vec![3, 3, 1]),
        ("7", vec![7]),
        ("8", vec![7]),
        ("0", vec![7]),
        ("4294967295", vec![7]),
    ] {
        let query = [("page_size", size)];
        let pages = pages(&manager, &path, &query).await;
        assert_eq!(sizes(&pages), wanted, "{size}");
    }
    // The token keeps the size, and another may be asked for.
    let page = |query: &[(&str, &str)]| manager.get(&path).query(query).expect(200);
    let first = page(&[("page_size", "2")]).await;
    let token = first.string("/next_page_token");
    let second = page(&[("page_token", &token)]).await;
    assert_eq!(ids(&second.json()).len(), 2);
    let rest = page(&[("page_token", &token), ("page_size", "9")]).await;
    assert_eq!(ids(&rest.json()).len(), 5);
    assert_eq!(rest.json()["total_size"], 7);
    assert!(rest.json()["next_page_token"].is_null());
}

async fn a_token_that_ends_between_pages_moves_no_other() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let (_, path) = application(server, 6).await;
    let all = pages(&manager, &path, &[]).await.concat();
    let first = manager.get(&path).query(&[("page_size", "3")]);
    let first = first.expect(200).await;
    for id in &all[1..3] {
        manager.delete(&format!("{path}/{id}")).expect(200).await;
    }
    let token = first.string("/next_page_token");
    let second = manager.get(&path).query(&[("page_token", &token)]);
    let second = second.expect(200).await.json();
    assert_eq!(ids(&second), all[3..]);
    assert_eq!(second["total_size"], 4);
}

async fn every_list_has_pages() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    for number in 0..3 {
        let identifier = format!("https://{number}.example");
        manager.resource_server(&identifier, &[]).await;
        manager.application(None, json!({"type": "oauth2"})).await;
        fixture::other_realm(&server).await;
    }
    let tenant = format!("/v1/tenants/{}", flow::demo(&server).tenant);
    let above = Manager {
        server: &server,
        token: manager.token.clone(),
        realm: tenant,
    };
    for (manager, path, count) in [
        (&manager, "/applications", 5),
        (&manager, "/resource-servers", 5),
        (&above, "/realms", 4),
    ] {
        let whole = pages(manager, path, &[]).await;
        assert_eq!(sizes(&whole), [count]);
        let parts = pages(manager, path, &[("page_size", "2")]).await;
        assert_eq!(parts.concat(), whole.concat(), "{path}");
        assert_eq!(parts.len(), count.div_ceil(2));
        let first = manager.get(path).query(&[("page_size", "2")]);
        assert_eq!(first.expect(200).await.json()["total_size"], count);
        let wrong = manager.get(path).query(&[("page_token", "x")]);
        let wrong = wrong.expect(400).await;
        assert_field(&wrong, "page_token", "invalid page token");
    }
}

async fn a_page_token_is_good_for_a_week() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let new = NewApplication {
        expires_after: 7_776_000,
        ..NewApplication::default()
    };
    let application = fixture::application(&server, new).await;
    for _ in 0..3 {
        application.access_token(&server, DELETE).await;
    }
    let path = format!("/applications/{}/tokens", application.id);
    let first = manager.get(&path).query(&[("page_size", "1")]);
    let token = first.expect(200).await.string("/next_page_token");
    let next = || manager.get(&path).query(&[("page_token", &token)]);
    server
        .clock
        .advance(TimeDelta::weeks(1) - TimeDelta::milliseconds(1));
    let page = next().expect(200).await;
    // The next one begins a week of its own.
    let later = page.string("/next_page_token");
    server.clock.advance(TimeDelta::milliseconds(1));
    let answer = next().expect(400).await;
    assert_field(&answer, "page_token", "expired page token");
    let call = manager.get(&path).query(&[("page_token", &later)]);
    call.expect(200).await;
}

async fn a_page_token_is_bound_to_its_query() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let (one, path) = application(server, 2).await;
    let (_, other) = application(server, 2).await;
    let own = [("principal_type", "application")];
    let id = [("principal_id", one.id.as_str())];
    let queries: [&[(&str, &str)]; 3] = [&[], &own, &id];
    for (number, query) in queries.iter().enumerate() {
        let call = manager.get(&path).query(query).query(&[("page_size", "1")]);
        let token = call.expect(200).await.string("/next_page_token");
        let with = |path: &str, query: &[(&str, &str)]| {
            let call = manager.get(path).query(query);
            call.query(&[("page_token", &token)])
        };
        with(&path, query).expect(200).await;
        for (another, query) in queries.iter().enumerate() {
            if another != number {
                let answer = with(&path, query).expect(400).await;
                assert_field(&answer, "page_token", "invalid page token");
            }
        }
        for path in [other.as_str(), "/applications", "/resource-servers"] {
            let answer = with(path, &[]).expect(400).await;
            assert_field(&answer, "page_token", "invalid page token");
        }
    }
}

async fn a_made_up_page_token_is_refused() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let (_, path) = application(server, 2).await;
    let call = manager.get(&path).query(&[("page_size", "1")]);
    let good = call.expect(200).await.string("/next_page_token");
    let mut first = good.clone().into_bytes();
    first[0] = if first[0] == b'A' { b'B' } else { b'A' };
    let first = String::from_utf8(first).expect("text");
    for wrong in [
        "x",
        "!!!",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        &first,
        &good[..good.len() - 2],
        &format!("{good}AA"),
    ] {
        let call = manager.get(&path).query(&[("page_token", wrong)]);
        let answer = call.expect(400).await;
        assert_field(&answer, "page_token", "invalid page token");
    }
    // One without a value is none.
    let call = manager.get(&path).query(&[("page_token", "")]);
    call.expect(200).await;
}

async fn a_page_size_is_a_number() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    for wrong in ["-1", "1.5", "x", "", "4294967296"] {
        for path in ["/applications", "/resource-servers"] {
            let call = manager.get(path).query(&[("page_size", wrong)]);
            let answer = call.expect(400).await;
            let error = answer.json();
            let violation = &error["details"][0]["field_violations"][0];
            assert_eq!(violation["field"], "page_size", "{wrong}: {error}");
        }
    }
}
