//! The authorization endpoint: where it sends whom, and where it never does.

use serde_json::json;

use super::flow::{self, Application, assert_error, assert_redirected_error};
use super::management::manager::Manager;
use crate::fixture::{self, NewApplication};
use crate::server::{Server, Setup, shared};

scenarios!(
    never_redirects_for_an_unknown_client,
    never_redirects_to_a_uri_that_is_not_registered,
    the_only_redirect_uri_may_be_left_out,
    openid_connect_wants_a_redirect_uri,
    no_code_goes_where_the_application_is_no_more,
    of_several_redirect_uris_one_has_to_be_named,
    keeps_the_query_of_a_redirect_uri,
    gives_the_state_back_exactly,
    sends_no_state_that_was_not_sent,
    auto_approve_skips_the_page,
    auto_approve_checks_all_the_same,
);

async fn never_redirects_for_an_unknown_client() {
    let server = shared().await;
    let demo = flow::demo(server);
    let path = demo.path("authorize");
    let uri = ("redirect_uri", demo.redirect_uri.as_str());
    for query in [
        vec![("response_type", "code"), uri],
        vec![("response_type", "code"), uri, ("client_id", "")],
        vec![("response_type", "code"), uri, ("client_id", "nobody")],
        vec![],
    ] {
        let answer = server.client.get(&path).query(&query).expect(400).await;
        assert!(answer.headers_of("location").is_empty());
        assert!(
            ["invalid_request", "invalid_client", "unauthorized_client"]
                .contains(&answer.string("/error").as_str())
        );
    }
}

async fn never_redirects_to_a_uri_that_is_not_registered() {
    let server = shared().await;
    let registered = "https://app.example.com/callback";
    let new = NewApplication {
        redirect_uris: vec![registered],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    for uri in [
        "https://evil.example/",
        "https://app.example.com/callback/",
        "https://app.example.com/callback?a=b",
        "https://app.example.com/callback#f",
        "https://app.example.com/callback/../evil",
        "https://app.example.com/Callback",
        "https://app.example.com/call%62ack",
        "https://app.example.com:443/callback",
        "HTTPS://app.example.com/callback",
        "http://app.example.com/callback",
        "https://app.example.com.evil.example/callback",
        "https://app.example.com@evil.example/callback",
        "https://evil.example/?https://app.example.com/callback",
        "//app.example.com/callback",
        "/callback",
        " https://app.example.com/callback",
        "https://app.example.com/callback\r\nX-Injected: yes",
        "https://app.example.com/callback ",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://*.example.com/callback",
    ] {
        let query = [
            ("response_type", "code"),
            ("client_id", application.client_id.as_str()),
            ("redirect_uri", uri),
            ("state", "s"),
        ];
        let call = server
            .client
            .get(&application.path("authorize"))
            .query(&query);
        let answer = call.expect(400).await;
        assert!(answer.headers_of("location").is_empty(), "{uri}");
        assert!(answer.headers_of("x-injected").is_empty());
        assert_error(&answer, "invalid_request");
    }
    application.authorize(server, &[]).expect(200).await;
}

async fn the_only_redirect_uri_may_be_left_out() {
    let server = shared().await;
    let application = fixture::application(server, NewApplication::default()).await;
    let query = [
        ("response_type", "code"),
        ("client_id", application.client_id.as_str()),
    ];
    let page = server
        .client
        .get(&application.path("authorize"))
        .query(&query)
        .expect(200)
        .await;
    let answer = application.approve(server, &page).await;
    assert!(
        answer
            .header("location")
            .starts_with(&application.redirect_uri)
    );
}

async fn openid_connect_wants_a_redirect_uri() {
    let server = shared().await;
    let demo = flow::demo(server);
    let query = [
        ("response_type", "code"),
        ("client_id", demo.client_id.as_str()),
        ("scope", "openid"),
    ];
    let call = server.client.get(&demo.path("authorize")).query(&query);
    assert_error(&call.expect(400).await, "invalid_request");
}

/// The application changes while the person thinks, and between the code and its redemption.
async fn no_code_goes_where_the_application_is_no_more() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    for change in [
        json!({"type": "oauth2", "redirect_uris": ["https://new.example/cb"]}),
        json!({"type": "oauth2", "pkce": "s256"}),
        json!({"type": "oauth2", "grant_type": ["client_credentials"]}),
    ] {
        let config = json!({"type": "oauth2", "pkce": "disabled"});
        let made = manager.application(None, config).await;
        let client = manager.client(&made);
        let code = client.plain_code(&server).await;
        let page = client.authorize(&server, &[]).expect(200).await;
        let (ticket, identities) = (flow::ticket(&page), flow::identities(&page));
        let path = format!("/applications/{}", client.id);
        let body = json!({"application": {"protocol_config": change}});
        manager.patch(&path, &body).expect(200).await;
        let decision = [
            ("ticket", ticket.as_str()),
            ("identity_id", &identities[0]),
            ("decision", "approve"),
        ];
        let answer = client.decide(&server, &decision).expect(400).await;
        assert_error(&answer, "invalid_request");
        let redeemed = client.redeem_with(&server, &code, &[]).expect(400).await;
        let error = redeemed.string("/error");
        assert!(["invalid_grant", "unauthorized_client"].contains(&error.as_str()));
    }
}

