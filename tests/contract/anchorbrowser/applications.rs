//! Applications: make, find, look at, delete.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::operations::{
    application, auth_flow, below, call, identity, identity_token, names, new_site,
    username_password,
};
use crate::server::{Server, Setup, shared};

scenarios!(
    an_application_is_made_and_found_again,
    its_name_is_its_host_if_it_has_none,
    a_source_is_a_web_address_or_a_host,
    a_search_finds_parts_of_names_in_any_case,
    it_counts_its_identities_and_names_its_methods,
    the_demo_s_can_be_signed_in_to,
    deleting_it_deletes_all_that_is_below_it,
);

async fn an_application_is_made_and_found_again() {
    let server = Server::start(Setup::default()).await;
    let before = server.clock.now();
    let body = json!({"source": "https://shop.example.org/login", "name": "A shop", "description": "Where we buy."});
    let made = call(&server, "POST", "/v1/applications").json(&body);
    let made = made.expect(201).await.json();
    assert_eq!(made["name"], "A shop");
    assert_eq!(made["url"], "https://shop.example.org/login");
    assert_eq!(made["description"], "Where we buy.");
    let id = made["id"].as_str().expect("an id");
    server.clock.advance(TimeDelta::hours(1));
    let found = call(&server, "GET", &below(id, ""))
        .expect(200)
        .await
        .json();
    for member in ["id", "name", "url", "description", "created_at"] {
        assert_eq!(found[member], made[member], "{member}");
    }
    let created: DateTime<Utc> = found["created_at"]
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("a date");
    assert_eq!((created - before).num_seconds(), 0);
    assert_eq!(found["updated_at"], found["created_at"]);
    let list = call(&server, "GET", "/v1/applications").expect(200).await;
    let list = list.json();
    assert_eq!(names(&list["applications"]), ["Demo application", "A shop"]);
    assert_eq!(list["applications"][1], found);
}

async fn its_name_is_its_host_if_it_has_none() {
    let server = shared().await;
    for (source, name) in [
        ("https://www.Shop.example/login?a=b", "shop.example"),
        ("linkedin.com", "linkedin.com"),
    ] {
        let made = call(server, "POST", "/v1/applications").json(&json!({ "source": source }));
        let made = made.expect(201).await;
        assert_eq!(made.string("/name"), name);
        assert_eq!(made.string("/url"), source);
    }
}

async fn a_source_is_a_web_address_or_a_host() {
    let server = shared().await;
    let create = |source: &str| {
        let body = json!({ "source": source });
        call(server, "POST", "/v1/applications").json(&body)
    };
    for source in [
        "https://a.example",
        "HTTP://localhost:8080/x",
        "a.example:8443",
        "a-b.c.example/path?q",
        "https://b\u{fc}cher.example/",
        "http://[::1]:8080/",
    ] {
        create(source).expect(201).await;
    }
    let long = format!("https://a.example/{}", "a".repeat(2048));
    for source in [
        "",
        "nothing",
        "not a url",
        "https://",
        "https://a b",
        "ftp://a.example",
        "javascript:alert(1)",
        "https://ada:secret@a.example/login",
        "https://@/",
        "https://:80",
        "https://<b>",
        "https://a..example",
        &long,
    ] {
        let answer = create(source).expect(400).await;
        assert!(answer.text().contains("`source`"), "{}", answer.text());
        assert!(!answer.text().contains("secret"), "{}", answer.text());
    }
    for name in ["", " ", "a\u{0}", "a\nb"] {
        let body = json!({"source": "a.example", "name": name});
        let refused = call(server, "POST", "/v1/applications").json(&body);
        let refused = refused.expect(400).await;
        assert!(refused.text().contains("`name` must"), "{}", refused.text());
    }
}

async fn a_search_finds_parts_of_names_in_any_case() {
    let server = Server::start(Setup::default()).await;
    for name in ["Ärzte am Ort", "Shop", "Workshop"] {
        let body = json!({"source": "a.example", "name": name});
        let made = call(&server, "POST", "/v1/applications").json(&body);
        made.expect(201).await;
    }
    let found = async |search: &str| {
        let call = call(&server, "GET", "/v1/applications").query(&[("search", search)]);
        let list = call.expect(200).await.json();
        names(&list["applications"]).join(", ")
    };
    assert_eq!(found("SHOP").await, "Shop, Workshop");
    assert_eq!(found("ärzte").await, "Ärzte am Ort");
    assert_eq!(found("%").await, "");
    assert_eq!(
        found("").await,
        "Demo application, Ärzte am Ort, Shop, Workshop"
    );
}

async fn it_counts_its_identities_and_names_its_methods() {
    let server = shared().await;
    let site = new_site();
    let id = application(server, &site).await;
    let get = || call(server, "GET", &below(&id, "")).expect(200);
    let fresh = get().await.json();
    assert_eq!(
        (&fresh["identity_count"], &fresh["auth_methods"]),
        (&json!(0), &json!([]))
    );
    let field = json!([{"name": "Badge"}]);
    let flow = |methods| json!({"name": "A flow", "methods": methods, "custom_fields": field});
    auth_flow(
        server,
        &id,
        &flow(vec!["authenticator", "username_password"]),
    )
    .await;
    auth_flow(server, &id, &flow(vec!["username_password", "custom"])).await;
    identity(
        server,
        &json!({"source": site, "credentials": [username_password()]}),
    )
    .await;
    let full = get().await.json();
    assert_eq!(full["identity_count"], 1);
    let methods = json!(["authenticator", "username_password", "custom"]);
    assert_eq!(full["auth_methods"], methods);
}

async fn the_demo_s_can_be_signed_in_to() {
    let server = shared().await;
    let id = server.demo("/anchorbrowser/application_id");
    let flows = call(server, "GET", &below(id, "/auth-flows"))
        .expect(200)
        .await;
    let flows = flows.json();
    assert_eq!(
        flows["auth_flows"][0]["methods"],
        json!(["username_password"])
    );
}

async fn deleting_it_deletes_all_that_is_below_it() {
    let server = shared().await;
    let site = new_site();
    let id = application(server, &site).await;
    let flow = json!({"name": "A flow", "methods": ["username_password"]});
    let flow = auth_flow(server, &id, &flow).await;
    let one = identity(server, &json!({ "source": site })).await;
    let token = identity_token(server, &id, "https://app.example.com/").await;
    let gone = call(server, "DELETE", &below(&id, "")).expect(200).await;
    assert_eq!(gone.json(), json!({"success": true}));
    call(server, "DELETE", &below(&id, "")).expect(404).await;
    call(server, "GET", &below(&id, "")).expect(404).await;
    call(server, "GET", &below(&id, "/identities"))
        .expect(404)
        .await;
    call(
        server,
        "DELETE",
        &below(&id, &format!("/auth-flows/{flow}")),
    )
    .expect(404)
    .await;
    call(server, "GET", &format!("/v1/identities/{one}"))
        .expect(404)
        .await;
    let list = call(server, "GET", "/v1/applications").expect(200).await;
    assert!(!list.text().contains(&id));
    let page = server
        .client
        .get("/identity/create")
        .query(&[("token", &token)]);
    assert!(page.expect(410).await.text().contains("no longer good"));
}
