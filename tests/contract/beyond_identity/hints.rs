//! `id_token_hint` (OpenID Connect Core 1.0, sections 3.1.2.1 and 3.1.2.2).

use chrono::TimeDelta;

use super::flow::{self, Application, assert_error, assert_redirected_error, identities, ticket};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    nobody_else_may_approve,
    nobody_else_is_approved_for,
    one_that_has_expired_will_do,
    refuses_what_is_no_id_token_of_the_client,
);

/// An ID token of the realm's second person.
async fn of_another(server: &Server, application: &Application) -> (String, String) {
    let query = [("scope", "openid"), ("login_hint", "grace@example.com")];
    let page = application.authorize_with_pkce(server, &query);
    let page = page.expect(200).await;
    let identity = identities(&page).remove(0);
    let back = application.approve(server, &page).await;
    let code = back.location_parameter("code").expect("a code");
    let tokens = application.redeem(server, &code).expect(200).await;
    (tokens.string("/id_token"), identity)
}

async fn nobody_else_may_approve() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let page = public.authorize_with_pkce(server, &[]).expect(200).await;
    let everyone = identities(&page);
    let (hint, identity) = of_another(server, &public).await;
    let query = [("id_token_hint", hint.as_str())];
    let page = public.authorize_with_pkce(server, &query).expect(200).await;
    assert_eq!(identities(&page), [identity.as_str()]);
    let ticket = ticket(&page);
    let other = everyone.iter().find(|one| **one != identity);
    let form = |identity| {
        [
            ("ticket", ticket.as_str()),
            ("identity_id", identity),
            ("decision", "approve"),
        ]
    };
    let answer = public.decide(server, &form(other.expect("another")));
    assert_error(&answer.expect(400).await, "invalid_request");
    public.decide(server, &form(&identity)).expect(302).await;
}

async fn nobody_else_is_approved_for() {
    let server = Server::start(Setup::auto_approve()).await;
    let public = flow::public_demo(&server);
    let id_token = async |more: &[(&str, &str)]| {
        let call = public.authorize_with_pkce(&server, &[("scope", "openid")]);
        let back = call.query(more).expect(302).await;
        let code = back.location_parameter("code").expect("a code");
        let tokens = public.redeem(&server, &code).expect(200).await;
        tokens.string("/id_token")
    };
    let subject = |token: &str| forged::jwt(token).1["sub"].clone();
    let hint = id_token(&[("login_hint", "grace@example.com")]).await;
    assert_ne!(subject(&id_token(&[]).await), subject(&hint));
    for prompt in ["none", ""] {
        let more = [("prompt", prompt), ("id_token_hint", hint.as_str())];
        assert_eq!(subject(&id_token(&more).await), subject(&hint));
    }
}

async fn one_that_has_expired_will_do() {
    let server = Server::start(Setup::default()).await;
    let public = flow::public_demo(&server);
    let (hint, identity) = of_another(&server, &public).await;
    server.clock.advance(TimeDelta::days(30));
    let query = [("id_token_hint", hint.as_str())];
    let page = public
        .authorize_with_pkce(&server, &query)
        .expect(200)
        .await;
    assert_eq!(identities(&page), [identity]);
}

async fn refuses_what_is_no_id_token_of_the_client() {
    let server = shared().await;
    let (public, demo) = (flow::public_demo(server), flow::demo(server));
    let (good, _) = of_another(server, &public).await;
    let (of_another_client, _) = of_another(server, &demo).await;
    let access = public.tokens(server, "openid").await;
    for hint in [
        "x",
        "e30.e30.e30",
        &forged::tampered(&good),
        &of_another_client,
        &access.string("/access_token"),
    ] {
        let answer = public.authorize_with_pkce(server, &[("id_token_hint", hint)]);
        let answer = answer.expect(302).await;
        assert_redirected_error(&answer, &public.redirect_uri, "invalid_request");
    }
}