async fn of_several_redirect_uris_one_has_to_be_named() {
    let server = shared().await;
    let new = NewApplication {
        redirect_uris: vec!["https://a.example/cb", "https://b.example/cb"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let query = [
        ("response_type", "code"),
        ("client_id", application.client_id.as_str()),
    ];
    let call = server
        .client
        .get(&application.path("authorize"))
        .query(&query);
    assert_error(&call.expect(400).await, "invalid_request");
    for uri in ["https://a.example/cb", "https://b.example/cb"] {
        let named = Application {
            redirect_uri: uri.to_owned(),
            ..application.clone()
        };
        let page = named.authorize(server, &[]).expect(200).await;
        let answer = named.approve(server, &page).await;
        assert!(answer.header("location").starts_with(uri));
    }
}

async fn keeps_the_query_of_a_redirect_uri() {
    let server = shared().await;
    let new = NewApplication {
        redirect_uris: vec!["https://app.example.com/cb?tenant=1"],
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let page = application.authorize(server, &[]).expect(200).await;
    let answer = application.approve(server, &page).await;
    assert!(
        answer
            .header("location")
            .starts_with("https://app.example.com/cb?tenant=1&")
    );
    assert!(answer.location_parameter("code").is_some());
}

async fn gives_the_state_back_exactly() {
    let server = shared().await;
    let demo = flow::demo(server);
    for state in [
        "xyz",
        "a b&c=d#e%20f+g",
        "\"<script>alert(1)</script>",
        "\u{fc}\u{1f511}",
        "line\r\nSet-Cookie: a=b",
        &"s".repeat(2000),
    ] {
        let page = demo
            .authorize(server, &[("state", state)])
            .expect(200)
            .await;
        let approved = demo.approve(server, &page).await;
        assert_eq!(approved.location_parameter("state").as_deref(), Some(state));
        assert!(approved.headers_of("set-cookie").is_empty());
        let refused = demo
            .authorize(server, &[("state", state), ("scope", "unheard-of")])
            .expect(302)
            .await;
        assert_redirected_error(&refused, &demo.redirect_uri, "invalid_scope");
        assert_eq!(refused.location_parameter("state").as_deref(), Some(state));
    }
}

async fn sends_no_state_that_was_not_sent() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[]).expect(200).await;
    let answer = demo.approve(server, &page).await;
    assert_eq!(answer.location_parameter("state"), None);
    assert!(!answer.header("location").contains('#'), "a fragment");
}

async fn auto_approve_skips_the_page() {
    let server = Server::start(Setup::auto_approve()).await;
    let public = flow::public_demo(&server);
    let answer = public
        .authorize_with_pkce(&server, &[("state", "a b")])
        .expect(302)
        .await;
    assert!(answer.header("location").starts_with(&public.redirect_uri));
    assert_eq!(answer.location_parameter("state").as_deref(), Some("a b"));
    let code = answer.location_parameter("code").expect("a code");
    public.redeem(&server, &code).expect(200).await;
}

async fn auto_approve_checks_all_the_same() {
    let server = Server::start(Setup::auto_approve()).await;
    let public = flow::public_demo(&server);
    let answer = public.authorize(&server, &[]).expect(302).await;
    assert_redirected_error(&answer, &public.redirect_uri, "invalid_request");
    let evil = Application {
        redirect_uri: "https://evil.example/".to_owned(),
        ..public
    };
    evil.authorize_with_pkce(&server, &[]).expect(400).await;
}
