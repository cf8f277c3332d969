//! The page on which a merchant signs in or up.

use chrono::TimeDelta;

use super::flow::{self, Merchant, RETURN_URL, SIGN_IN, open, token};
use crate::beyond_identity::flow::attribute;
use crate::client::{Answer, Call};
use crate::server::{Server, Setup, shared};

scenarios!(
    has_two_forms_and_no_script,
    names_the_store_that_the_merchant_goes_back_to,
    is_framed_nowhere_and_kept_nowhere,
    is_shown_as_often_as_it_is_asked_for,
    says_what_is_wrong_with_a_token,
    escapes_what_a_merchant_wrote,
    tells_errors_in_json_to_who_prefers_it,
    leads_through_the_flow_in_json_who_prefers_it,
    serves_only_the_application_vtex,
);

fn actions(page: &Answer) -> Vec<String> {
    let html = page.text();
    let forms = html.split('<').filter(|tag| tag.starts_with("form"));
    forms
        .map(|form| {
            assert_eq!(attribute(form, "method").as_deref(), Some("post"));
            attribute(form, "action").expect("an action")
        })
        .collect()
}

async fn has_two_forms_and_no_script() {
    let server = shared().await;
    let token = token(server, RETURN_URL).await;
    let page = open(server, &token).expect(200).await;
    assert_eq!(actions(&page), ["redirect/sign-in", "redirect/sign-up"]);
    assert_eq!(page.text().matches(&token).count(), 2);
    assert!(!page.text().contains("<script"));
    // In answer to a form, the page is at another address, and so are its forms.
    let stranger = Merchant::new();
    let again = stranger.send(server, SIGN_IN, &token).expect(403).await;
    assert_eq!(actions(&again), ["sign-in", "sign-up"]);
    assert!(again.text().contains(&stranger.email));
    assert!(!again.text().contains(&stranger.password));
}

async fn names_the_store_that_the_merchant_goes_back_to() {
    let server = shared().await;
    for (return_url, host) in [
        (RETURN_URL, "admin.store.example"),
        (
            "https://other.example:8443/x?y=https://admin.store.example/",
            "other.example:8443",
        ),
    ] {
        let token = token(server, return_url).await;
        let page = open(server, &token).expect(200).await.text();
        assert!(page.contains(host));
        assert_eq!(
            page.contains("admin.store.example"),
            host == "admin.store.example"
        );
    }
}

async fn is_framed_nowhere_and_kept_nowhere() {
    let server = shared().await;
    let token = token(server, RETURN_URL).await;
    let good = open(server, &token).expect(200).await;
    let bad = open(server, "no-token").expect(400).await;
    for page in [good, bad] {
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(policy.contains("form-action 'self' https:;") && !policy.contains("unsafe"));
        let html = page.text();
        let style = html.split('<').find(|tag| tag.starts_with("style"));
        let nonce = attribute(style.expect("a style"), "nonce").expect("a nonce");
        assert!(policy.contains(&format!("style-src 'nonce-{nonce}'")));
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert!(page.header("content-type").starts_with("text/html"));
    }
}

async fn is_shown_as_often_as_it_is_asked_for() {
    let server = shared().await;
    let token = token(server, RETURN_URL).await;
    for _ in 0..3 {
        open(server, &token).expect(200).await;
    }
    let query = [("token", &*token), ("applicationId", "vtex")];
    let head = server.client.call("HEAD", flow::REDIRECT).query(&query);
    head.expect(200).await;
    Merchant::new().sign_up(server, &token).await;
}

async fn says_what_is_wrong_with_a_token() {
    let server = Server::start(Setup::default()).await;
    let says = async |token: &str, words: &str| {
        let page = open(&server, token).expect(400).await.text();
        assert!(page.contains(words), "{page}");
    };
    says("0d5b1c5e-6f0e-4a55-9a3c-7f2f3ad4c1b6", "no such token").await;
    says("", "no such token").await;

    let used = token(&server, RETURN_URL).await;
    let ticket = Merchant::new().sign_up(&server, &used).await;
    flow::approve(&server, &ticket).expect(303).await;
    says(&used, "was used").await;

    let expiring = token(&server, RETURN_URL).await;
    server.clock.advance(TimeDelta::seconds(15 * 60 - 1));
    open(&server, &expiring).expect(200).await;
    server.clock.advance(TimeDelta::seconds(1));
    says(&expiring, "has expired").await;
}

async fn escapes_what_a_merchant_wrote() {
    let server = shared().await;
    let token = token(server, RETURN_URL).await;
    for email in [
        "a&b'c@merchant.example",
        "\"<script>alert(1)</script>\"@merchant.example",
        "a@merchant.example\"><script>alert(1)</script>",
    ] {
        let merchant = Merchant {
            email: email.to_owned(),
            ..Merchant::new()
        };
        let page = merchant.send(server, SIGN_IN, &token).send().await.text();
        assert!(!page.contains("<script") && !page.contains("b'c"), "{page}");
    }
}

async fn tells_errors_in_json_to_who_prefers_it() {
    let server = shared().await;
    let ask = |accept: &str| {
        open(server, "no-token")
            .header("accept", accept)
            .expect(400)
    };
    let error = ask("application/json").await;
    assert_eq!(error.string("/status"), "error");
    assert_eq!(error.string("/code"), "400");
    assert!(error.string("/message").contains("no such token"));
    for browser in [
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    ] {
        let page = ask(browser).await;
        assert!(page.header("content-type").starts_with("text/html"));
    }
}

/// The vendor's pages ask for `Accept: application/json` on every call.
async fn leads_through_the_flow_in_json_who_prefers_it() {
    let server = shared().await;
    let token = token(server, RETURN_URL).await;
    let json = |call: Call| call.header("accept", "application/json");
    let step = json(open(server, &token)).expect(200).await;
    assert_eq!(step.string("/host"), "admin.store.example");
    let at = |name: &str| format!("/authorization/{}", step.string(name));
    let merchant = Merchant::new();
    let (sign_in, sign_up) = (at("/signIn"), at("/signUp"));
    for (path, status) in [
        (&sign_in, 403),
        (&sign_up, 200),
        (&sign_up, 409),
        (&sign_in, 200),
    ] {
        let answer = json(merchant.send(server, path, &token))
            .expect(status)
            .await;
        if status == 200 {
            assert_eq!(answer.string("/host"), "admin.store.example");
            assert_eq!(answer.string("/email"), merchant.email);
            assert_eq!(answer.string("/consent"), "consent");
            assert!(!answer.string("/ticket").is_empty());
        } else {
            assert_eq!(answer.string("/code"), status.to_string());
        }
    }
    let signed_in = json(merchant.send(server, &sign_in, &token))
        .expect(200)
        .await;
    let ticket = signed_in.string("/ticket");
    json(flow::approve(server, &ticket)).expect(303).await;
}

async fn serves_only_the_application_vtex() {
    let server = shared().await;
    let token = token(server, RETURN_URL).await;
    let good = [("token", &*token), ("applicationId", "vtex")];
    for query in [
        vec![],
        vec![good[0]],
        vec![good[1]],
        vec![good[0], ("applicationId", "")],
        vec![good[0], ("applicationId", "VTEX")],
        vec![good[0], ("applicationId", "other")],
        vec![good[0], good[0], good[1]],
    ] {
        let call = server.client.get(flow::REDIRECT).query(&query);
        let answer = call.expect(400).await;
        assert!(!answer.text().contains(&token));
    }
}
