//! Refresh tokens: each works once and brings its successor.

use chrono::TimeDelta;
use serde_json::json;

use super::flow::{self, Application, DELETE, assert_error};
use super::management::manager::Manager;
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_public_client_refreshes,
    a_confidential_client_has_to_authenticate,
    the_scope_may_be_narrowed_not_widened,
    a_token_works_once,
    a_token_that_comes_again_ends_its_whole_family,
    of_many_at_once_one_is_served_and_the_family_ends,
    a_replayed_code_ends_the_refresh_token,
    a_token_is_bound_to_its_client,
    refuses_what_is_no_refresh_token,
    only_where_the_application_has_them,
    revoking_it_ends_the_access_tokens,
    revoking_one_that_was_used_ends_its_successors,
    the_id_token_names_the_same_person_and_time,
    custom_claims_stay,
    a_removed_person_s_tokens_end,
    a_scope_that_goes_is_granted_no_more,
    offline_access_is_ignored_where_there_is_no_such_token,
    a_life_of_three_months,
);

/// A confidential application with refresh tokens.
async fn refreshable(server: &Server) -> Application {
    let new = NewApplication {
        scopes: vec!["realms:read", "tokens:read", DELETE],
        more: json!({"refresh_tokens": true}),
        ..NewApplication::default()
    };
    fixture::application(server, new).await
}

async fn a_public_client_refreshes() {
    let server = shared().await;
    let public = flow::public_demo(server);
    let tokens = public.tokens(server, "openid orders:read").await;
    let first = tokens.string("/refresh_token");
    let answer = public.refresh(server, &first, &[]).expect(200).await;
    assert_eq!(answer.string("/scope"), "openid orders:read");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_ne!(answer.string("/refresh_token"), first);
    assert_ne!(
        answer.string("/access_token"),
        tokens.string("/access_token")
    );
}

async fn a_confidential_client_has_to_authenticate() {
    let server = shared().await;
    let application = refreshable(server).await;
    let tokens = application.tokens(server, DELETE).await;
    let token = tokens.string("/refresh_token");
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token.as_str()),
        ("client_id", &application.client_id),
    ];
    let answer = application.token(server, &form).expect(401).await;
    assert_error(&answer, "invalid_client");
    application.refresh(server, &token, &[]).expect(200).await;
}

async fn the_scope_may_be_narrowed_not_widened() {
    let server = shared().await;
    let application = refreshable(server).await;
    let tokens = application.tokens(server, "realms:read tokens:read").await;
    let token = tokens.string("/refresh_token");
    for scope in [DELETE, "openid", "realms:read tokens:read tokens:delete"] {
        let call = application.refresh(server, &token, &[("scope", scope)]);
        assert_error(&call.expect(400).await, "invalid_scope");
    }
    let narrow = application.refresh(server, &token, &[("scope", "realms:read")]);
    let narrow = narrow.expect(200).await;
    assert_eq!(narrow.string("/scope"), "realms:read");
    // The refresh token still stands for what was granted first.
    let token = narrow.string("/refresh_token");
    let whole = application.refresh(server, &token, &[]).expect(200).await;
    assert_eq!(whole.string("/scope"), "realms:read tokens:read");
}

async fn a_token_works_once() {
    let server = shared().await;
    let application = refreshable(server).await;
    let tokens = application.tokens(server, DELETE).await;
    let token = tokens.string("/refresh_token");
    application.refresh(server, &token, &[]).expect(200).await;
    for _ in 0..2 {
        let answer = application.refresh(server, &token, &[]).expect(400).await;
        assert_error(&answer, "invalid_grant");
    }
}

async fn a_token_that_comes_again_ends_its_whole_family() {
    let server = shared().await;
    let application = refreshable(server).await;
    let stranger = application.tokens(server, DELETE).await;
    let mut all = vec![application.tokens(server, DELETE).await];
    for _ in 0..3 {
        let last = all.last().expect("tokens").string("/refresh_token");
        all.push(application.refresh(server, &last, &[]).expect(200).await);
    }
    for tokens in &all {
        assert!(
            application
                .opens(server, &tokens.string("/access_token"))
                .await
        );
    }
    let replayed = all[1].string("/refresh_token");
    application
        .refresh(server, &replayed, &[])
        .expect(400)
        .await;
    for tokens in &all {
        assert!(
            !application
                .opens(server, &tokens.string("/access_token"))
                .await
        );
        let call = application.refresh(server, &tokens.string("/refresh_token"), &[]);
        assert_error(&call.expect(400).await, "invalid_grant");
    }
    assert!(
        application
            .opens(server, &stranger.string("/access_token"))
            .await
    );
    let call = application.refresh(server, &stranger.string("/refresh_token"), &[]);
    call.expect(200).await;
}

