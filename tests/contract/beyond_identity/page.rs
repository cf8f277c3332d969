//! The page on which a person picks an identity and decides, and the form that it sends.

use chrono::TimeDelta;

use super::flow::{self, Application, assert_error, assert_redirected_error, identities, ticket};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    has_a_form_and_no_script,
    offers_the_identities_of_the_realm_only,
    escapes_what_others_wrote,
    is_framed_nowhere_and_kept_nowhere,
    approving_sends_the_code_back,
    denying_sends_access_denied_back,
    approving_needs_an_identity_of_the_realm,
    a_ticket_works_once,
    a_ticket_works_once_under_concurrency,
    of_approval_and_denial_at_once_one_counts,
    a_ticket_expires,
    refuses_forged_tickets,
    a_ticket_is_good_for_its_own_application_only,
    refuses_incomplete_forms,
    takes_forms_only,
    refuses_bodies_that_are_too_large,
    owns_up_to_a_broken_store,
);

async fn has_a_form_and_no_script() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[("state", "s")]).expect(200).await;
    let html = page.text();
    assert!(!html.to_lowercase().contains("<script"));
    let forms: Vec<&str> = html
        .split('<')
        .filter(|tag| tag.starts_with("form"))
        .collect();
    assert!(!forms.is_empty());
    for form in forms {
        assert_eq!(
            flow::attribute(form, "method").map(|method| method.to_lowercase()),
            Some("post".to_owned())
        );
        let action = flow::attribute(form, "action").unwrap_or_default();
        assert!(!action.contains("//"), "the form goes elsewhere: {action}");
        // What the query had must not travel with the form.
        assert!(
            demo.path(&action) == demo.path("authorize/decision"),
            "{action}"
        );
    }
}

async fn offers_the_identities_of_the_realm_only() {
    let server = shared().await;
    let other = fixture::other_tenant(server).await;
    let own = identities(&flow::demo(server).authorize(server, &[]).expect(200).await);
    let foreign = identities(&other.authorize(server, &[]).expect(200).await);
    assert!(!own.is_empty() && !foreign.is_empty());
    assert!(own.iter().all(|identity| !foreign.contains(identity)));
}

async fn escapes_what_others_wrote() {
    let server = shared().await;
    // As long as a name may be: whoever lists the realm's applications meets it.
    let hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;";
    let new = NewApplication {
        name: hostile,
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    let query = [("state", hostile), ("nonce", hostile)];
    let page = application.authorize(server, &query).expect(200).await;
    let html = page.text();
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
    assert!(!html.contains("\"'>"), "{html}");
    assert!(html.contains("script&"), "the name is not shown: {html}");
    let answer = application.approve(server, &page).await;
    assert_eq!(answer.location_parameter("state").as_deref(), Some(hostile));
}

async fn is_framed_nowhere_and_kept_nowhere() {
    let server = shared().await;
    let page = flow::demo(server).authorize(server, &[]).expect(200).await;
    assert_eq!(page.header("x-frame-options"), "DENY");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"));
    assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
    assert!(policy.contains("form-action 'self' http: https:;"));
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
}

async fn approving_sends_the_code_back() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[("state", "s")]).expect(200).await;
    let answer = demo.approve(server, &page).await;
    assert!(answer.header("location").starts_with(&demo.redirect_uri));
    assert_eq!(answer.location_parameter("state").as_deref(), Some("s"));
    let code = answer.location_parameter("code").expect("a code");
    assert!(code.len() >= 32, "{code} can be guessed");
    assert_eq!(answer.location_parameter("error"), None);
}

async fn denying_sends_access_denied_back() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[("state", "s")]).expect(200).await;
    let form = [("ticket", &*ticket(&page)), ("decision", "deny")];
    let answer = demo.decide(server, &form).expect(302).await;
    assert_redirected_error(&answer, &demo.redirect_uri, "access_denied");
    assert_eq!(answer.location_parameter("state").as_deref(), Some("s"));
    // What was denied cannot be approved after all.
    let identity = identities(&page).remove(0);
    let form = [
        ("ticket", &*ticket(&page)),
        ("identity_id", &identity),
        ("decision", "approve"),
    ];
    demo.decide(server, &form).expect(400).await;
}

async fn approving_needs_an_identity_of_the_realm() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::other_tenant(server).await;
    let foreign = identities(&other.authorize(server, &[]).expect(200).await).remove(0);
    for identity in [None, Some(""), Some("nobody"), Some(foreign.as_str())] {
        let page = demo.authorize(server, &[]).expect(200).await;
        let ticket = ticket(&page);
        let mut form = vec![("ticket", ticket.as_str()), ("decision", "approve")];
        form.extend(identity.map(|identity| ("identity_id", identity)));
        let answer = demo.decide(server, &form).expect(400).await;
        assert_error(&answer, "invalid_request");
    }
}

