//! The authorization endpoint: what it takes and what it refuses.

use super::flow::{self, Application, CHALLENGE, assert_error, assert_redirected_error};
use crate::fixture::{self, NewApplication};
use crate::server::{Server, Setup, shared};

scenarios!(
    shows_a_page,
    wants_the_response_type_code,
    refuses_scopes_that_are_not_allowed,
    takes_openid_as_the_vendor_s_example_does,
    a_public_client_must_use_pkce,
    takes_s256_only,
    refuses_malformed_challenges,
    refuses_repeated_parameters,
    ignores_unknown_parameters,
    a_client_without_the_grant_is_unauthorized,
    knows_the_application_only_in_its_own_realm_and_tenant,
    another_application_s_client_is_not_known,
    is_not_open_to_scripts_of_other_origins,
    answers_head,
    owns_up_to_a_broken_store,
);

async fn shows_a_page() {
    let server = shared().await;
    let page = flow::demo(server).authorize(server, &[]).expect(200).await;
    assert!(
        page.header("content-type")
            .eq_ignore_ascii_case("text/html; charset=utf-8")
    );
    assert!(page.text().to_lowercase().starts_with("<!doctype html>"));
}

async fn wants_the_response_type_code() {
    let server = shared().await;
    let demo = flow::demo(server);
    for (response_type, error) in [
        (None, "invalid_request"),
        (Some(""), "invalid_request"),
        (Some("token"), "unsupported_response_type"),
        (Some("code token"), "unsupported_response_type"),
        (Some("id_token"), "unsupported_response_type"),
        (Some("Code"), "unsupported_response_type"),
    ] {
        let mut query = vec![
            ("client_id", demo.client_id.as_str()),
            ("redirect_uri", &demo.redirect_uri),
            ("state", "s"),
        ];
        query.extend(response_type.map(|value| ("response_type", value)));
        let call = server.client.get(&demo.path("authorize")).query(&query);
        let answer = call.expect(302).await;
        assert_redirected_error(&answer, &demo.redirect_uri, error);
        assert_eq!(answer.location_parameter("state").as_deref(), Some("s"));
    }
}

async fn refuses_scopes_that_are_not_allowed() {
    let server = shared().await;
    let new = NewApplication {
        scopes: vec!["realms:read"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    for scope in ["tokens:delete", "openid tokens:delete", "a\"b", "\u{e9}"] {
        let answer = application
            .authorize(server, &[("scope", scope)])
            .expect(302)
            .await;
        assert_redirected_error(&answer, &application.redirect_uri, "invalid_scope");
    }
}

async fn takes_openid_as_the_vendor_s_example_does() {
    let server = shared().await;
    flow::demo(server)
        .authorize(server, &[("scope", "openid"), ("state", "s")])
        .expect(200)
        .await;
}

async fn a_public_client_must_use_pkce() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let answer = public
        .authorize(server, &[("state", "s")])
        .expect(302)
        .await;
    assert_redirected_error(&answer, &public.redirect_uri, "invalid_request");
    public.authorize_with_pkce(server, &[]).expect(200).await;
}

async fn takes_s256_only() {
    let server = shared().await;
    for application in [flow::demo(server), flow::public_demo(server)] {
        for method in [Some("plain"), Some("s256"), Some("none"), None] {
            let mut query = vec![("code_challenge", CHALLENGE)];
            query.extend(method.map(|method| ("code_challenge_method", method)));
            let answer = application.authorize(server, &query).expect(302).await;
            assert_redirected_error(&answer, &application.redirect_uri, "invalid_request");
        }
    }
}

async fn refuses_malformed_challenges() {
    let server = shared().await;
    let demo = flow::demo(server);
    for challenge in [
        "short",
        &"a".repeat(129),
        &format!("{CHALLENGE}="),
        &"\u{e9}".repeat(43),
    ] {
        let query = [
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ];
        let answer = demo.authorize(server, &query).expect(302).await;
        assert_redirected_error(&answer, &demo.redirect_uri, "invalid_request");
    }
}

async fn refuses_repeated_parameters() {
    let server = shared().await;
    let demo = flow::demo(server);
    for (name, value) in [
        ("client_id", demo.client_id.as_str()),
        ("redirect_uri", &demo.redirect_uri),
        ("redirect_uri", "https://evil.example/"),
        ("response_type", "code"),
    ] {
        let answer = demo.authorize(server, &[(name, value)]).send().await;
        refused_as_repeated(&answer, &demo.redirect_uri);
    }
    let twice = [("state", "a"), ("state", "b")];
    let answer = demo.authorize(server, &twice).send().await;
    refused_as_repeated(&answer, &demo.redirect_uri);
}

/// Told to the person, or to the client at its registered address; never a page, never elsewhere.
fn refused_as_repeated(answer: &crate::client::Answer, redirect_uri: &str) {
    if answer.status == 302 {
        assert_redirected_error(answer, redirect_uri, "invalid_request");
    } else {
        assert_eq!(answer.status, 400, "{}", answer.text());
        assert_error(answer, "invalid_request");
    }
}

async fn ignores_unknown_parameters() {
    let server = shared().await;
    let more = [
        ("ui_locales", "de"),
        ("unheard_of", "n"),
        ("unheard_of", "m"),
    ];
    flow::demo(server)
        .authorize(server, &more)
        .expect(200)
        .await;
}

async fn a_client_without_the_grant_is_unauthorized() {
    let server = shared().await;
    let new = NewApplication {
        grants: vec!["client_credentials"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let answer = application.authorize(server, &[]).expect(302).await;
    assert_redirected_error(&answer, &application.redirect_uri, "unauthorized_client");
}

async fn knows_the_application_only_in_its_own_realm_and_tenant() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::other_tenant(server).await;
    for elsewhere in [
        Application {
            tenant: other.tenant.clone(),
            ..demo.clone()
        },
        Application {
            realm: other.realm.clone(),
            ..demo.clone()
        },
        Application {
            id: uuid::Uuid::new_v4().to_string(),
            ..demo.clone()
        },
    ] {
        let answer = elsewhere.authorize(server, &[]).expect(400).await;
        assert!(answer.headers_of("location").is_empty());
    }
}

async fn another_application_s_client_is_not_known() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::application(server, NewApplication::default()).await;
    let mixed = Application {
        client_id: other.client_id,
        redirect_uri: other.redirect_uri,
        ..demo
    };
    let answer = mixed.authorize(server, &[]).expect(400).await;
    assert!(answer.headers_of("location").is_empty());
}

async fn is_not_open_to_scripts_of_other_origins() {
    let server = shared().await;
    let answer = flow::demo(server)
        .authorize(server, &[])
        .header("origin", "https://evil.example")
        .expect(200)
        .await;
    assert!(answer.headers_of("access-control-allow-origin").is_empty());
}

async fn answers_head() {
    let server = shared().await;
    let demo = flow::demo(server);
    let call = server.client.call("HEAD", &demo.path("authorize")).query(&[
        ("response_type", "code"),
        ("client_id", demo.client_id.as_str()),
        ("redirect_uri", &demo.redirect_uri),
    ]);
    call.expect(200).await;
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    server.break_store().await;
    let answer = demo.authorize(&server, &[]).expect(500).await;
    assert_error(&answer, "server_error");
}
