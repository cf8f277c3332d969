//! The page on which a person redeems an identity token, and where it leads.

use serde_json::json;

use super::browser::{
    CALLBACK, attributes, fields, hidden, identities, page, plain, submit, with_flow,
};
use super::operations::{PASSWORD, application, auth_flow, call, identity_token, new_site};
use crate::server::shared;

scenarios!(
    a_person_makes_an_identity_without_scripts,
    the_demo_s_application_works_at_once,
    every_field_of_a_flow_is_asked_for,
    flows_are_offered_with_the_recommended_one_open,
    an_application_without_flows_asks_for_a_password,
    the_callback_url_keeps_its_query_and_fragment,
    the_page_names_the_very_host_of_the_way_back,
    a_popup_tells_its_opener,
    only_its_own_script_runs,
    to_look_at_the_page_uses_nothing_up,
);

async fn a_person_makes_an_identity_without_scripts() {
    let server = shared().await;
    let (application, flow, token) = with_flow(server, plain()).await;
    let page = page(server, &token).query(&[("userName", "Ada Lovelace")]);
    let page = page.expect(200).await;
    assert!(page.text().contains("Ada Lovelace"));
    assert_eq!(fields(&page), ["password", "username"]);
    let action = attributes(&page.text(), &["form ", "method=\"post\""], "action");
    assert_eq!(action, ["create"], "the form goes elsewhere");
    let (sent, name) = (hidden(&page, "token"), hidden(&page, "userName"));
    let form = [
        ("token", sent.as_str()),
        ("auth_flow_id", &hidden(&page, "auth_flow_id")),
        ("userName", &name),
        ("popup", &hidden(&page, "popup")),
        ("username", "ada@example.com"),
        ("password", PASSWORD),
    ];
    let answer = submit(server, &form).expect(303).await;
    let id = answer
        .location_parameter("identity_id")
        .expect("an identity");
    let expected = format!("{CALLBACK}?identity_id={id}&identityId={id}&status=success");
    assert_eq!(answer.header("location"), expected);
    assert_eq!(answer.header("cache-control"), "no-store");
    let made = call(server, "GET", &format!("/v1/identities/{id}"))
        .expect(200)
        .await;
    assert_eq!(made.string("/name"), "Ada Lovelace");
    assert_eq!(made.string("/status"), "validated");
    let listed = identities(server, &application).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (&listed[0]["id"], &listed[0]["auth_flow"]),
        (&json!(id), &json!(flow))
    );
}

async fn the_demo_s_application_works_at_once() {
    let server = shared().await;
    let application = server.demo("/anchorbrowser/application_id");
    let token = identity_token(server, application, CALLBACK).await;
    let page = page(server, &token).expect(200).await;
    assert!(page.text().contains("Demo application"));
    let flow = hidden(&page, "auth_flow_id");
    let form = [
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("username", "a"),
        ("password", "b"),
    ];
    let answer = submit(server, &form).expect(303).await;
    let id = answer
        .location_parameter("identityId")
        .expect("an identity");
    let made = call(server, "GET", &format!("/v1/identities/{id}"))
        .expect(200)
        .await;
    assert_eq!(made.string("/name"), "Unnamed Identity");
}

/// Browsers and messengers fetch links before people follow them.
async fn to_look_at_the_page_uses_nothing_up() {
    let server = shared().await;
    let application = server.demo("/anchorbrowser/application_id");
    let token = identity_token(server, application, CALLBACK).await;
    for method in ["HEAD", "GET", "HEAD", "GET"] {
        let call = server.client.call(method, "/identity/create");
        let call = call.header("sec-purpose", "prefetch");
        call.query(&[("token", &token)]).expect(200).await;
    }
    let flow = hidden(&page(server, &token).expect(200).await, "auth_flow_id");
    let form = [
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("username", "a"),
        ("password", "b"),
    ];
    submit(server, &form).expect(303).await;
}

async fn every_field_of_a_flow_is_asked_for() {
    let server = shared().await;
    let flow = json!({
        "name": "All",
        "description": "As on the site.",
        "methods": ["username_password", "authenticator", "custom"],
        "custom_fields": [{"name": "Company [EU] & \"more\""}, {"name": "password"}],
    });
    let (_, flow, token) = with_flow(server, flow).await;
    let page = page(server, &token).expect(200).await;
    let company = "custom.Company [EU] & \"more\"";
    let expected = [
        company,
        "custom.password",
        "otp",
        "password",
        "secret",
        "username",
    ];
    assert_eq!(fields(&page), expected);
    assert!(page.text().contains("As on the site."));
    let labels = page.text().matches("<label").count();
    assert_eq!(labels, expected.len(), "a field without a label");
    let mut form = vec![
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("username", "ada"),
    ];
    form.extend([
        ("password", PASSWORD),
        ("secret", "jbsw y3dp"),
        ("custom.password", "x"),
    ]);
    let again = submit(server, &form).expect(400).await.text();
    let username = attributes(&again, &["name=\"username\""], "value");
    assert_eq!(username, ["ada"], "has to be typed again");
    assert!(!again.contains(PASSWORD) && !again.contains("jbsw"));
    form.extend([(company, "Example"), ("otp", "")]);
    submit(server, &form).expect(303).await;
}

