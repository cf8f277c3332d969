//! The whole story, as an integrator lives through it.

use serde_json::json;

use super::manager::{Manager, assert_missing};
use crate::forged;
use crate::server::shared;

scenarios!(
    a_client_is_made_mints_is_seen_and_is_stopped,
    a_client_of_the_management_api_manages,
);

async fn a_client_is_made_mints_is_seen_and_is_stopped() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    // Its API, itself, and a token of its own.
    let api = manager
        .resource_server("https://story.example", &["stories:read", "stories:create"])
        .await;
    let config = json!({
        "type": "oauth2",
        "allowed_scopes": ["stories:read", "stories:create"],
        "grant_type": ["client_credentials"],
        "token_configuration": {"expires_after": 3600},
    });
    let made = manager.application(Some(&api), config).await;
    let client = manager.client(&made);
    let token = client.access_token(server, "stories:read").await;
    let (_, claims) = forged::jwt(&token);
    assert_eq!(
        claims["aud"],
        json!([client.client_id, "https://story.example"])
    );

    // It is seen, and revoked by what is seen of it.
    let path = format!("/applications/{}/tokens", client.id);
    let list = manager.get(&path).expect(200).await.json();
    assert_eq!(list["total_size"], 1);
    assert_eq!(list["tokens"][0]["id"], claims["jti"]);
    assert_eq!(list["tokens"][0]["scopes"], json!(["stories:read"]));
    let id = claims["jti"].as_str().expect("a jti");
    manager.delete(&format!("{path}/{id}")).expect(200).await;
    let list = manager.get(&path).expect(200).await.json();
    assert_eq!(list["total_size"], 0);
    let answer = manager.delete(&format!("{path}/{id}")).expect(404).await;
    assert_missing(&answer, "Token", id);

    // The application goes, then what it was for.
    let application = format!("/applications/{}", client.id);
    manager.delete(&application).expect(200).await;
    let grant = [("grant_type", "client_credentials")];
    client.token_by_basic(server, &grant).expect(401).await;
    let api = format!("/resource-servers/{api}");
    manager.delete(&api).expect(200).await;
}

async fn a_client_of_the_management_api_manages() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let api = manager.management_api().await;
    let scopes = ["tokens:read", "tokens:delete", "applications:read"];
    for format in ["self_contained", "referential"] {
        let config = json!({
            "type": "oauth2",
            "allowed_scopes": scopes,
            "grant_type": ["client_credentials"],
            "token_format": format,
        });
        let made = manager.application(Some(&api), config).await;
        let client = manager.client(&made);
        let own = Manager::of(server, &client).await;
        let path = format!("/applications/{}", client.id);
        own.get(&path).expect(200).await;
        own.patch(&path, &json!({"application": {}}))
            .expect(403)
            .await;
        // It ends itself.
        let tokens = format!("{path}/tokens");
        let list = own.get(&tokens).expect(200).await;
        let id = list.string("/tokens/0/id");
        own.delete(&format!("{tokens}/{id}")).expect(200).await;
        own.get(&tokens).expect(401).await;
    }
}
