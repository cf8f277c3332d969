//! What an application may be made with, and changed to.

use serde_json::{Value, json};

use super::manager::{Manager, assert_error, assert_field};
use crate::server::shared;

scenarios!(
    scopes_are_those_of_the_resource_server,
    without_a_resource_server_there_are_no_scopes,
    a_public_one_has_pkce_and_no_client_credentials,
    members_are_bounded,
);

const PATH: &str = "/applications";

async fn scopes_are_those_of_the_resource_server() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let api = manager
        .resource_server("https://subset.example", &["a", "b"])
        .await;
    let with = |scopes: Value| json!({"type": "oauth2", "allowed_scopes": scopes});
    let field = "application.protocol_config.allowed_scopes";
    let not_its = "must be scopes of the resource server";
    for scopes in [json!(["a", "c"]), json!(["openid"]), json!(["A"])] {
        let answer = manager.try_application(Some(&api), with(scopes));
        assert_field(&answer.expect(400).await, field, not_its);
    }
    let answer = manager.try_application(Some("nothing"), with(json!(["a"])));
    let unknown = "application.resource_server_id";
    assert_field(&answer.expect(400).await, unknown, "not found");

    let made = manager
        .application(Some(&api), with(json!(["b", "a", "b"])))
        .await;
    let path = format!("{PATH}/{}", made.string("/id"));
    let allowed = &made.json()["protocol_config"]["allowed_scopes"];
    assert_eq!(*allowed, json!(["b", "a"]));
    let change = json!({"application": {"protocol_config": with(json!(["c"]))}});
    let answer = manager.patch(&path, &change).expect(400).await;
    assert_field(&answer, field, not_its);
    // Another resource server does not know the scopes that stay.
    let other = manager
        .resource_server("https://other.example", &["a"])
        .await;
    let change = json!({"application": {"resource_server_id": other}});
    let answer = manager.patch(&path, &change).expect(400).await;
    assert_field(&answer, field, not_its);
    assert_eq!(manager.get(&path).expect(200).await.json(), made.json());
}

async fn without_a_resource_server_there_are_no_scopes() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let config = json!({"type": "oidc", "allowed_scopes": ["tokens:read"]});
    let answer = manager.try_application(None, config).expect(400).await;
    let field = "application.protocol_config.allowed_scopes";
    assert_field(&answer, field, "must be empty without a resource server");
}

async fn a_public_one_has_pkce_and_no_client_credentials() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let pkce = "application.protocol_config.pkce";
    let enabled = "must be enabled for a public application";
    for config in [
        json!({"type": "oauth2", "confidentiality": "public"}),
        json!({"type": "oidc", "confidentiality": "public", "pkce": "disabled"}),
    ] {
        let answer = manager.try_application(None, config).expect(400).await;
        assert_field(&answer, pkce, enabled);
    }
    let config = json!({
        "type": "oauth2", "confidentiality": "public", "pkce": "plain",
        "grant_type": ["authorization_code", "client_credentials"],
    });
    let answer = manager.try_application(None, config).expect(400).await;
    let field = "application.protocol_config.grant_type";
    let description = "must not have client_credentials for a public application";
    assert_field(&answer, field, description);
    let made = manager.application(None, json!({"type": "oauth2"})).await;
    let path = format!("{PATH}/{}", made.string("/id"));
    let config = json!({"type": "oauth2", "confidentiality": "public"});
    let change = json!({"application": {"protocol_config": config}});
    let answer = manager.patch(&path, &change).expect(400).await;
    assert_field(&answer, pkce, enabled);
}

async fn members_are_bounded() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    for (name, value, at) in [
        ("type", json!("saml"), ""),
        ("confidentiality", json!("secret"), ""),
        ("grant_type", json!(["password"]), ".0"),
        ("redirect_uris", json!(["/relative"]), ".0"),
        (
            "redirect_uris",
            json!(["https://a.example/#fragment"]),
            ".0",
        ),
        ("redirect_uris", json!(["https://a.example/\r\nx: y"]), ".0"),
        ("redirect_uris", json!(["javascript:alert(1)"]), ".0"),
        (
            "redirect_uris",
            json!(["https://a.example/", "data:text/html,a"]),
            ".1",
        ),
        ("redirect_uris", json!(["http://a.example/cb"]), ".0"),
        ("redirect_uris", json!(["app://cb"]), ".0"),
        ("redirect_uris", json!([]), ""),
        ("allowed_scopes", json!(["a b"]), ".0"),
        ("token_configuration", json!({}), ".expires_after"),
        (
            "token_configuration",
            json!({"expires_after": -1}),
            ".expires_after",
        ),
        (
            "token_configuration",
            json!({"expires_after": 0}),
            ".expires_after",
        ),
        (
            "token_configuration",
            json!({"expires_after": 2_147_483_648_u32}),
            ".expires_after",
        ),
        ("pkce", json!("S256"), ""),
        ("token_format", json!("jwt"), ""),
        ("enable_refresh_tokens", json!("yes"), ""),
    ] {
        let mut config = json!({"type": "oauth2"});
        config[name] = value;
        let answer = manager.try_application(None, config.clone());
        let answer = answer.expect(400).await;
        let (field, _) =
            assert_error(&answer, "bad_request", "invalid parameters").expect("a field");
        assert_eq!(
            field,
            format!("application.protocol_config.{name}{at}"),
            "{config}"
        );
    }
}