async fn flows_are_offered_with_the_recommended_one_open() {
    let server = shared().await;
    let (application, first, _) = with_flow(server, plain()).await;
    let best = json!({"name": "Best", "methods": ["authenticator"], "is_recommended": true});
    let best = auth_flow(server, &application, &best).await;
    let token = identity_token(server, &application, CALLBACK).await;
    let shown = page(server, &token).expect(200).await;
    let flows = attributes(&shown.text(), &["name=\"auth_flow_id\""], "value");
    assert_eq!(flows, [best, first.clone()]);
    assert_eq!(shown.text().matches("<details").count(), 2);
    assert_eq!(shown.text().matches(" open>").count(), 1);
    assert!(shown.text().contains("Recommended"));
    // What was chosen is open when the page is shown again.
    let form = [("token", token.as_str()), ("auth_flow_id", &first)];
    let again = submit(server, &form).expect(400).await.text();
    let opened = again.split(" open>").nth(1).expect("an open flow");
    assert!(opened.find(&first).is_some_and(|at| at < 600), "{again}");
    let form = [
        form[0],
        form[1],
        ("username", "ada"),
        ("password", PASSWORD),
    ];
    submit(server, &form).expect(303).await;
}

async fn an_application_without_flows_asks_for_a_password() {
    let server = shared().await;
    let application = application(server, &new_site()).await;
    let token = identity_token(server, &application, CALLBACK).await;
    let shown = page(server, &token).expect(200).await;
    assert_eq!(fields(&shown), ["password", "username"]);
    let form = [
        ("token", token.as_str()),
        ("username", "ada"),
        ("password", PASSWORD),
    ];
    submit(server, &form).expect(303).await;
    let listed = identities(server, &application).await;
    assert_eq!(listed[0].get("auth_flow"), None);
}

async fn the_callback_url_keeps_its_query_and_fragment() {
    let server = shared().await;
    let application = application(server, &new_site()).await;
    for (callback, start, end) in [
        (
            "https://a.example",
            "https://a.example?identity_id=",
            "&status=success",
        ),
        (
            "https://a.example/?state=a%20b&x=",
            "https://a.example/?state=a%20b&x=&identity_id=",
            "&status=success",
        ),
        (
            "https://a.example/?status=failed&x=1&identity_id=1#top",
            "https://a.example/?x=1&identity_id=",
            "&status=success#top",
        ),
        (
            "https://a.example/cb?#top",
            "https://a.example/cb?identity_id=",
            "&status=success#top",
        ),
    ] {
        let token = identity_token(server, &application, callback).await;
        let form = [
            ("token", token.as_str()),
            ("username", "ada"),
            ("password", PASSWORD),
        ];
        let answer = submit(server, &form).expect(303).await;
        let location = answer.header("location");
        assert!(
            location.starts_with(start) && location.ends_with(end),
            "{location}"
        );
    }
}

async fn the_page_names_the_very_host_of_the_way_back() {
    let server = shared().await;
    let application = server.demo("/anchorbrowser/application_id");
    let token = identity_token(server, application, "https://www.App.example:8443/cb").await;
    let page = page(server, &token).expect(200).await;
    assert!(
        page.text()
            .contains("<strong>www.app.example:8443</strong>")
    );
}

async fn a_popup_tells_its_opener() {
    let server = shared().await;
    let application = application(server, &new_site()).await;
    let callback = "https://App.example.com:8443/linked?a=1";
    let token = identity_token(server, &application, callback).await;
    let form = [
        ("token", token.as_str()),
        ("popup", "true"),
        ("username", "ada"),
        ("password", PASSWORD),
    ];
    let done = submit(server, &form).expect(200).await;
    let html = done.text();
    let id = attributes(&html, &["id=\"back\""], "data-identity").remove(0);
    call(server, "GET", &format!("/v1/identities/{id}"))
        .expect(200)
        .await;
    let link = attributes(&html, &["id=\"back\""], "href");
    let expected = format!("{callback}&identity_id={id}&identityId={id}&status=success");
    assert_eq!(link, [expected], "without scripts there is no way on");
    // Also an opener hears it that cannot be of the callback URL's origin, such as http://localhost:3000.
    assert!(html.contains("'identity-created'") && html.contains("'*'"));
    assert!(!html.contains(PASSWORD) && !html.contains(&token));
}

async fn only_its_own_script_runs() {
    let server = shared().await;
    let (_, _, token) = with_flow(server, plain()).await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let shown = page(server, &token).expect(200).await;
        let policy = shown.header("content-security-policy").to_owned();
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        let html = shown.text();
        let nonces = attributes(&html, &["nonce="], "nonce");
        assert_eq!(nonces.len(), 2, "the style and the script");
        for nonce in &nonces {
            assert!(policy.contains(&format!("script-src 'nonce-{nonce}'")));
            assert!(policy.contains(&format!("style-src 'nonce-{nonce}'")));
        }
        assert_eq!(html.matches("<script").count(), 1);
        for handler in [
            " onclick",
            " onsubmit",
            " onload",
            "style=\"",
            "javascript:",
        ] {
            assert!(!html.contains(handler), "{handler} would not run");
        }
        assert_eq!(shown.header("x-frame-options"), "DENY");
        assert_eq!(shown.header("referrer-policy"), "no-referrer");
        assert_eq!(shown.header("cache-control"), "no-store");
        seen.extend(nonces);
    }
    seen.dedup();
    assert_eq!(seen.len(), 2, "a nonce was used twice");
}
