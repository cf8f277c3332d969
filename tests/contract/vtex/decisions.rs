//! A merchant's decision, and the way back.

use chrono::TimeDelta;
use futures_util::future::join_all;

use super::flow::{
    self, CONSENT, Merchant, RETURN_URL, approve, code, decide, merchant, open, redeem, ticket,
    token,
};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    approving_brings_the_code_where_the_return_url_awaits_it,
    nothing_but_the_token_says_where_the_merchant_goes,
    denying_brings_the_merchant_nowhere_and_ends_the_token,
    denying_is_told_in_json_to_who_prefers_it,
    a_page_works_once,
    a_page_works_once_under_concurrency,
    a_token_is_for_one_decision,
    a_token_is_for_one_decision_under_concurrency,
    of_yes_and_no_at_once_in_two_tabs_one_counts,
    a_page_ends_with_its_token,
    refuses_forged_tickets,
    refuses_incomplete_forms,
);

async fn approving_brings_the_code_where_the_return_url_awaits_it() {
    let server = shared().await;
    let merchant = merchant(server).await;
    for (return_url, before, after) in [
        (RETURN_URL, RETURN_URL, ""),
        (
            "https://store.example/return?authorizationCode=&step=2",
            "https://store.example/return?authorizationCode=",
            "&step=2",
        ),
        (
            "https://store.example:8443/return?a=b%20c&authorizationCode=&step=2#part",
            "https://store.example:8443/return?a=b%20c&authorizationCode=",
            "&step=2#part",
        ),
        (
            "https://store.example/return#part",
            "https://store.example/return?authorizationCode=",
            "#part",
        ),
        (
            "https://store.example?x",
            "https://store.example?x&authorizationCode=",
            "",
        ),
    ] {
        let token = token(server, return_url).await;
        let ticket = merchant.sign_in(server, &token).await;
        let answer = approve(server, &ticket).expect(303).await;
        let code = code(&answer);
        assert!(code.len() >= 32, "{code} can be guessed");
        assert_eq!(answer.header("location"), format!("{before}{code}{after}"));
        redeem(server, &code).expect(200).await;
    }
}

async fn nothing_but_the_token_says_where_the_merchant_goes() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let elsewhere = [
        ("returnUrl", "https://evil.example/"),
        ("redirect_uri", "https://evil.example/"),
    ];
    let page = open(server, &token).query(&elsewhere).expect(200).await;
    assert!(!page.text().contains("evil.example"));
    let ticket = merchant.sign_in(server, &token).await;
    let mut form = vec![("ticket", &*ticket), ("decision", "approve")];
    form.extend(elsewhere);
    let call = server.client.post(CONSENT).query(&elsewhere).form(&form);
    let call = call.header("origin", "https://evil.example");
    let answer = call.header("host", "evil.example").expect(303).await;
    assert!(answer.header("location").starts_with(RETURN_URL));
    assert!(!answer.header("location").contains("evil.example"));
}

async fn denying_brings_the_merchant_nowhere_and_ends_the_token() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let (first, second) = (
        merchant.sign_in(server, &token).await,
        merchant.sign_in(server, &token).await,
    );
    let answer = decide(server, &first, "deny").expect(200).await;
    assert!(answer.headers_of("location").is_empty());
    assert!(answer.text().contains("Nothing was connected"));
    for ticket in [&first, &second] {
        approve(server, ticket).expect(400).await;
        decide(server, ticket, "deny").expect(400).await;
    }
    let ended = open(server, &token).expect(400).await.text();
    assert!(ended.contains("nothing was connected"), "{ended}");
    assert!(!ended.contains("used before"), "{ended}");
}

async fn denying_is_told_in_json_to_who_prefers_it() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let ticket = merchant.sign_in(server, &token).await;
    let call = decide(server, &ticket, "deny").header("accept", "application/json");
    let told = call.expect(200).await.json();
    assert_eq!(told, serde_json::json!({"connected": false}));
}

