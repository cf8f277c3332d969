//! What uses a token up, and what does not.

use chrono::TimeDelta;
use serde_json::json;

use super::browser::{CALLBACK, hidden, identities, page, plain, submit, with_flow};
use super::operations::{PASSWORD, TOTP_SECRET, auth_flow, below, call, identity_token};
use crate::secrets;
use crate::server::{Server, Setup, shared};

scenarios!(
    an_incomplete_form_is_shown_again,
    a_flow_that_is_gone_is_not_taken,
    what_was_filled_in_is_sealed,
    a_token_makes_one_identity,
    a_token_makes_one_identity_under_concurrency,
    a_token_lasts_fifteen_minutes,
    looking_does_not_use_a_token_up,
);

async fn an_incomplete_form_is_shown_again() {
    let server = shared().await;
    let flow = json!({"name": "Code", "methods": ["username_password", "authenticator"]});
    let (application, flow, token) = with_flow(server, flow).await;
    let start = [
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("userName", "Ada"),
    ];
    for answers in [
        vec![],
        vec![("username", "ada"), ("password", PASSWORD)],
        vec![
            ("username", "ada"),
            ("password", ""),
            ("secret", TOTP_SECRET),
        ],
        vec![("password", PASSWORD), ("secret", TOTP_SECRET)],
        vec![
            ("username", "ada"),
            ("password", PASSWORD),
            ("secret", "0189"),
        ],
    ] {
        let form: Vec<_> = start.iter().copied().chain(answers).collect();
        let again = submit(server, &form).expect(400).await;
        let html = again.text();
        assert!(
            html.contains("role=\"alert\"") && html.contains("Ada"),
            "{html}"
        );
        assert!(
            !html.contains(PASSWORD) && !html.contains(TOTP_SECRET),
            "{html}"
        );
        assert_eq!(hidden(&again, "token"), token);
    }
    assert!(identities(server, &application).await.is_empty());
    let answers = [
        ("username", "ada"),
        ("password", PASSWORD),
        ("secret", TOTP_SECRET),
    ];
    let form: Vec<_> = start.into_iter().chain(answers).collect();
    submit(server, &form).expect(303).await;
}

async fn a_flow_that_is_gone_is_not_taken() {
    let server = shared().await;
    let (application, flow, token) = with_flow(server, plain()).await;
    let other = auth_flow(server, &application, &plain()).await;
    let path = below(&application, &format!("/auth-flows/{flow}"));
    call(server, "DELETE", &path).expect(200).await;
    let answers = [
        ("token", token.as_str()),
        ("username", "ada"),
        ("password", PASSWORD),
    ];
    let foreign = with_flow(server, plain()).await.1;
    for flow in [None, Some(&flow), Some(&foreign)] {
        let mut form = answers.to_vec();
        form.extend(flow.map(|flow| ("auth_flow_id", flow.as_str())));
        let again = submit(server, &form).expect(400).await;
        assert!(
            again.text().contains("no longer offered"),
            "{}",
            again.text()
        );
        assert_eq!(hidden(&again, "auth_flow_id"), other);
    }
    assert!(identities(server, &application).await.is_empty());
}

async fn what_was_filled_in_is_sealed() {
    let server = Server::start(Setup::default()).await;
    let flow = json!({"name": "A", "methods": ["username_password", "custom"], "custom_fields": [{"name": "Badge"}]});
    let (_, flow, token) = with_flow(&server, flow).await;
    let badge = "a-badge-for-the-page-that-opens-doors-77";
    secrets::keep(badge);
    let form = [
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("username", "someone-whose-name-is-also-sealed"),
        ("password", PASSWORD),
        ("custom.Badge", badge),
    ];
    let answer = submit(&server, &form).expect(303).await;
    let id = answer
        .location_parameter("identity_id")
        .expect("an identity");
    let made = call(&server, "GET", &format!("/v1/identities/{id}"))
        .expect(200)
        .await;
    for (_, answer) in &form[2..] {
        assert!(!made.text().contains(answer), "{}", made.text());
        assert!(!server.database_holds(answer).await, "{answer} is stored");
    }
}

async fn a_token_makes_one_identity() {
    let server = shared().await;
    let (application, flow, token) = with_flow(server, plain()).await;
    let form = [
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("username", "ada"),
        ("password", PASSWORD),
    ];
    submit(server, &form).expect(303).await;
    for answer in [
        submit(server, &form).expect(410).await,
        page(server, &token).expect(410).await,
    ] {
        assert!(answer.text().contains("has been used"), "{}", answer.text());
        assert!(!answer.text().contains("<form"));
    }
    assert_eq!(identities(server, &application).await.len(), 1);
}

async fn a_token_makes_one_identity_under_concurrency() {
    let server = shared().await;
    let (application, flow, token) = with_flow(server, plain()).await;
    let form = [
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("username", "ada"),
        ("password", PASSWORD),
    ];
    let calls = (0..32).map(|_| submit(server, &form).send());
    let answers = futures_util::future::join_all(calls).await;
    let count = |status| {
        answers
            .iter()
            .filter(|answer| answer.status == status)
            .count()
    };
    assert_eq!((count(303), count(410)), (1, 31));
    assert_eq!(identities(server, &application).await.len(), 1);
}

async fn a_token_lasts_fifteen_minutes() {
    let server = Server::start(Setup::default()).await;
    let (application, flow, token) = with_flow(&server, plain()).await;
    let late = identity_token(&server, &application, CALLBACK).await;
    let form = |token| {
        vec![
            ("token", token),
            ("auth_flow_id", flow.as_str()),
            ("username", "ada"),
            ("password", PASSWORD),
        ]
    };
    server
        .clock
        .advance(TimeDelta::minutes(15) - TimeDelta::milliseconds(1));
    page(&server, &token).expect(200).await;
    submit(&server, &form(&token)).expect(303).await;
    page(&server, &late).expect(200).await;
    server.clock.advance(TimeDelta::milliseconds(1));
    for answer in [
        page(&server, &late).expect(410).await,
        submit(&server, &form(&late)).expect(410).await,
    ] {
        assert!(answer.text().contains("has expired"), "{}", answer.text());
    }
    assert_eq!(identities(&server, &application).await.len(), 1);
}

async fn looking_does_not_use_a_token_up() {
    let server = shared().await;
    let (_, flow, token) = with_flow(server, plain()).await;
    for _ in 0..3 {
        page(server, &token).expect(200).await;
        server
            .client
            .call("HEAD", "/identity/create")
            .query(&[("token", &token)])
            .expect(200)
            .await;
    }
    let form = [
        ("token", token.as_str()),
        ("auth_flow_id", &flow),
        ("username", "ada"),
        ("password", PASSWORD),
    ];
    submit(server, &form).expect(303).await;
}
