//! What every operation of the flow refuses alike.

use super::flow::{self, CONSENT, SIGN_IN, SIGN_UP};
use crate::client::{Answer, Call};
use crate::server::{Server, Setup, shared};

scenarios!(
    forms_are_bounded,
    takes_forms_only,
    a_broken_store_is_told_as_such,
);

const FORMS: [&str; 3] = [SIGN_IN, SIGN_UP, CONSENT];

/// The answer is a page, and in JSON for who prefers that, the error.
fn assert_both(page: &Answer, error: &Answer) {
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().contains("<h1>"));
    assert_eq!(error.string("/status"), "error");
    assert_eq!(error.string("/code"), page.status.to_string());
    assert!(!error.string("/message").is_empty());
}

async fn forms_are_bounded() {
    let server = shared().await;
    let form = [("token", &*"a".repeat(2 << 20)), ("ticket", "")];
    for path in FORMS {
        let call = || server.client.post(path).form(&form);
        let page = call().expect(413).await;
        let error = call().header("accept", "application/json").expect(413);
        assert_both(&page, &error.await);
    }
}

async fn takes_forms_only() {
    let server = shared().await;
    for path in FORMS {
        for media_type in [
            "application/json",
            "text/plain",
            "multipart/form-data; boundary=x",
        ] {
            let call = || server.client.post(path).body(media_type, "{}");
            let page = call().expect(415).await;
            let error = call().header("accept", "application/json").expect(415);
            assert_both(&page, &error.await);
        }
    }
}

async fn a_broken_store_is_told_as_such() {
    let server = Server::start(Setup::default()).await;
    let merchant = flow::merchant(&server).await;
    let pair = merchant.connect(&server).await;
    let code = merchant.code(&server).await;
    let token = flow::token(&server, flow::RETURN_URL).await;
    let ticket = merchant.sign_in(&server, &token).await;
    server.break_store().await;
    for path in [SIGN_IN, SIGN_UP] {
        let call = || merchant.send(&server, path, &token);
        let error = call().header("accept", "application/json").expect(500);
        assert_both(&call().expect(500).await, &error.await);
    }
    let (approve, open) = (
        || flow::approve(&server, &ticket),
        || flow::open(&server, &token),
    );
    for call in [&approve as &dyn Fn() -> Call, &open] {
        let error = call().header("accept", "application/json").expect(500);
        assert_both(&call().expect(500).await, &error.await);
    }
    for call in [flow::redeem(&server, &code), pair.call(&server)] {
        assert_eq!(call.expect(500).await.string("/code"), "500");
    }
}
