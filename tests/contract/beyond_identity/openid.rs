//! OpenID Connect Core 1.0: the code flow, and RFC 9207.

use serde_json::{Value, json};

use super::flow::{self, Application, DELETE, assert_redirected_error};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    an_id_token_says_what_it_has_to,
    an_id_token_says_of_the_person_what_scopes_ask_for,
    without_openid_there_is_no_id_token,
    the_nonce_comes_back_exactly,
    grants_exactly_the_scopes_asked_for,
    scopes_may_be_named_with_the_code_after_openid,
    every_answer_names_its_issuer,
    prompt_none_shows_no_page,
    other_prompts_show_the_page,
    a_hint_puts_the_person_first,
    max_age_is_a_number,
    requests_are_not_jwts,
    subjects_are_what_the_application_names_them_by,
);

async fn keys(server: &Server, application: &Application) -> Value {
    let path = application.path(".well-known/jwks.json");
    server.client.get(&path).expect(200).await.json()
}

async fn an_id_token_says_what_it_has_to() {
    let server = Server::start(Setup::default()).await;
    for application in [flow::demo(&server), flow::public_demo(&server)] {
        let query = [("scope", "openid"), ("nonce", "n-0S6_WzA2Mj")];
        let code = application.code_with(&server, &query).await;
        let answer = application.redeem(&server, &code).expect(200).await;
        let token = answer.string("/id_token");
        assert!(forged::verifies(&token, &keys(&server, &application).await));
        let (_, claims) = forged::jwt(&token);
        let (_, access) = forged::jwt(&answer.string("/access_token"));
        let now = server.clock.now().timestamp();
        let expected = json!({
            "iss": access["iss"],
            "sub": access["sub"],
            "aud": application.client_id,
            "azp": application.client_id,
            "exp": now + 3600,
            "iat": now,
            "auth_time": now,
            "nonce": "n-0S6_WzA2Mj",
            "at_hash": forged::half_hash(&answer.string("/access_token")),
        });
        assert_eq!(claims, expected);
    }
}

/// Clients that were written for the vendor read it there and do not ask `/userinfo`.
async fn an_id_token_says_of_the_person_what_scopes_ask_for() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let (name, address) = (json!("Ada Lovelace"), json!("ada@example.com"));
    for (scope, expected) in [
        ("openid", [&Value::Null, &Value::Null, &Value::Null]),
        ("openid profile", [&name, &address, &Value::Null]),
        ("openid email", [&Value::Null, &Value::Null, &address]),
        ("openid profile email", [&name, &address, &address]),
    ] {
        let tokens = public.tokens(server, scope).await;
        let token = tokens.string("/refresh_token");
        let renewed = public.refresh(server, &token, &[]);
        for answer in [tokens, renewed.expect(200).await] {
            let (_, claims) = forged::jwt(&answer.string("/id_token"));
            let told = ["name", "preferred_username", "email"].map(|claim| &claims[claim]);
            assert_eq!(told, expected, "{scope}");
        }
    }
}

async fn without_openid_there_is_no_id_token() {
    let server = shared().await;
    let demo = flow::demo(server);
    let tokens = demo.tokens(server, DELETE).await;
    assert!(tokens.json()["id_token"].is_null());
    let code = demo.code(server).await;
    let tokens = demo.redeem(server, &code).expect(200).await;
    assert!(tokens.json()["id_token"].is_null(), "no scope is not all");
    let form = [("grant_type", "client_credentials")];
    let tokens = demo.token_by_basic(server, &form).expect(200).await;
    assert!(tokens.json()["id_token"].is_null());
}

async fn the_nonce_comes_back_exactly() {
    let server = shared().await;
    let public = flow::public_demo(server);
    for nonce in ["", "a b&c=\"d\"", "\u{e9}\u{1f600}"] {
        let query = [("scope", "openid"), ("nonce", nonce)];
        let code = public.code_with(server, &query).await;
        let answer = public.redeem(server, &code).expect(200).await;
        let (_, claims) = forged::jwt(&answer.string("/id_token"));
        let expected = (!nonce.is_empty()).then_some(nonce);
        assert_eq!(claims["nonce"].as_str(), expected);
    }
    let twice = [("scope", "openid"), ("nonce", "a"), ("nonce", "b")];
    let answer = public.authorize_with_pkce(server, &twice).send().await;
    assert_eq!(answer.status, 400, "{}", answer.text());
}

async fn grants_exactly_the_scopes_asked_for() {
    let server = shared().await;
    let public = flow::public_demo(server);
    for scope in [
        "openid",
        "openid profile email",
        "openid profile email address phone",
        "orders:read openid offline_access",
    ] {
        let tokens = public.tokens(server, scope).await;
        assert_eq!(tokens.string("/scope"), scope);
    }
}

/// The vendor's sample.
async fn scopes_may_be_named_with_the_code_after_openid() {
    let server = shared().await;
    let demo = flow::demo(server);
    let code = demo.code_with(server, &[("scope", "openid")]).await;
    let more = [("code_verifier", flow::VERIFIER), ("scope", DELETE)];
    let tokens = demo.redeem_with(server, &code, &more).expect(200).await;
    assert_eq!(tokens.string("/scope"), DELETE);
    assert!(tokens.json()["id_token"].is_string());
    assert!(demo.opens(server, &tokens.string("/access_token")).await);
}

