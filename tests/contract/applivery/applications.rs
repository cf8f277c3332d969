//! Organizations and their applications: made and told of.

use serde_json::json;

use super::{assert_error, organization};
use crate::server::shared;

scenarios!(
    an_account_s_list_of_organizations_is_its_own,
    an_organization_is_told_of_by_id_and_by_slug,
    an_application_is_made_and_told_of,
    a_slug_is_made_of_the_name,
    a_slug_of_a_long_name_fits_into_paths,
    a_slug_is_one_application_s_in_its_organization,
    a_slug_is_not_taken_for_an_id,
    refuses_what_is_no_application,
);

async fn an_account_s_list_of_organizations_is_its_own() {
    let server = shared().await;
    let own = organization(server).await;
    let call = server.client.get("/v1/organizations").bearer(&own.api_key);
    let list = call.expect(200).await.json();
    assert_eq!(list["status"], json!(true));
    let items = list["data"]["items"].as_array().expect("items");
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["id"], json!(own.organization_id));
    assert_eq!(list["data"]["totalDocs"], json!(1));
    let call = server.client.get("/v1/organizations");
    let demo = call.bearer(server.demo("/applivery/api_key")).expect(200);
    let name = demo.await.string("/data/items/0/name");
    assert_eq!(name, "Demo organization");
    let list = |query| {
        let call = server.client.get("/v1/organizations").bearer(&own.api_key);
        call.query(&[query])
    };
    let second = list(("page", "2")).expect(200).await.json();
    assert_eq!(second["data"]["items"], json!([]));
    assert_eq!(
        (&second["data"]["page"], &second["data"]["totalDocs"]),
        (&json!(2), &json!(1))
    );
    for wrong in [("page", "x"), ("page", "0"), ("limit", "101")] {
        assert_error(&list(wrong).expect(400).await.json(), Some(4000));
    }
}

async fn an_organization_is_told_of_by_id_and_by_slug() {
    let server = shared().await;
    let key = server.demo("/applivery/api_key");
    let id = server.demo("/applivery/organization_id");
    let slug = server.demo("/applivery/organization_slug");
    for name in [id, &id.to_uppercase(), slug] {
        let call = server.client.get(&format!("/v1/organizations/{name}"));
        let answer = call.bearer(key).expect(200).await;
        assert_eq!(answer.string("/data/id"), id);
        assert_eq!(answer.string("/data/slug"), slug);
    }
}

async fn an_application_is_made_and_told_of() {
    let server = shared().await;
    let own = organization(server).await;
    let body = json!({"name": "Caf\u{e9}", "slug": "Cafe-2", "description": "d".repeat(1000)});
    let call = own.call(server, "POST", "/apps").json(&body);
    let made = call.expect(200).await;
    let data = &made.json()["data"];
    assert_eq!(data["name"], body["name"]);
    assert_eq!(data["slug"], body["slug"]);
    assert_eq!(data["description"], body["description"]);
    assert_eq!(data["organization"], json!(own.organization_id));
    assert_eq!(data["createdAt"], data["updatedAt"]);
    let id = made.string("/data/id");
    for name in [&*id, &id.to_uppercase(), "Cafe-2", "cafe-2"] {
        let call = own.call(server, "GET", &format!("/apps/{name}"));
        assert_eq!(&call.expect(200).await.json()["data"], data);
    }
    let bare = own.application(server, "Bare").await;
    let call = own.call(server, "GET", &format!("/apps/{bare}"));
    assert!(
        call.expect(200).await.json()["data"]
            .get("description")
            .is_none()
    );
}

async fn a_slug_is_made_of_the_name() {
    let server = shared().await;
    let own = organization(server).await;
    let mut slugs = Vec::new();
    for name in [
        "Field Reports",
        "Field: Reports!",
        "\u{1f511}",
        "abcdef012345678901234567",
    ] {
        let id = own.application(server, name).await;
        let call = own.call(server, "GET", &format!("/apps/{id}"));
        let slug = call.expect(200).await.string("/data/slug");
        let call = own.call(server, "GET", &format!("/apps/{slug}"));
        assert_eq!(call.expect(200).await.string("/data/id"), id);
        slugs.push(slug.replace(&id, "ID"));
    }
    let made = [
        "field-reports",
        "field-reports-ID",
        "app",
        "app-abcdef012345678901234567",
    ];
    assert_eq!(slugs, made);
}

async fn a_slug_of_a_long_name_fits_into_paths() {
    let server = shared().await;
    let own = organization(server).await;
    let name = "n".repeat(100);
    for _ in 0..2 {
        let id = own.application(server, &name).await;
        let call = own.call(server, "GET", &format!("/apps/{id}"));
        let slug = call.expect(200).await.string("/data/slug");
        let call = own.call(server, "GET", &format!("/apps/{slug}"));
        assert_eq!(call.expect(200).await.string("/data/id"), id);
    }
}

async fn a_slug_is_one_application_s_in_its_organization() {
    let server = shared().await;
    let (own, other) = (organization(server).await, organization(server).await);
    let body = json!({"name": "An application", "slug": "the-one"});
    let make = |organization: &crate::fixture::Organization| {
        organization.call(server, "POST", "/apps").json(&body)
    };
    make(&own).expect(200).await;
    assert_error(&make(&own).expect(409).await.json(), Some(4009));
    let shouting = json!({"name": "An application", "slug": "The-One"});
    let call = own.call(server, "POST", "/apps").json(&shouting);
    assert_error(&call.expect(409).await.json(), Some(4009));
    make(&other).expect(200).await;
}

async fn a_slug_is_not_taken_for_an_id() {
    let server = shared().await;
    let own = organization(server).await;
    for slug in ["0123456789abcdef01234567", "0123456789ABCDEF01234567"] {
        let body = json!({"name": "An application", "slug": slug});
        let answer = own.call(server, "POST", "/apps").json(&body).expect(400);
        let answer = answer.await;
        assert_error(&answer.json(), Some(4000));
        assert!(answer.text().contains("slug"));
    }
}

async fn refuses_what_is_no_application() {
    let server = shared().await;
    let own = organization(server).await;
    for (body, member) in [
        (json!({}), "name"),
        (json!({"name": ""}), "name"),
        (json!({"name": " "}), "name"),
        (json!({"name": 1}), "name"),
        (json!({"name": "a".repeat(101)}), "name"),
        (json!({"name": "a", "slug": "ab"}), "slug"),
        (json!({"name": "a", "slug": "a b c"}), "slug"),
        (json!({"name": "a", "slug": "a\\b\\c"}), "slug"),
        (json!({"name": "a", "slug": "a".repeat(101)}), "slug"),
        (
            json!({"name": "a", "description": "a".repeat(1001)}),
            "description",
        ),
        (json!({"name": "a", "description": null}), "description"),
    ] {
        let answer = own.call(server, "POST", "/apps").json(&body).expect(400);
        let answer = answer.await;
        assert_error(&answer.json(), Some(4000));
        assert!(answer.text().contains(member), "{body}: {}", answer.text());
    }
    // What was refused was not made: the fixture's own application is the only one.
    let list = own.call(server, "GET", "/apps").expect(200).await.json();
    assert_eq!(list["data"]["totalDocs"], json!(1));
}
