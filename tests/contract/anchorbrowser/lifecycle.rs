//! The whole story, as an integrator lives through it.

use chrono::TimeDelta;
use serde_json::json;

use super::browser::{page, submit};
use super::operations::{PASSWORD, auth_flow, below, call, identity_token};
use crate::forged;
use crate::server::{Server, Setup};

scenarios!(from_an_application_to_an_identity_and_back);

async fn from_an_application_to_an_identity_and_back() {
    let server = Server::start(Setup::default()).await;
    let body = json!({"source": "https://shop.example/login", "name": "A shop"});
    let made = call(&server, "POST", "/v1/applications").json(&body);
    let application = made.expect(201).await.string("/id");
    let flow = json!({"name": "Customer login", "methods": ["username_password", "custom"], "custom_fields": [{"name": "Customer number"}]});
    let flow = auth_flow(&server, &application, &flow).await;

    // A token that nobody follows in time, and one that somebody does.
    let callback = "https://app.example.com/linked?user=7";
    let missed = identity_token(&server, &application, callback).await;
    server.clock.advance(TimeDelta::minutes(16));
    page(&server, &missed).expect(410).await;
    let body = json!({ "callbackUrl": callback });
    let minted = call(&server, "POST", &below(&application, "/tokens")).json(&body);
    let minted = minted.expect(201).await;
    let token = minted.string("/data/token");
    assert_eq!(minted.string("/token"), token);
    assert_eq!(minted.string("/tokenHash"), forged::sha256_hex(&token));
    assert_eq!(
        minted.string("/expiresAt"),
        minted.string("/data/expires_at")
    );
    page(&server, &token).expect(200).await;
    let form = [
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("userName", "user 7"),
        ("username", "ada"),
        ("password", PASSWORD),
        ("custom.Customer number", "12-34"),
    ];
    let back = submit(&server, &form).expect(303).await;
    assert!(back.header("location").starts_with(&format!("{callback}&")));
    assert_eq!(
        back.location_parameter("status").as_deref(),
        Some("success")
    );
    let id = back.location_parameter("identity_id").expect("an identity");
    assert_eq!(back.location_parameter("identityId").as_ref(), Some(&id));

    // The team tags it, finds it again by that, and lets it go.
    let path = format!("/v1/identities/{id}");
    let tag = json!({"metadata": {"user": 7}});
    call(&server, "PUT", &path).json(&tag).expect(200).await;
    let find = || {
        let list = call(&server, "GET", &below(&application, "/identities"));
        list.query(&[("metadata", r#"{"user":7}"#)]).expect(200)
    };
    assert_eq!(find().await.string("/identities/0/id"), id);
    assert_eq!(find().await.string("/identities/0/name"), "user 7");
    call(&server, "DELETE", &path).expect(200).await;
    assert_eq!(find().await.json(), json!({"identities": []}));
    page(&server, &token).expect(410).await;
    call(&server, "DELETE", &below(&application, ""))
        .expect(200)
        .await;
}