async fn every_answer_names_its_issuer() {
    let server = shared().await;
    let demo = flow::demo(server);
    let path = demo.path(".well-known/openid-configuration");
    let told = server.client.get(&path).expect(200).await;
    let issuer = Some(told.string("/issuer"));
    let page = demo.authorize_with_pkce(server, &[]).expect(200).await;
    let approved = demo.approve(server, &page).await;
    assert!(approved.location_parameter("code").is_some());
    let page = demo.authorize_with_pkce(server, &[]).expect(200).await;
    let ticket = flow::ticket(&page);
    let deny = [("ticket", ticket.as_str()), ("decision", "deny")];
    let denied = demo.decide(server, &deny).expect(302).await;
    let refused = demo
        .authorize(server, &[("scope", "nothing")])
        .expect(302)
        .await;
    for answer in [approved, denied, refused] {
        assert_eq!(answer.location_parameter("iss"), issuer);
    }
}

async fn prompt_none_shows_no_page() {
    let server = shared().await;
    let demo = flow::demo(server);
    let answer = demo
        .authorize(server, &[("prompt", "none")])
        .expect(302)
        .await;
    assert_redirected_error(&answer, &demo.redirect_uri, "login_required");
    let both = demo.authorize(server, &[("prompt", "none login")]);
    assert_redirected_error(
        &both.expect(302).await,
        &demo.redirect_uri,
        "invalid_request",
    );
    let server = Server::start(Setup::auto_approve()).await;
    let demo = flow::demo(&server);
    let answer = demo
        .authorize(&server, &[("prompt", "none")])
        .expect(302)
        .await;
    assert!(answer.location_parameter("code").is_some());
}

async fn other_prompts_show_the_page() {
    let server = shared().await;
    let demo = flow::demo(server);
    for prompt in ["", "login", "consent login", "select_account", "create"] {
        let call = demo.authorize(server, &[("prompt", prompt)]);
        call.expect(200).await;
    }
}

async fn a_hint_puts_the_person_first() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[]).expect(200).await;
    let people = flow::identities(&page);
    let first = |hint: String| async move {
        let query = [("login_hint", hint.as_str())];
        let page = flow::demo(server)
            .authorize(server, &query)
            .expect(200)
            .await;
        flow::identities(&page).remove(0)
    };
    assert_eq!(first("grace@example.com".to_owned()).await, people[1]);
    assert_eq!(first(people[1].clone()).await, people[1]);
    assert_eq!(first("nobody@example.com".to_owned()).await, people[0]);
    let server = Server::start(Setup::auto_approve()).await;
    let public = flow::public_demo(&server);
    let query = [("scope", "openid"), ("login_hint", "grace@example.com")];
    let answer = public
        .authorize_with_pkce(&server, &query)
        .expect(302)
        .await;
    let code = answer.location_parameter("code").expect("a code");
    let tokens = public.redeem(&server, &code).expect(200).await;
    let call = server.client.get(&public.path("userinfo"));
    let told = call
        .bearer(&tokens.string("/access_token"))
        .expect(200)
        .await;
    assert_eq!(told.string("/email"), "grace@example.com");
}

async fn max_age_is_a_number() {
    let server = shared().await;
    let demo = flow::demo(server);
    for age in ["0", "3600"] {
        demo.authorize(server, &[("max_age", age)])
            .expect(200)
            .await;
    }
    for age in ["-1", "soon", "1.5"] {
        let answer = demo
            .authorize(server, &[("max_age", age)])
            .expect(302)
            .await;
        assert_redirected_error(&answer, &demo.redirect_uri, "invalid_request");
    }
}

async fn requests_are_not_jwts() {
    let server = shared().await;
    let demo = flow::demo(server);
    for (name, value, error) in [
        ("request", "e30.e30.", "request_not_supported"),
        (
            "request_uri",
            "https://a.example/",
            "request_uri_not_supported",
        ),
        ("registration", "{}", "registration_not_supported"),
    ] {
        let answer = demo.authorize(server, &[(name, value)]).expect(302).await;
        assert_redirected_error(&answer, &demo.redirect_uri, error);
    }
}

async fn subjects_are_what_the_application_names_them_by() {
    let server = shared().await;
    for (field, expected) in [
        ("email", Some("ada@example.com")),
        ("username", Some("ada@example.com")),
        ("id", None),
    ] {
        let new = NewApplication {
            more: json!({"subject_field": field}),
            ..NewApplication::default()
        };
        let application = fixture::application(server, new).await;
        let page = application.authorize_with_pkce(server, &[("scope", "openid")]);
        let page = page.expect(200).await;
        let id = flow::identities(&page).remove(0);
        let answer = application.approve(server, &page).await;
        let code = answer.location_parameter("code").expect("a code");
        let tokens = application.redeem(server, &code).expect(200).await;
        let subject = json!(expected.unwrap_or(&id));
        for member in ["/id_token", "/access_token"] {
            let (_, claims) = forged::jwt(&tokens.string(member));
            assert_eq!(claims["sub"], subject, "{member}");
        }
        let (_, claims) = forged::jwt(&tokens.string("/access_token"));
        let principal = claims["bi_p"].as_str().expect("a principal");
        assert!(
            principal.ends_with(&format!("/identities/{id}")),
            "{principal}"
        );
        let call = server.client.get(&application.path("userinfo"));
        let told = call
            .bearer(&tokens.string("/access_token"))
            .expect(200)
            .await;
        assert_eq!(told.json()["sub"], subject);
    }
}
