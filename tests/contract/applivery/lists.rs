//! Lists: their pages and their orders.

use serde_json::{Value, json};

use super::{assert_error, organization};
use crate::fixture::Organization;
use crate::server::{Server, Setup, shared};

scenarios!(
    tokens_come_a_page_at_a_time_and_the_oldest_first,
    applications_come_a_page_at_a_time,
    applications_come_in_the_order_asked_for,
    refuses_pages_and_orders_that_are_none,
);

async fn list(server: &Server, own: &Organization, below: &str, query: &[(&str, &str)]) -> Value {
    let call = own.call(server, "GET", below).query(query);
    call.expect(200).await.json()["data"].clone()
}

/// That member of all that is on the page.
fn all(page: &Value, member: &str) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    let text = |item: &Value| item[member].as_str().expect("a text").to_owned();
    items.iter().map(text).collect()
}

/// Reads page after page of two, and holds what each says of its place; what they hold, in that order.
async fn read(server: &Server, own: &Organization, below: &str, total: usize) -> Vec<String> {
    let pages = total.div_ceil(2);
    let mut ids = Vec::new();
    for number in 1..=pages {
        let query = [("page", &*number.to_string()), ("limit", "2")];
        let mut page = list(server, own, below, &query).await;
        ids.extend(all(&page, "id"));
        page.as_object_mut().expect("an object").remove("items");
        let expected = json!({
            "page": number, "limit": 2, "totalDocs": total, "totalPages": pages,
            "hasPrevPage": number > 1, "hasNextPage": number < pages,
        });
        assert_eq!(page, expected);
    }
    let beyond = [("page", "1000000"), ("limit", "100")];
    let beyond = list(server, own, below, &beyond).await;
    assert_eq!(beyond["items"], json!([]));
    assert_eq!(beyond["hasNextPage"], json!(false));
    ids
}

async fn tokens_come_a_page_at_a_time_and_the_oldest_first() {
    let server = shared().await;
    let own = organization(server).await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(own.token(server).await.0);
    }
    assert_eq!(read(server, &own, &own.tokens(), 5).await, made);
    let other = own.application(server, "Another").await;
    let path = format!("/apps/{other}/tokens");
    assert_eq!(list(server, &own, &path, &[]).await["totalDocs"], json!(0));
}

async fn applications_come_a_page_at_a_time() {
    let server = shared().await;
    let own = organization(server).await;
    let mut made = vec![own.application_id.clone()];
    for name in ["c", "a", "b"] {
        made.push(own.application(server, name).await);
    }
    assert_eq!(read(server, &own, "/apps", 4).await, made);
}

async fn applications_come_in_the_order_asked_for() {
    let server = Server::start(Setup::default()).await;
    let own = organization(&server).await;
    for name in ["b-1", "c-2", "a-3"] {
        server.clock.advance(chrono::TimeDelta::seconds(1));
        let body = json!({"name": name, "slug": name.replace('a', "z")});
        own.call(&server, "POST", "/apps")
            .json(&body)
            .expect(200)
            .await;
    }
    for (sort, expected) in [
        ("name", ["a-3", "b-1", "c-2"]),
        ("name:asc", ["a-3", "b-1", "c-2"]),
        ("name:desc", ["c-2", "b-1", "a-3"]),
        ("slug", ["b-1", "c-2", "a-3"]),
        ("createdAt:desc", ["a-3", "c-2", "b-1"]),
        ("updatedAt:asc", ["b-1", "c-2", "a-3"]),
        (":desc", ["a-3", "c-2", "b-1"]),
        ("", ["b-1", "c-2", "a-3"]),
    ] {
        let mut names = all(
            &list(&server, &own, "/apps", &[("sort", sort)]).await,
            "name",
        );
        // The fixture's own is called by its slug.
        names.retain(|name| !name.starts_with("slug-"));
        assert_eq!(names, expected, "{sort}");
    }
    let ids = all(
        &list(&server, &own, "/apps", &[("sort", "id:desc")]).await,
        "id",
    );
    assert!(ids.is_sorted_by(|one, next| one > next));
}

async fn refuses_pages_and_orders_that_are_none() {
    let server = shared().await;
    let own = organization(server).await;
    let paging = [
        ("page", "0"),
        ("page", "-1"),
        ("page", "1000001"),
        ("limit", "0"),
        ("limit", "101"),
    ];
    let sort = [
        ("sort", "name:up"),
        ("sort", "a b"),
        ("sort", "password"),
        ("sort", "items"),
    ];
    let tokens = own.tokens();
    let apps = paging.iter().chain(&sort).map(|query| ("/apps", query));
    let tokens = paging.iter().map(|query| (&*tokens, query));
    for (below, query) in apps.chain(tokens) {
        let call = own.call(server, "GET", below).query(&[*query]);
        let answer = call.expect(400).await;
        assert_error(&answer.json(), Some(4000));
        assert!(answer.text().contains(query.0), "{query:?}");
        if ["password", "items"].contains(&query.1) {
            let members = "name id, name, slug, createdAt or updatedAt";
            assert!(answer.text().contains(members), "{}", answer.text());
        }
    }
}
