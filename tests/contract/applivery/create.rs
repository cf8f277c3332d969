//! Making integration tokens of applications.

use serde_json::json;

use super::{PERMISSIONS, assert_error};
use crate::client::Call;
use crate::server::{Server, shared};
use crate::{bodies, fixture, forged};

scenarios!(
    mints_a_token_of_the_application,
    finds_both_by_id_and_by_slug,
    takes_a_request_without_a_body,
    takes_descriptions_of_a_thousand_code_points,
    refuses_longer_descriptions_and_wrong_types,
    refuses_what_is_no_json_object,
    says_4002_without_a_token,
    says_4004_with_a_bad_token,
    says_3001_for_what_does_not_exist,
    an_application_of_another_organization_does_not_exist,
    refuses_what_is_neither_id_nor_slug,
    refuses_bodies_that_are_too_large,
    refuses_other_media_types,
);

fn mint(server: &Server, organization: &str, application: &str) -> Call {
    server
        .client
        .post(&path(organization, application))
        .bearer(server.demo("/applivery/api_key"))
}

fn mint_demo(server: &Server) -> Call {
    mint(
        server,
        server.demo("/applivery/organization_id"),
        server.demo("/applivery/application_id"),
    )
}

fn path(organization: &str, application: &str) -> String {
    format!("/v1/organizations/{organization}/apps/{application}/tokens")
}

fn demo_path(server: &Server) -> String {
    path(
        server.demo("/applivery/organization_id"),
        server.demo("/applivery/application_id"),
    )
}

async fn mints_a_token_of_the_application() {
    let server = shared().await;
    let body = json!({"description": "for the SDK", "scopes": ["sdk"]});
    let answer = mint_demo(server).json(&body).expect(200).await.json();
    assert_eq!(answer["status"], json!(true));
    let data = &answer["data"];
    assert_eq!(
        data["organization"].as_str(),
        Some(server.demo("/applivery/organization_id"))
    );
    assert_eq!(
        data["application"].as_str(),
        Some(server.demo("/applivery/application_id"))
    );
    assert_eq!(data["description"], "for the SDK");
    assert_eq!(data["scopes"], json!(["sdk"]));
    let bearer = data["bearer"].as_str().expect("a bearer");
    assert!((32..=128).contains(&bearer.len()));
    assert_eq!(data["id"].as_str().map(str::len), Some(24));
    let again = mint_demo(server).json(&body).expect(200).await.json();
    assert_ne!(data["bearer"], again["data"]["bearer"]);
    assert_ne!(data["id"], again["data"]["id"]);
}

async fn finds_both_by_id_and_by_slug() {
    let server = shared().await;
    let organization = server.demo("/applivery/organization_id");
    let application = server.demo("/applivery/application_id");
    let organizations = [
        organization.to_owned(),
        organization.to_uppercase(),
        server.demo("/applivery/organization_slug").to_owned(),
    ];
    let applications = [
        application.to_owned(),
        application.to_uppercase(),
        server.demo("/applivery/application_slug").to_owned(),
    ];
    for name in &organizations {
        for app in &applications {
            let answer = mint(server, name, app).json(&json!({})).expect(200).await;
            assert_eq!(answer.string("/data/organization"), organization);
            assert_eq!(answer.string("/data/application"), application);
        }
    }
}

async fn takes_a_request_without_a_body() {
    let answer = mint_demo(shared().await).expect(200).await;
    assert!(!answer.string("/data/bearer").is_empty());
}

async fn takes_descriptions_of_a_thousand_code_points() {
    for character in ["a", "\u{fc}", "\u{1f511}"] {
        let description = character.repeat(1000);
        let answer = mint_demo(shared().await)
            .json(&json!({ "description": description }))
            .expect(200)
            .await;
        assert_eq!(answer.string("/data/description"), description);
    }
}

