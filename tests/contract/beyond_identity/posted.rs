//! Authorization requests by POST (OpenID Connect Core 1.0, section 3.1.2.1), and answers in other ways than the query.

use super::flow::{
    self, Application, CHALLENGE, assert_error, assert_redirected_error, attribute, identities,
    ticket,
};
use crate::client::{Answer, Call};
use crate::server::{Server, Setup, shared};

scenarios!(
    a_request_by_post_is_the_same_as_by_get,
    refuses_the_same_as_by_get,
    takes_forms_only,
    owns_up_to_a_broken_store,
    an_answer_in_the_fragment,
    an_answer_by_form_post,
    every_answer_goes_the_way_that_was_asked_for,
    another_way_is_refused,
);

fn post(server: &Server, application: &Application, more: &[(&str, &str)]) -> Call {
    let mut form = vec![
        ("response_type", "code"),
        ("client_id", application.client_id.as_str()),
        ("redirect_uri", &application.redirect_uri),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    form.extend_from_slice(more);
    server
        .client
        .post(&application.path("authorize"))
        .form(&form)
}

async fn a_request_by_post_is_the_same_as_by_get() {
    let server = shared().await;
    for application in [flow::demo(server), flow::public_demo(server)] {
        let more = [
            ("scope", "openid email"),
            ("state", "s"),
            ("nonce", "n"),
            ("more", "x"),
        ];
        let page = post(server, &application, &more).expect(200).await;
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert!(!page.text().contains("<script"));
        let back = application.approve(server, &page).await;
        assert_eq!(back.location_parameter("state").as_deref(), Some("s"));
        let code = back.location_parameter("code").expect("a code");
        let tokens = application.redeem(server, &code).expect(200).await;
        let (_, claims) = crate::forged::jwt(&tokens.string("/id_token"));
        assert_eq!(claims["nonce"], "n");
        assert_eq!(claims["email"], "ada@example.com");
    }
}

async fn refuses_the_same_as_by_get() {
    let server = shared().await;
    let demo = flow::demo(server);
    let to = |more| post(server, &demo, more);
    let answer = to(&[("scope", "nothing"), ("state", "s")])
        .expect(302)
        .await;
    assert_redirected_error(&answer, &demo.redirect_uri, "invalid_scope");
    assert_eq!(answer.location_parameter("state").as_deref(), Some("s"));
    let twice = to(&[("state", "a"), ("state", "b")]).expect(400).await;
    assert_error(&twice, "invalid_request");
    let elsewhere = Application {
        redirect_uri: "https://evil.example/".to_owned(),
        ..demo.clone()
    };
    let unknown = Application {
        id: uuid::Uuid::new_v4().to_string(),
        ..demo.clone()
    };
    for application in [elsewhere, unknown] {
        let answer = post(server, &application, &[]).expect(400).await;
        assert_error(&answer, "invalid_request");
        assert!(answer.headers_of("location").is_empty());
    }
    // What approves is sent elsewhere, and is no request.
    let page = to(&[]).expect(200).await;
    let (ticket, identity) = (ticket(&page), identities(&page).remove(0));
    let form = [
        ("ticket", ticket.as_str()),
        ("identity_id", &identity),
        ("decision", "approve"),
    ];
    let call = server.client.post(&demo.path("authorize")).form(&form);
    assert_error(&call.expect(400).await, "invalid_request");
}

async fn takes_forms_only() {
    let server = shared().await;
    let demo = flow::demo(server);
    let call = || server.client.post(&demo.path("authorize"));
    let json = call().json(&serde_json::json!({"response_type": "code"}));
    assert_error(&json.expect(415).await, "invalid_request");
    let long = "a".repeat(2 << 20);
    let long = call().form(&[("state", long.as_str())]);
    assert_error(&long.expect(413).await, "invalid_request");
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    server.break_store().await;
    let answer = post(&server, &demo, &[]).expect(500).await;
    assert_error(&answer, "server_error");
}

/// A parameter of the fragment in the `Location` header.
fn fragment_parameter(answer: &Answer, name: &str) -> Option<String> {
    let (_, fragment) = answer.header("location").split_once('#')?;
    form_urlencoded::parse(fragment.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// A hidden field of a page.
fn field(page: &Answer, name: &str) -> Option<String> {
    let html = page.text();
    let mut tags = html.split('<');
    let tag = tags.find(|tag| attribute(tag, "name").as_deref() == Some(name))?;
    attribute(tag, "value")
}

async fn an_answer_in_the_fragment() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let more = [("response_mode", "fragment"), ("state", "a b&c")];
    let page = public.authorize_with_pkce(server, &more).expect(200).await;
    let back = public.approve(server, &page).await;
    let location = back.header("location");
    assert!(
        location.starts_with(&format!("{}#", public.redirect_uri)),
        "{location}"
    );
    assert_eq!(fragment_parameter(&back, "state").as_deref(), Some("a b&c"));
    assert!(fragment_parameter(&back, "iss").is_some());
    let code = fragment_parameter(&back, "code").expect("a code");
    public.redeem(server, &code).expect(200).await;
}

async fn an_answer_by_form_post() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let more = [("response_mode", "form_post"), ("state", "\"><b>")];
    let page = public.authorize_with_pkce(server, &more).expect(200).await;
    let (ticket, identity) = (ticket(&page), identities(&page).remove(0));
    let form = [
        ("ticket", ticket.as_str()),
        ("identity_id", &identity),
        ("decision", "approve"),
    ];
    let back = public.decide(server, &form).expect(200).await;
    let html = back.text();
    assert!(!html.contains("<b>"), "{html}");
    let form = html.split('<').find(|tag| tag.starts_with("form "));
    let form = form.expect("a form");
    assert_eq!(
        attribute(form, "action").as_deref(),
        Some(&*public.redirect_uri)
    );
    assert_eq!(attribute(form, "method").as_deref(), Some("post"));
    assert!(
        html.contains("<button"),
        "nothing to go on by without scripts"
    );
    let policy = back.header("content-security-policy");
    assert!(policy.contains("script-src 'nonce-"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    // Where the client leads on to is its own matter.
    assert!(
        policy.contains("form-action 'self' http: https:;"),
        "{policy}"
    );
    assert!(field(&back, "state").is_some() && field(&back, "iss").is_some());
    let code = field(&back, "code").expect("a code");
    public.redeem(server, &code).expect(200).await;
}

async fn every_answer_goes_the_way_that_was_asked_for() {
    let server = shared().await;
    let demo = flow::demo(server);
    for (mode, status) in [("fragment", 302), ("form_post", 200)] {
        let mode = ("response_mode", mode);
        let told = |answer: &Answer, name| match status {
            302 => fragment_parameter(answer, name),
            _ => field(answer, name),
        };
        let wrong = demo.authorize(server, &[mode, ("scope", "nothing")]);
        let wrong = wrong.expect(status).await;
        assert_eq!(told(&wrong, "error").as_deref(), Some("invalid_scope"));
        let page = demo.authorize(server, &[mode]).expect(200).await;
        let ticket = ticket(&page);
        let deny = [("ticket", ticket.as_str()), ("decision", "deny")];
        let denied = demo.decide(server, &deny).expect(status).await;
        assert_eq!(told(&denied, "error").as_deref(), Some("access_denied"));
        let server = Server::start(Setup::auto_approve()).await;
        let demo = flow::demo(&server);
        let approved = demo.authorize(&server, &[mode]).expect(status).await;
        assert!(told(&approved, "code").is_some());
    }
}

async fn another_way_is_refused() {
    let server = shared().await;
    let demo = flow::demo(server);
    for mode in ["Query", "query.jwt", "web_message"] {
        let answer = demo.authorize(server, &[("response_mode", mode)]);
        let answer = answer.expect(302).await;
        assert_redirected_error(&answer, &demo.redirect_uri, "invalid_request");
    }
    for mode in ["", "query"] {
        let call = demo.authorize(server, &[("response_mode", mode)]);
        call.expect(200).await;
    }
}
