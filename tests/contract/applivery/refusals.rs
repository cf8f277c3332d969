//! What every operation refuses alike.

use serde_json::json;

use super::operation::{OPERATIONS, Opens, body};
use super::{PERMISSIONS, assert_error, organization};
use crate::fixture::{self, Organization};
use crate::server::{Server, Setup, shared};
use crate::{bodies, forged};

scenarios!(
    without_a_token_it_is_4002,
    with_a_bad_token_it_is_4004,
    a_token_of_the_other_kind_is_4004,
    without_the_permission_it_is_4003,
    what_is_another_s_is_as_what_does_not_exist,
    what_is_no_id_and_no_slug_is_4000,
    bodies_are_held_to_the_contract,
    a_broken_store_is_5000,
);

/// No row's id: its time is before all.
const NOBODY: &str = "000000000001abcdef012345";

async fn without_a_token_it_is_4002() {
    let server = shared().await;
    let own = organization(server).await;
    for operation in &OPERATIONS {
        let answer = operation.call(server, &own, NOBODY).expect(401).await;
        assert_error(&answer.json(), Some(4002));
        assert_eq!(answer.string("/error/message"), "No auth token");
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
    }
}

async fn with_a_bad_token_it_is_4004() {
    let server = shared().await;
    let own = organization(server).await;
    let (_, bearer) = own.token(server).await;
    for operation in &OPERATIONS {
        let good = match operation.opens {
            Opens::Permission(_) => &own.api_key,
            Opens::ApplicationToken => &bearer,
        };
        for bad in [
            "wrong".to_owned(),
            forged::tampered(good),
            good[..good.len() - 1].to_owned(),
            server.demo("/anchorbrowser/api_key").to_owned(),
        ] {
            let call = operation.call(server, &own, NOBODY).bearer(&bad);
            let answer = call.expect(401).await;
            assert_error(&answer.json(), Some(4004));
            assert_eq!(answer.string("/error/message"), "Invalid Token");
        }
    }
}

async fn a_token_of_the_other_kind_is_4004() {
    let server = shared().await;
    let own = organization(server).await;
    let (id, bearer) = own.token(server).await;
    for operation in &OPERATIONS {
        let other = match operation.opens {
            Opens::Permission(_) => &bearer,
            Opens::ApplicationToken => &own.api_key,
        };
        let call = operation.call(server, &own, &id).bearer(other);
        assert_error(&call.expect(401).await.json(), Some(4004));
    }
}

async fn without_the_permission_it_is_4003() {
    let server = shared().await;
    for operation in &OPERATIONS {
        let Opens::Permission(permission) = operation.opens else {
            continue;
        };
        let others: Vec<&str> = PERMISSIONS
            .split(' ')
            .filter(|other| *other != permission)
            .collect();
        let lesser = fixture::applivery_organization(server, &others.join(" ")).await;
        let call = operation.call(server, &lesser, NOBODY);
        let answer = call.bearer(&lesser.api_key).expect(403).await;
        assert_error(&answer.json(), Some(4003));
        assert!(answer.text().contains(permission));
        // That permission alone opens it; the token to be deleted does not exist.
        let enough = fixture::applivery_organization(server, permission).await;
        let call = operation.call(server, &enough, NOBODY);
        let answer = call.bearer(&enough.api_key).send().await;
        let expected = if operation.method == "DELETE" {
            404
        } else {
            200
        };
        assert_eq!(answer.status, expected, "{}", operation.path);
    }
}

async fn what_is_another_s_is_as_what_does_not_exist() {
    let server = shared().await;
    let (own, other) = (organization(server).await, organization(server).await);
    let (id, bearer) = other.token(server).await;
    let below = |organization: &str, application: &str| Organization {
        organization_id: organization.to_owned(),
        application_id: application.to_owned(),
        api_key: String::new(),
    };
    for operation in &OPERATIONS {
        let mut wrong = vec![
            below(&other.organization_id, &other.application_id),
            below(&other.organization_id, &own.application_id),
            below("no-such-organization", &own.application_id),
            below(NOBODY, &own.application_id),
        ];
        if operation.path.contains("{app}") {
            wrong.push(below(&own.organization_id, &other.application_id));
            wrong.push(below(&own.organization_id, "no-such-app"));
            wrong.push(below(&own.organization_id, NOBODY));
        }
        if operation.path.contains("{token}") {
            wrong.push(below(&own.organization_id, &own.application_id));
        }
        if !operation.path.contains("{org}") {
            continue;
        }
        for wrong in &wrong {
            let call = operation.call(server, wrong, &id).bearer(&own.api_key);
            let answer = call.expect(404).await;
            assert_error(&answer.json(), Some(3001));
            assert_eq!(answer.string("/error/message"), "Entity not found");
        }
    }
    // Nothing of all this ended the other's token.
    let call = server.client.get("/v1/integrations/builds").bearer(&bearer);
    call.expect(200).await;
}

async fn what_is_no_id_and_no_slug_is_4000() {
    let server = shared().await;
    let own = organization(server).await;
    let wrong = Organization {
        organization_id: "a_b".to_owned(),
        application_id: "caf%C3%A9".to_owned(),
        api_key: String::new(),
    };
    for operation in OPERATIONS.iter().filter(|one| one.path.contains("{org}")) {
        let call = operation.call(server, &wrong, "no-id");
        let answer = call.bearer(&own.api_key).expect(400).await;
        assert_error(&answer.json(), Some(4000));
        for (variable, name) in [
            ("{org}", "organizationId"),
            ("{app}", "applicationId"),
            ("{token}", "tokenId"),
        ] {
            let told = answer.text().contains(name);
            assert_eq!(told, operation.path.contains(variable), "{name}");
        }
    }
}

async fn bodies_are_held_to_the_contract() {
    let server = shared().await;
    let own = organization(server).await;
    for operation in OPERATIONS.iter().filter(|operation| operation.body) {
        let call = || {
            let path = operation
                .path
                .replace("{org}", &own.organization_id)
                .replace("{app}", &own.application_id);
            server.client.post(&path).bearer(&own.api_key)
        };
        for media_type in bodies::NOT_JSON {
            let answer = call().body(media_type, body().to_string()).expect(415);
            assert_error(&answer.await.json(), Some(4015));
        }
        let large = json!({ "name": "a", "description": "a".repeat(2 << 20) });
        assert_error(&call().json(&large).expect(413).await.json(), Some(4013));
        for bytes in bodies::no_objects(&body()) {
            if !bytes.is_empty() {
                let answer = call().body("application/json", bytes).expect(400);
                assert_error(&answer.await.json(), Some(4000));
            }
        }
    }
}

async fn a_broken_store_is_5000() {
    let server = Server::start(Setup::default()).await;
    let own = organization(&server).await;
    let maker = organization(&server).await;
    let (id, bearer) = maker.token(&server).await;
    server.break_store().await;
    for operation in &OPERATIONS {
        let credential = match operation.opens {
            Opens::Permission(_) => &own.api_key,
            Opens::ApplicationToken => &bearer,
        };
        let call = operation.call(&server, &own, &id).bearer(credential);
        assert_error(&call.expect(500).await.json(), Some(5000));
    }
}