async fn refuses_longer_descriptions_and_wrong_types() {
    for body in [
        json!({"description": "a".repeat(1001)}),
        json!({"description": "\u{1f511}".repeat(1001)}),
        json!({"description": null}),
        json!({"description": 1}),
        json!({"scopes": "sdk"}),
        json!({"scopes": [1]}),
        json!({"scopes": [null]}),
        json!({"scopes": {"0": "sdk"}}),
        json!({"scopes": ["a".repeat(129)]}),
        json!({"scopes": vec!["sdk"; 65]}),
    ] {
        let answer = mint_demo(shared().await).json(&body).expect(400).await;
        assert_error(&answer.json(), None);
        assert!(!answer.text().contains("aaaa"), "echoes what was sent");
    }
}

async fn refuses_what_is_no_json_object() {
    let empty: &[u8] = b"";
    for body in bodies::no_objects(&json!({"description": "a"})) {
        // No bytes at all are no body, and the body is optional.
        if body != empty {
            let call = mint_demo(shared().await).body("application/json", body);
            assert_error(&call.expect(400).await.json(), None);
        }
    }
}

async fn says_4002_without_a_token() {
    let server = shared().await;
    let answer = server.client.post(&demo_path(server)).expect(401).await;
    assert_error(&answer.json(), Some(4002));
    assert_eq!(answer.string("/error/message"), "No auth token");
    assert!(answer.header("www-authenticate").starts_with("Bearer"));
}

async fn says_4004_with_a_bad_token() {
    let server = shared().await;
    let good = server.demo("/applivery/api_key");
    for token in [
        "wrong".to_owned(),
        forged::tampered(good),
        good[..good.len() - 1].to_owned(),
        server.demo("/anchorbrowser/api_key").to_owned(),
    ] {
        let call = server.client.post(&demo_path(server)).bearer(&token);
        let answer = call.expect(401).await;
        assert_error(&answer.json(), Some(4004));
        assert_eq!(answer.string("/error/message"), "Invalid Token");
    }
}

async fn says_3001_for_what_does_not_exist() {
    let server = shared().await;
    let organization = server.demo("/applivery/organization_id");
    let application = server.demo("/applivery/application_id");
    let other = "0123456789abcdef01234567";
    for (organization, application) in [
        (organization, other),
        (organization, "no-such-app"),
        (other, application),
        ("no-such-organization", application),
        (application, organization),
    ] {
        let answer = mint(server, organization, application).expect(404).await;
        assert_error(&answer.json(), Some(3001));
    }
}

async fn an_application_of_another_organization_does_not_exist() {
    let server = shared().await;
    let other = fixture::applivery_organization(server, PERMISSIONS).await;
    let own = server.demo("/applivery/organization_id");
    for (organization, application) in [
        (own, other.application_id.as_str()),
        (&other.organization_id, &other.application_id),
        (
            &other.organization_id,
            server.demo("/applivery/application_id"),
        ),
    ] {
        let answer = mint(server, organization, application).expect(404).await;
        assert_error(&answer.json(), Some(3001));
    }
    let call = server
        .client
        .post(&path(&other.organization_id, &other.application_id))
        .bearer(&other.api_key);
    call.expect(200).await;
}

async fn refuses_what_is_neither_id_nor_slug() {
    let server = shared().await;
    let organization = server.demo("/applivery/organization_id");
    for wrong in ["ab", "a%20b", "caf%C3%A9", "a_b", "%2e%2e%2f"] {
        let answer = mint(server, organization, wrong).expect(400).await;
        assert_error(&answer.json(), None);
        assert!(answer.text().contains("applicationId"));
        let answer = mint(server, wrong, wrong).expect(400).await;
        assert!(
            answer.text().contains("organizationId"),
            "not all violations at once"
        );
        assert!(answer.text().contains("applicationId"));
    }
}

async fn refuses_bodies_that_are_too_large() {
    let body = json!({"description": "a".repeat(2 << 20)});
    let answer = mint_demo(shared().await).json(&body).expect(413).await;
    assert_error(&answer.json(), None);
}

async fn refuses_other_media_types() {
    let server = shared().await;
    for media_type in bodies::NOT_JSON {
        let answer = mint_demo(server).body(media_type, "{}").expect(415).await;
        assert_error(&answer.json(), None);
    }
    mint_demo(server).untyped("{}").expect(415).await;
}