async fn of_many_at_once_one_is_served_and_the_family_ends() {
    let server = shared().await;
    let application = refreshable(server).await;
    let tokens = application.tokens(server, DELETE).await;
    let token = tokens.string("/refresh_token");
    let calls = (0..16).map(|_| application.refresh(server, &token, &[]).send());
    let answers = futures_util::future::join_all(calls).await;
    let served: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status == 200)
        .collect();
    assert_eq!(served.len(), 1);
    assert!(
        !application
            .opens(server, &served[0].string("/access_token"))
            .await
    );
    assert!(
        !application
            .opens(server, &tokens.string("/access_token"))
            .await
    );
}

async fn a_replayed_code_ends_the_refresh_token() {
    let server = shared().await;
    let application = refreshable(server).await;
    let code = application.code(server).await;
    let tokens = application.redeem(server, &code).expect(200).await;
    let token = tokens.string("/refresh_token");
    let tokens = application.refresh(server, &token, &[]).expect(200).await;
    application.redeem(server, &code).expect(400).await;
    assert!(
        !application
            .opens(server, &tokens.string("/access_token"))
            .await
    );
    let call = application.refresh(server, &tokens.string("/refresh_token"), &[]);
    assert_error(&call.expect(400).await, "invalid_grant");
}

async fn a_token_is_bound_to_its_client() {
    let server = shared().await;
    let application = refreshable(server).await;
    let thief = refreshable(server).await;
    let tokens = application.tokens(server, DELETE).await;
    let token = tokens.string("/refresh_token");
    let answer = thief.refresh(server, &token, &[]).expect(400).await;
    assert_error(&answer, "invalid_grant");
    // Who tried in vain did no harm.
    application.refresh(server, &token, &[]).expect(200).await;
}

async fn refuses_what_is_no_refresh_token() {
    let server = shared().await;
    let application = refreshable(server).await;
    let tokens = application.tokens(server, DELETE).await;
    let token = tokens.string("/refresh_token");
    for wrong in [
        "x".to_owned(),
        forged::tampered(&token),
        tokens.string("/access_token"),
        application.code(server).await,
    ] {
        let answer = application.refresh(server, &wrong, &[]).expect(400).await;
        assert_error(&answer, "invalid_grant");
    }
    let answer = application.refresh(server, "", &[]).expect(400).await;
    assert_error(&answer, "invalid_request");
}

async fn only_where_the_application_has_them() {
    let server = shared().await;
    let demo = flow::demo(server);
    let tokens = demo.tokens(server, "openid offline_access").await;
    assert!(tokens.json()["refresh_token"].is_null());
    assert_eq!(tokens.string("/scope"), "openid");
    let answer = demo.refresh(server, "any", &[]).expect(400).await;
    assert_error(&answer, "unauthorized_client");
    let form = [("grant_type", "client_credentials")];
    let application = refreshable(server).await;
    let answer = application.token_by_basic(server, &form).expect(200).await;
    assert!(answer.json()["refresh_token"].is_null());
}

async fn revoking_it_ends_the_access_tokens() {
    let server = shared().await;
    let application = refreshable(server).await;
    let first = application.tokens(server, DELETE).await;
    let token = first.string("/refresh_token");
    let second = application.refresh(server, &token, &[]).expect(200).await;
    let token = second.string("/refresh_token");
    let revoke = application.revoke(server, &token);
    let revoke = revoke.basic(&application.client_id, application.secret());
    revoke.expect(200).await;
    for tokens in [&first, &second] {
        assert!(
            !application
                .opens(server, &tokens.string("/access_token"))
                .await
        );
    }
    let answer = application.refresh(server, &token, &[]).expect(400).await;
    assert_error(&answer, "invalid_grant");
}

async fn revoking_one_that_was_used_ends_its_successors() {
    let server = shared().await;
    let application = refreshable(server).await;
    let first = application.tokens(server, DELETE).await;
    let used = first.string("/refresh_token");
    let second = application.refresh(server, &used, &[]).expect(200).await;
    let revoke = application.revoke(server, &used);
    let revoke = revoke.basic(&application.client_id, application.secret());
    revoke.expect(200).await;
    let token = second.string("/access_token");
    assert!(!application.opens(server, &token).await);
    let token = second.string("/refresh_token");
    application.refresh(server, &token, &[]).expect(400).await;
}

async fn the_id_token_names_the_same_person_and_time() {
    let server = Server::start(Setup::default()).await;
    let public = flow::public_demo(&server);
    let query = [("scope", "openid"), ("nonce", "a-nonce")];
    let code = public.code_with(&server, &query).await;
    let first = public.redeem(&server, &code).expect(200).await;
    server.clock.advance(TimeDelta::hours(5));
    let token = first.string("/refresh_token");
    let second = public.refresh(&server, &token, &[]).expect(200).await;
    let (_, before) = forged::jwt(&first.string("/id_token"));
    let (_, after) = forged::jwt(&second.string("/id_token"));
    for name in ["iss", "sub", "aud", "azp", "auth_time"] {
        assert_eq!(before[name], after[name], "{name}");
    }
    assert_eq!(after["iat"], json!(server.clock.now().timestamp()));
    assert_eq!(
        (&before["nonce"], &after["nonce"]),
        (&json!("a-nonce"), &json!(null))
    );
    let hash = forged::half_hash(&second.string("/access_token"));
    assert_eq!(after["at_hash"], json!(hash));
}