async fn a_ticket_works_once() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[]).expect(200).await;
    demo.approve(server, &page).await;
    let identity = identities(&page).remove(0);
    for decision in ["approve", "deny"] {
        let form = [
            ("ticket", &*ticket(&page)),
            ("identity_id", &identity),
            ("decision", decision),
        ];
        let answer = demo.decide(server, &form).expect(400).await;
        assert!(answer.headers_of("location").is_empty());
    }
}

async fn a_ticket_works_once_under_concurrency() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[]).expect(200).await;
    let (ticket, identity) = (ticket(&page), identities(&page).remove(0));
    let form = [
        ("ticket", ticket.as_str()),
        ("identity_id", &identity),
        ("decision", "approve"),
    ];
    let calls = (0..16).map(|_| demo.decide(server, &form).send());
    let answers = futures_util::future::join_all(calls).await;
    let codes = answers.iter().filter(|answer| answer.status == 302).count();
    assert_eq!(codes, 1);
}

async fn of_approval_and_denial_at_once_one_counts() {
    let server = shared().await;
    let demo = flow::demo(server);
    for _ in 0..16 {
        let page = demo.authorize(server, &[]).expect(200).await;
        let (ticket, identity) = (ticket(&page), identities(&page).remove(0));
        let decide = |decision| {
            let form = [
                ("ticket", ticket.as_str()),
                ("identity_id", identity.as_str()),
                ("decision", decision),
            ];
            demo.decide(server, &form).send()
        };
        let (approved, denied) =
            futures_util::future::join(decide("approve"), decide("deny")).await;
        let mut statuses = [approved.status, denied.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [302, 400]);
    }
}

async fn a_ticket_expires() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let page = demo.authorize(&server, &[]).expect(200).await;
    server.clock.advance(TimeDelta::hours(1));
    let identity = identities(&page).remove(0);
    let form = [
        ("ticket", &*ticket(&page)),
        ("identity_id", &identity),
        ("decision", "approve"),
    ];
    demo.decide(&server, &form).expect(400).await;
}

async fn refuses_forged_tickets() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[]).expect(200).await;
    let (good, identity) = (ticket(&page), identities(&page).remove(0));
    let code = demo.plain_code(server).await;
    for forged in [
        "",
        "x",
        &forged::tampered(&good),
        &good[..good.len() - 1],
        &code,
    ] {
        let form = [
            ("ticket", forged),
            ("identity_id", &identity),
            ("decision", "approve"),
        ];
        let answer = demo.decide(server, &form).expect(400).await;
        assert_error(&answer, "invalid_request");
    }
}

async fn a_ticket_is_good_for_its_own_application_only() {
    let server = shared().await;
    let demo = flow::demo(server);
    let public = flow::public_demo(server);
    let page = demo.authorize(server, &[]).expect(200).await;
    let (good, identity) = (ticket(&page), identities(&page).remove(0));
    let form = [
        ("ticket", good.as_str()),
        ("identity_id", &identity),
        ("decision", "approve"),
    ];
    public.decide(server, &form).expect(400).await;
    let elsewhere = Application {
        realm: "unknown".to_owned(),
        ..demo.clone()
    };
    elsewhere.decide(server, &form).expect(400).await;
}

async fn refuses_incomplete_forms() {
    let server = shared().await;
    let demo = flow::demo(server);
    let page = demo.authorize(server, &[]).expect(200).await;
    let (good, identity) = (ticket(&page), identities(&page).remove(0));
    let (good, identity) = (
        ("ticket", good.as_str()),
        ("identity_id", identity.as_str()),
    );
    let approve = ("decision", "approve");
    for form in [
        vec![],
        vec![good],
        vec![good, identity],
        vec![identity, approve],
        vec![good, identity, ("decision", "")],
        vec![good, identity, ("decision", "Approve")],
        vec![good, identity, approve, approve],
        vec![good, identity, approve, ("decision", "deny")],
        vec![good, good, identity, approve],
    ] {
        let answer = demo.decide(server, &form).expect(400).await;
        assert_error(&answer, "invalid_request");
        assert!(answer.headers_of("location").is_empty());
    }
}

async fn takes_forms_only() {
    let server = shared().await;
    let path = flow::demo(server).path("authorize/decision");
    for media_type in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
    ] {
        server
            .client
            .post(&path)
            .body(media_type, "{}")
            .expect(415)
            .await;
    }
}

async fn refuses_bodies_that_are_too_large() {
    let server = shared().await;
    let ticket = "a".repeat(2 << 20);
    flow::demo(server)
        .decide(server, &[("ticket", &ticket), ("decision", "deny")])
        .expect(413)
        .await;
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let demo = flow::demo(&server);
    let page = demo.authorize(&server, &[]).expect(200).await;
    let (ticket, identity) = (ticket(&page), identities(&page).remove(0));
    server.break_store().await;
    let form = [
        ("ticket", ticket.as_str()),
        ("identity_id", &identity),
        ("decision", "approve"),
    ];
    let answer = demo.decide(&server, &form).expect(500).await;
    assert_error(&answer, "server_error");
}