async fn a_page_works_once() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let ticket = merchant.sign_in(server, &token).await;
    let answer = approve(server, &ticket).expect(303).await;
    for decision in ["approve", "deny"] {
        let again = decide(server, &ticket, decision).expect(400).await;
        assert!(again.headers_of("location").is_empty());
    }
    // Whoever pressed the button twice has lost nothing.
    redeem(server, &code(&answer)).expect(200).await;
}

async fn a_page_works_once_under_concurrency() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let ticket = merchant.sign_in(server, &token).await;
    let calls = (0..16).map(|_| approve(server, &ticket).send());
    let answers = join_all(calls).await;
    let (back, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|one| one.status == 303);
    assert_eq!((back.len(), refused.len()), (1, 15));
    assert!(refused.iter().all(|answer| answer.status == 400));
    redeem(server, &code(back[0])).expect(200).await;
}

async fn a_token_is_for_one_decision() {
    let server = shared().await;
    let (one, other) = (merchant(server).await, merchant(server).await);
    let token = token(server, RETURN_URL).await;
    let first = one.sign_in(server, &token).await;
    let second = other.sign_in(server, &token).await;
    let answer = approve(server, &first).expect(303).await;
    let late = approve(server, &second).expect(400).await;
    assert!(late.text().contains("was used"));
    redeem(server, &code(&answer)).expect(200).await;
}

async fn a_token_is_for_one_decision_under_concurrency() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let mut tickets = Vec::new();
    for _ in 0..8 {
        tickets.push(merchant.sign_in(server, &token).await);
    }
    let calls = tickets.iter().map(|ticket| approve(server, ticket).send());
    let answers = join_all(calls).await;
    let back = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(back, 1);
}

async fn of_yes_and_no_at_once_in_two_tabs_one_counts() {
    let server = shared().await;
    let merchant = merchant(server).await;
    for _ in 0..8 {
        let token = token(server, RETURN_URL).await;
        let (yes, no) = (
            merchant.sign_in(server, &token).await,
            merchant.sign_in(server, &token).await,
        );
        let (yes, no) = futures_util::future::join(
            decide(server, &yes, "approve").send(),
            decide(server, &no, "deny").send(),
        )
        .await;
        assert!(
            matches!((yes.status, no.status), (303, 400) | (400, 200)),
            "{} and {}",
            yes.status,
            no.status
        );
    }
}

async fn a_page_ends_with_its_token() {
    let server = Server::start(Setup::default()).await;
    let merchant = merchant(&server).await;
    let token = token(&server, RETURN_URL).await;
    server.clock.advance(TimeDelta::minutes(14));
    let (first, second) = (
        merchant.sign_in(&server, &token).await,
        Merchant::new().sign_up(&server, &token).await,
    );
    server.clock.advance(TimeDelta::minutes(1));
    for ticket in [&first, &second] {
        approve(&server, ticket).expect(400).await;
        decide(&server, ticket, "deny").expect(400).await;
    }
    merchant
        .send(&server, flow::SIGN_IN, &token)
        .expect(400)
        .await;
}

async fn refuses_forged_tickets() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let code = merchant.code(server).await;
    let token = token(server, RETURN_URL).await;
    let page = merchant
        .send(server, flow::SIGN_IN, &token)
        .expect(200)
        .await;
    let good = ticket(&page);
    let tampered = forged::tampered(&good);
    for forged in ["", "x", &tampered, &good[..good.len() - 1], &code, &token] {
        approve(server, forged).expect(400).await;
    }
    approve(server, &good).expect(303).await;
}

async fn refuses_incomplete_forms() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let ticket = merchant.sign_in(server, &token).await;
    let (ticket, yes) = (("ticket", ticket.as_str()), ("decision", "approve"));
    for form in [
        vec![],
        vec![ticket],
        vec![yes],
        vec![ticket, ("decision", "")],
        vec![ticket, ("decision", "Approve")],
        vec![ticket, yes, yes],
        vec![ticket, yes, ("decision", "deny")],
        vec![ticket, ticket, yes],
    ] {
        let answer = server.client.post(CONSENT).form(&form).expect(400).await;
        assert!(answer.headers_of("location").is_empty());
    }
    let form = [ticket, yes];
    server.client.post(CONSENT).form(&form).expect(303).await;
}
