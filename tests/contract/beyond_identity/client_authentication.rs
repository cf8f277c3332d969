//! The token endpoint: how a client proves who it is (RFC 6749, section 2.3).

use super::flow::{self, Application, assert_error};
use crate::client::{Answer, Call};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::shared;

scenarios!(
    an_empty_secret_is_that_of_a_public_client,
    mints_by_http_basic,
    mints_by_credentials_in_the_body,
    credentials_in_basic_are_form_encoded,
    refuses_two_ways_at_once,
    refuses_unknown_clients,
    refuses_another_application_s_client,
    a_confidential_client_cannot_do_without_its_secret,
    knows_the_application_only_in_its_own_realm_and_tenant,
);

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

fn assert_invalid_client(answer: &Answer) {
    assert_error(answer, "invalid_client");
    let challenges = answer.headers_of("www-authenticate");
    assert!(
        challenges
            .iter()
            .any(|challenge| challenge.starts_with("Basic realm=")),
        "{challenges:?}"
    );
}

async fn mints_by_http_basic() {
    let server = shared().await;
    let answer = flow::demo(server)
        .token_by_basic(server, &[GRANT])
        .expect(200)
        .await;
    assert_eq!(answer.string("/token_type"), "Bearer");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    assert!(!answer.string("/access_token").is_empty());
}

async fn mints_by_credentials_in_the_body() {
    let server = shared().await;
    let demo = flow::demo(server);
    let form = [
        GRANT,
        ("client_id", &demo.client_id),
        ("client_secret", demo.secret()),
    ];
    demo.token(server, &form).expect(200).await;
}

async fn credentials_in_basic_are_form_encoded() {
    let server = shared().await;
    let new = NewApplication {
        secret: Some("p+w d:&=%\u{fc} and something more".to_owned()),
        ..NewApplication::default()
    };
    let application = fixture::application(server, new).await;
    application
        .token_by_basic(server, &[GRANT])
        .expect(200)
        .await;
}

async fn refuses_two_ways_at_once() {
    let server = shared().await;
    let demo = flow::demo(server);
    let form = [
        GRANT,
        ("client_id", &demo.client_id),
        ("client_secret", demo.secret()),
    ];
    let answer = demo.token_by_basic(server, &form).expect(400).await;
    assert_error(&answer, "invalid_request");
    // The name alone is no second way.
    let form = [GRANT, ("client_id", demo.client_id.as_str())];
    demo.token_by_basic(server, &form).expect(200).await;
}

async fn refuses_unknown_clients() {
    let server = shared().await;
    let demo = flow::demo(server);
    let wrong = forged::tampered(demo.secret());
    let calls: Vec<Call> = vec![
        demo.token(server, &[GRANT]),
        demo.token(server, &[GRANT]).basic(&demo.client_id, &wrong),
        demo.token(server, &[GRANT]).basic(&demo.client_id, ""),
        demo.token(server, &[GRANT]).basic("nobody", demo.secret()),
        demo.token(server, &[GRANT]).basic("", ""),
        demo.token(server, &[GRANT])
            .header("authorization", "Basic"),
        demo.token(server, &[GRANT])
            .header("authorization", "Basic !!!"),
        demo.token(server, &[GRANT])
            .header("authorization", "Basic bm9jb2xvbg=="),
        demo.token(
            server,
            &[
                GRANT,
                ("client_id", &demo.client_id),
                ("client_secret", &wrong),
            ],
        ),
        demo.token(server, &[GRANT, ("client_secret", demo.secret())]),
        demo.token(
            server,
            &[
                GRANT,
                ("client_id", "nobody"),
                ("client_secret", demo.secret()),
            ],
        ),
    ];
    for call in calls {
        assert_invalid_client(&call.expect(401).await);
    }
}

async fn refuses_another_application_s_client() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::application(server, NewApplication::default()).await;
    let call = demo
        .token(server, &[GRANT])
        .basic(&other.client_id, other.secret());
    assert_invalid_client(&call.expect(401).await);
    // A name that is not the authenticated client's.
    let form = [GRANT, ("client_id", other.client_id.as_str())];
    assert_invalid_client(&demo.token_by_basic(server, &form).expect(401).await);
}

async fn a_confidential_client_cannot_do_without_its_secret() {
    let server = shared().await;
    let demo = flow::demo(server);
    let form = [GRANT, ("client_id", demo.client_id.as_str())];
    assert_invalid_client(&demo.token(server, &form).expect(401).await);
}

/// Some clients send an empty secret rather than none (RFC 6749, section 2.3.1, holds the two to be the same).
async fn an_empty_secret_is_that_of_a_public_client() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let basic = |call: Call, secret| call.basic(&public.client_id, secret);
    let redeem = |code: &str| {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &public.redirect_uri),
            ("code_verifier", flow::VERIFIER),
        ];
        public.token(server, &form)
    };
    let code = public.code(server).await;
    assert_invalid_client(&basic(redeem(&code), "x").expect(401).await);
    let tokens = basic(redeem(&code), "").expect(200).await;
    let token = tokens.string("/access_token");
    // It proves nothing.
    let introspection = public.introspection(server, &token);
    assert_invalid_client(&basic(introspection, "").expect(401).await);
    let other = fixture::application(server, NewApplication::default()).await;
    let elsewhere = other.revoke(server, &token);
    assert_invalid_client(&basic(elsewhere, "").expect(401).await);
    basic(public.revoke(server, &token), "").expect(200).await;
    let demo = flow::demo(server);
    assert!(
        !demo.introspect(server, &token).await.json()["active"]
            .as_bool()
            .expect("a verdict")
    );
}

async fn knows_the_application_only_in_its_own_realm_and_tenant() {
    let server = shared().await;
    let demo = flow::demo(server);
    let other = fixture::other_tenant(server).await;
    let elsewhere = [
        Application {
            tenant: other.tenant.clone(),
            ..demo.clone()
        },
        Application {
            realm: other.realm.clone(),
            ..demo.clone()
        },
        Application {
            tenant: other.tenant.clone(),
            realm: other.realm.clone(),
            ..demo.clone()
        },
        Application {
            tenant: "unknown".to_owned(),
            ..demo.clone()
        },
        Application {
            realm: "unknown".to_owned(),
            ..demo.clone()
        },
        Application {
            id: uuid::Uuid::new_v4().to_string(),
            ..demo.clone()
        },
        Application {
            id: other.id.clone(),
            ..demo.clone()
        },
    ];
    for application in elsewhere {
        let answer = application.token_by_basic(server, &[GRANT]).send().await;
        assert!([400, 401].contains(&answer.status), "{}", answer.status);
    }
}
