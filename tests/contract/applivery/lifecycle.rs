//! Whole lives of tokens: made, used, listed, deleted.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::organization;
use crate::client::Answer;
use crate::server::{Server, Setup, shared};

scenarios!(
    an_application_s_token_lives_until_it_is_deleted,
    a_token_never_expires,
    a_deleted_token_ends_alone,
    a_token_is_deleted_once_however_many_ask,
    the_bearer_is_never_shown_again,
    the_end_of_an_application_is_the_end_of_its_tokens,
    the_end_of_an_organization_is_the_end_of_all_its_tokens,
    a_token_opens_both_lists_in_the_vendor_s_envelope,
);

const INTEGRATIONS: [&str; 2] = ["/v1/integrations/distributions", "/v1/integrations/builds"];

/// The bearer gets this answer everywhere that an application's token may open.
async fn assert_opens(server: &Server, bearer: &str, status: u16) -> Vec<Answer> {
    let calls = INTEGRATIONS.map(|path| server.client.get(path).bearer(bearer).expect(status));
    join_all(calls).await
}

fn ids(list: &Answer) -> Vec<String> {
    let list = list.json();
    let items = list["data"]["items"].as_array().expect("items");
    items
        .iter()
        .map(|item| item["id"].as_str().expect("an id").to_owned())
        .collect()
}

async fn an_application_s_token_lives_until_it_is_deleted() {
    let server = shared().await;
    let own = organization(server).await;
    let application = own.application(server, "Field Reports").await;
    let tokens = format!("/apps/{application}/tokens");
    let body = json!({"description": "for the build server", "scopes": ["sdk"]});
    let call = own.call(server, "POST", &tokens).json(&body);
    let made = call.expect(200).await;
    let (id, bearer) = (made.string("/data/id"), made.string("/data/bearer"));
    assert_opens(server, &bearer, 200).await;

    let list = own.call(server, "GET", &tokens).expect(200).await;
    assert_eq!(ids(&list), [id.as_str()]);
    let item = &list.json()["data"]["items"][0];
    assert_eq!(item["description"], "for the build server");
    assert_eq!(item["scopes"], json!(["sdk"]));
    assert_eq!(item["application"], json!(application));
    assert_eq!(item["organization"], json!(own.organization_id));

    // By its slug, and the id in upper case, as paths may call both.
    let path = format!("/apps/field-reports/tokens/{}", id.to_uppercase());
    let deleted = own.call(server, "DELETE", &path).expect(200).await;
    assert_eq!(&deleted.json()["data"], item);
    assert_opens(server, &bearer, 401).await;
    let list = own.call(server, "GET", &tokens).expect(200).await;
    assert_eq!(ids(&list), [""; 0]);
    own.call(server, "DELETE", &path).expect(404).await;
}

async fn a_token_never_expires() {
    let server = Server::start(Setup::default()).await;
    let own = organization(&server).await;
    let (_, bearer) = own.token(&server).await;
    server.clock.advance(TimeDelta::days(3650));
    assert_opens(&server, &bearer, 200).await;
}

async fn a_deleted_token_ends_alone() {
    let server = shared().await;
    let own = organization(server).await;
    let (first, one) = own.token(server).await;
    let (second, other) = own.token(server).await;
    let path = format!("{}/{first}", own.tokens());
    own.call(server, "DELETE", &path).expect(200).await;
    assert_opens(server, &one, 401).await;
    assert_opens(server, &other, 200).await;
    let list = own.call(server, "GET", &own.tokens()).expect(200).await;
    assert_eq!(ids(&list), [second]);
}

async fn a_token_is_deleted_once_however_many_ask() {
    let server = shared().await;
    let own = organization(server).await;
    let (id, _) = own.token(server).await;
    let path = format!("{}/{id}", own.tokens());
    let calls = (0..16).map(|_| own.call(server, "DELETE", &path).send());
    let answers = join_all(calls).await;
    let count = |status| answers.iter().filter(|one| one.status == status).count();
    assert_eq!((count(200), count(404)), (1, 15));
}

async fn the_bearer_is_never_shown_again() {
    let server = shared().await;
    let own = organization(server).await;
    let (id, bearer) = own.token(server).await;
    let list = own.call(server, "GET", &own.tokens()).expect(200).await;
    let path = format!("{}/{id}", own.tokens());
    let deleted = own.call(server, "DELETE", &path).expect(200).await;
    for answer in [list, deleted] {
        assert!(!answer.text().contains("bearer") && !answer.text().contains(&bearer));
    }
}

async fn the_end_of_an_application_is_the_end_of_its_tokens() {
    let server = shared().await;
    let own = organization(server).await;
    let (_, bearer) = own.token(server).await;
    assert_opens(server, &bearer, 200).await;
    let row = |kind, parent, key| server.store.find_owner("applivery", kind, parent, key);
    let organization = row("organization", None, &own.organization_id).await;
    let organization = organization.expect("a look").expect("an organization").id;
    let application = row("application", Some(organization), &own.application_id).await;
    let application = application.expect("a look").expect("an application").id;
    let deleted = server.store.delete_owner(application, "test").await;
    assert!(deleted.expect("a deletion"));
    assert_opens(server, &bearer, 401).await;
    own.call(server, "GET", &own.tokens()).expect(404).await;
}

async fn the_end_of_an_organization_is_the_end_of_all_its_tokens() {
    let server = shared().await;
    let own = organization(server).await;
    let (_, bearer) = own.token(server).await;
    let row = server
        .store
        .find_owner("applivery", "organization", None, &own.organization_id);
    let organization = row.await.expect("a look").expect("an organization").id;
    let deleted = server.store.delete_owner(organization, "test").await;
    assert!(deleted.expect("a deletion"));
    assert_opens(server, &bearer, 401).await;
    own.call(server, "GET", "/apps").expect(401).await;
}

async fn a_token_opens_both_lists_in_the_vendor_s_envelope() {
    let server = shared().await;
    let (_, bearer) = organization(server).await.token(server).await;
    let expected = |page: u32, limit: u32| -> Value {
        json!({"status": true, "data": {
            "items": [], "page": page, "limit": limit, "totalDocs": 0, "totalPages": 1,
            "hasPrevPage": page > 1, "hasNextPage": false,
        }})
    };
    for answer in assert_opens(server, &bearer, 200).await {
        assert_eq!(answer.json(), expected(1, 20));
    }
    let ask = |path, query: &[(&str, &str)]| server.client.get(path).bearer(&bearer).query(query);
    let filters = [
        [("visibility", "active"), ("filter-type", "gitTag")],
        [("os", "android"), ("status", "in_progress")],
    ];
    for (path, filters) in INTEGRATIONS.into_iter().zip(filters) {
        let call = ask(path, &[("page", "2"), ("limit", "100")]).query(&filters);
        assert_eq!(call.expect(200).await.json(), expected(2, 100));
        for wrong in [
            ("page", "0"),
            ("page", "one"),
            ("limit", "0"),
            ("limit", "101"),
            (filters[0].0, "other"),
            (filters[1].0, ""),
        ] {
            let answer = ask(path, &[wrong]).expect(400).await;
            assert!(answer.text().contains(wrong.0), "{wrong:?}");
        }
    }
}