async fn custom_claims_stay() {
    let server = shared().await;
    let application = refreshable(server).await;
    let code = application.code(server).await;
    let custom = [
        ("code_verifier", flow::VERIFIER),
        ("custom_claims", r#"{"team":"blue"}"#),
    ];
    let tokens = application.redeem_with(server, &code, &custom);
    let mut tokens = tokens.expect(200).await;
    for _ in 0..2 {
        let (_, claims) = forged::jwt(&tokens.string("/access_token"));
        assert_eq!(claims["bi_custom"], json!({"team": "blue"}));
        let token = tokens.string("/refresh_token");
        tokens = application.refresh(server, &token, &[]).expect(200).await;
    }
}

async fn a_removed_person_s_tokens_end() {
    let server = Server::start(Setup::default()).await;
    let (demo, public) = (flow::demo(&server), flow::public_demo(&server));
    let managing = demo.tokens(&server, DELETE).await.string("/access_token");
    assert!(demo.opens(&server, &managing).await);
    let code = demo.code(&server).await;
    let tokens = public.tokens(&server, "openid").await;
    let (_, claims) = forged::jwt(&tokens.string("/id_token"));
    let person = claims["sub"].as_str().expect("a subject");
    fixture::remove_person(&server, person).await;
    let call = public.refresh(&server, &tokens.string("/refresh_token"), &[]);
    assert_error(&call.expect(400).await, "invalid_grant");
    let access = tokens.string("/access_token");
    let call = server.client.get(&public.path("userinfo"));
    let call = call.bearer(&access);
    assert_error(&call.expect(401).await, "invalid_token");
    let told = demo.introspect(&server, &access).await.json();
    assert_eq!(told, json!({"active": false}));
    assert!(!demo.opens(&server, &managing).await);
    assert_error(
        &demo.redeem(&server, &code).expect(400).await,
        "invalid_grant",
    );
}

async fn a_scope_that_goes_is_granted_no_more() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let api = manager.resource_server("https://lasts.example", &["a", "b"]);
    let config = json!({
        "type": "oauth2",
        "allowed_scopes": ["a", "b"],
        "enable_refresh_tokens": true,
    });
    let made = manager.application(Some(&api.await), config).await;
    let client = manager.client(&made);
    let code = client.code_with(&server, &[("scope", "a b")]).await;
    let tokens = client.tokens(&server, "a b").await;
    let change =
        json!({"application": {"protocol_config": {"type": "oauth2", "allowed_scopes": ["a"]}}});
    let path = format!("/applications/{}", client.id);
    manager.patch(&path, &change).expect(200).await;
    let redeemed = client.redeem(&server, &code).expect(200).await;
    assert_eq!(redeemed.string("/scope"), "a");
    let token = tokens.string("/refresh_token");
    let call = client.refresh(&server, &token, &[("scope", "b")]);
    assert_error(&call.expect(400).await, "invalid_scope");
    let fresh = client.refresh(&server, &token, &[]).expect(200).await;
    assert_eq!(fresh.string("/scope"), "a");
}

/// A client that sends its scopes with the code as well, as the vendor's sample does.
async fn offline_access_is_ignored_where_there_is_no_such_token() {
    let server = shared().await;
    let demo = flow::demo(server);
    let scope = ("scope", "openid offline_access");
    let code = demo.code_with(server, &[scope]).await;
    let more = [("code_verifier", flow::VERIFIER), scope];
    let tokens = demo.redeem_with(server, &code, &more).expect(200).await;
    assert_eq!(tokens.string("/scope"), "openid");
    assert!(tokens.json()["refresh_token"].is_null());
}

/// A session that is used every ten days lives through three months and a restart, and ends when it is not used.
async fn a_life_of_three_months() {
    let mut server = Server::start(Setup::default()).await;
    let public = flow::public_demo(&server);
    let mut tokens = public.tokens(&server, "openid orders:read").await;
    for round in 0..9 {
        server.clock.advance(TimeDelta::days(10));
        let access = tokens.string("/access_token");
        let call = server.client.get(&public.path("userinfo")).bearer(&access);
        assert_error(&call.expect(401).await, "invalid_token");
        if round == 4 {
            server.stop().await;
            server = server.beside().await;
        }
        let token = tokens.string("/refresh_token");
        tokens = public.refresh(&server, &token, &[]).expect(200).await;
        let access = tokens.string("/access_token");
        let call = server.client.get(&public.path("userinfo")).bearer(&access);
        call.expect(200).await;
    }
    let token = tokens.string("/refresh_token");
    server.clock.advance(TimeDelta::seconds(7_776_000 - 1));
    let tokens = public.refresh(&server, &token, &[]).expect(200).await;
    let token = tokens.string("/refresh_token");
    server.clock.advance(TimeDelta::seconds(7_776_000));
    let answer = public.refresh(&server, &token, &[]).expect(400).await;
    assert_error(&answer, "invalid_grant");
}
