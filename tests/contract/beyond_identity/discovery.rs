//! The application's metadata, where clients look for it and as they need it.

use serde_json::{Value, json};

use super::flow::{self, Application, assert_error};
use crate::fixture::{self, NewApplication};
use crate::server::{Server, Setup, shared};

scenarios!(
    clients_find_it_where_they_look,
    says_what_clients_need,
    every_endpoint_is_there,
    says_what_the_application_has,
    may_be_read_by_scripts_and_kept_for_a_minute,
    knows_no_other_application,
    owns_up_to_a_broken_store,
);

/// Where the metadata is, with the names of RFC 8414 and of OpenID Connect, behind the issuer's path and before it.
fn places(application: &Application) -> Vec<String> {
    let issuer = application.path("");
    let issuer = issuer.trim_end_matches('/');
    let names = ["openid-configuration", "oauth-authorization-server"];
    names
        .iter()
        .flat_map(|name| {
            [
                format!("{issuer}/.well-known/{name}"),
                format!("/.well-known/{name}{issuer}"),
            ]
        })
        .collect()
}

async fn metadata(server: &Server, application: &Application) -> Value {
    let path = application.path(".well-known/openid-configuration");
    server.client.get(&path).expect(200).await.json()
}

async fn clients_find_it_where_they_look() {
    let server = shared().await;
    let demo = flow::demo(server);
    let expected = metadata(server, &demo).await;
    let issuer = format!("{}{}", server.client.base(), demo.path(""));
    assert_eq!(expected["issuer"], json!(issuer.trim_end_matches('/')));
    for place in places(&demo) {
        let answer = server.client.get(&place).expect(200).await;
        assert_eq!(answer.json(), expected, "{place}");
    }
    // What tokens name as their issuer is what leads here.
    let token = demo.access_token(server, flow::DELETE).await;
    let (_, claims) = crate::forged::jwt(&token);
    assert_eq!(claims["iss"], expected["issuer"]);
}

async fn says_what_clients_need() {
    let server = shared().await;
    let told = metadata(server, &flow::public_demo(server)).await;
    for (name, value) in [
        ("response_types_supported", json!(["code"])),
        (
            "response_modes_supported",
            json!(["query", "fragment", "form_post"]),
        ),
        ("subject_types_supported", json!(["public"])),
        ("id_token_signing_alg_values_supported", json!(["RS256"])),
        ("token_endpoint_auth_methods_supported", json!(["none"])),
        ("code_challenge_methods_supported", json!(["S256"])),
        (
            "authorization_response_iss_parameter_supported",
            json!(true),
        ),
        ("request_parameter_supported", json!(false)),
        // Left out, it would mean true (OpenID Connect Discovery 1.0, section 3).
        ("request_uri_parameter_supported", json!(false)),
        (
            "grant_types_supported",
            json!(["authorization_code", "refresh_token"]),
        ),
    ] {
        assert_eq!(told[name], value, "{name}");
    }
    let scopes = told["scopes_supported"].as_array().expect("scopes");
    for scope in ["openid", "offline_access", "orders:read"] {
        assert!(scopes.contains(&json!(scope)), "{scope}");
    }
}

async fn every_endpoint_is_there() {
    let server = shared().await;
    let told = metadata(server, &flow::demo(server)).await;
    for (name, method) in [
        ("authorization_endpoint", "GET"),
        ("token_endpoint", "POST"),
        ("userinfo_endpoint", "GET"),
        ("revocation_endpoint", "POST"),
        ("introspection_endpoint", "POST"),
        ("jwks_uri", "GET"),
    ] {
        let url = told[name].as_str().expect(name);
        let path = url.strip_prefix(server.client.base()).expect("this server");
        let answer = server.client.call(method, path).send().await;
        assert!(![404, 405].contains(&answer.status), "{name}: {url}");
    }
}

async fn says_what_the_application_has() {
    let server = shared().await;
    let new = NewApplication {
        grants: vec!["client_credentials"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let told = metadata(server, &application).await;
    assert_eq!(told["grant_types_supported"], json!(["client_credentials"]));
    let both = json!(["client_secret_basic", "client_secret_post"]);
    for name in ["token", "revocation", "introspection"] {
        let name = format!("{name}_endpoint_auth_methods_supported");
        assert_eq!(told[&name], both, "{name}");
    }
    let scopes = told["scopes_supported"].as_array().expect("scopes");
    assert!(!scopes.contains(&json!("offline_access")));
    let new = NewApplication {
        more: json!({"pkce": "plain"}),
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let told = metadata(server, &application).await;
    let methods = &told["code_challenge_methods_supported"];
    assert_eq!(*methods, json!(["S256", "plain"]));
}

async fn may_be_read_by_scripts_and_kept_for_a_minute() {
    let server = shared().await;
    let demo = flow::demo(server);
    let mut paths = places(&demo);
    paths.push(demo.path(".well-known/jwks.json"));
    for path in paths {
        let answer = server.client.get(&path).expect(200).await;
        assert_eq!(answer.header("cache-control"), "public, max-age=60");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}

async fn knows_no_other_application() {
    let server = shared().await;
    let unknown = Application {
        id: uuid::Uuid::new_v4().to_string(),
        ..flow::demo(server)
    };
    let mut paths = places(&unknown);
    paths.push(unknown.path(".well-known/jwks.json"));
    for path in paths {
        let answer = server.client.get(&path).expect(404).await;
        assert_error(&answer, "invalid_request");
    }
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let unknown = Application {
        id: uuid::Uuid::new_v4().to_string(),
        ..flow::demo(&server)
    };
    let mut paths = places(&unknown);
    paths.push(unknown.path(".well-known/jwks.json"));
    server.break_store().await;
    for path in paths {
        let answer = server.client.get(&path).expect(500).await;
        assert_error(&answer, "server_error");
    }
}
