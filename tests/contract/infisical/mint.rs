//! Infisical: access tokens of machine identities with Token Auth.

use chrono::TimeDelta;
use serde_json::json;

use super::world::{self, Identity, TokenAuth, assert_error, mint, token_of};
use crate::client::Call;
use crate::server::{Server, Setup, shared};
use crate::{bodies, forged};

scenarios!(
    mints_with_the_configuration_s_lifetimes,
    mints_jwts_that_say_whose_they_are,
    the_minted_token_opens_the_same_door,
    a_minted_token_is_kept_under_its_name,
    takes_a_request_without_a_body,
    a_token_may_be_asked_for_by_the_slug_of_the_own_organization,
    refuses_members_that_the_contract_does_not_know,
    refuses_what_is_no_json_object,
    wants_a_bearer_token,
    refuses_forged_tokens,
    refuses_expired_tokens,
    a_lifetime_of_zero_never_ends,
    the_shorter_of_both_lifetimes_holds,
    refuses_used_up_tokens,
    counts_uses_exactly_under_concurrency,
    a_role_that_may_not_mint_is_forbidden,
    a_role_mints_for_no_higher_one,
    an_identity_of_another_organization_is_not_known,
    an_identity_without_token_auth_is_a_bad_request,
    does_not_know_identities_that_do_not_exist,
    refuses_paths_that_are_no_text,
    refuses_other_media_types,
);

fn mint_demo(server: &Server) -> Call {
    mint(
        server,
        server.demo("/infisical/identity_id"),
        server.demo("/infisical/access_token"),
    )
}

async fn mints_with_the_configuration_s_lifetimes() {
    let server = shared().await;
    let config = TokenAuth {
        ttl: 3600,
        max_ttl: 7200,
        uses: 0,
    };
    let identity = world::identity(server, Identity::admin(config)).await;
    let answer = mint(server, &identity, server.demo("/infisical/access_token"))
        .json(&json!({"name": "deploy"}))
        .expect(200)
        .await;
    let body = answer.json();
    assert_eq!(body["expiresIn"], json!(3600));
    assert_eq!(body["accessTokenMaxTTL"], json!(7200));
    assert_eq!(body["tokenType"], "Bearer");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(4));
}

async fn mints_jwts_that_say_whose_they_are() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 3600,
        max_ttl: 7200,
        uses: 0,
    };
    let identity = world::identity(&server, Identity::admin(config)).await;
    let token = token_of(&server, &identity).await;
    let (header, claims) = forged::jwt(&token);
    assert_eq!(header["alg"], "HS256");
    assert_eq!(claims["identityId"], json!(identity));
    assert_eq!(claims["authTokenType"], "identityAccessToken");
    assert!(claims["identityAccessTokenId"].is_string());
    let now = server.clock.now().timestamp();
    assert_eq!(claims["iat"], json!(now));
    assert_eq!(claims["exp"], json!(now + 3600));
}

async fn the_minted_token_opens_the_same_door() {
    let server = shared().await;
    let first = mint_demo(server).json(&json!({})).expect(200).await;
    let minted = first.string("/accessToken");
    let second = mint(server, server.demo("/infisical/identity_id"), &minted)
        .json(&json!({}))
        .expect(200)
        .await;
    assert_ne!(second.string("/accessToken"), minted);
}

async fn a_minted_token_is_kept_under_its_name() {
    let server = Server::start(Setup::default()).await;
    let name = "a name to find again";
    mint_demo(&server)
        .json(&json!({ "name": name }))
        .expect(200)
        .await;
    assert!(server.database_holds(name).await);
}

async fn takes_a_request_without_a_body() {
    mint_demo(shared().await).expect(200).await;
}

async fn a_token_may_be_asked_for_by_the_slug_of_the_own_organization() {
    let server = shared().await;
    let with = |slug: &str| mint_demo(server).json(&json!({"name": "a", "organizationSlug": slug}));
    with("demo-organization").expect(200).await;
    let another = world::foreign(server).await.slug;
    for slug in [another.as_str(), "unheard-of", "Demo-organization"] {
        let message = format!("Sub organization with name {slug} not found");
        world::refused(with(slug), 404, "NotFound", &message).await;
    }
    for slug in ["", &"s".repeat(65)] {
        with(slug).expect(422).await;
    }
}

async fn refuses_members_that_the_contract_does_not_know() {
    for body in [
        json!({"name": "a", "more": 1}),
        json!({"Name": "a"}),
        json!({"": null}),
    ] {
        let answer = mint_demo(shared().await).json(&body).expect(422).await;
        assert_error(&answer.json(), 422, "ValidationFailure");
    }
}

async fn refuses_what_is_no_json_object() {
    let empty: &[u8] = b"";
    for body in bodies::no_objects(&json!({"name": "a"})) {
        // No bytes at all are no body, and the body is optional.
        if body != empty {
            let call = mint_demo(shared().await).body("application/json", body);
            assert_error(&call.expect(422).await.json(), 422, "ValidationFailure");
        }
    }
    for body in [
        json!({"name": null}),
        json!({"name": 1}),
        json!({"name": {}}),
    ] {
        let answer = mint_demo(shared().await).json(&body).expect(422).await;
        assert_error(&answer.json(), 422, "ValidationFailure");
        assert!(answer.text().contains("name"), "does not say what is wrong");
    }
}

async fn wants_a_bearer_token() {
    let server = shared().await;
    let path = format!(
        "/api/v1/auth/token-auth/identities/{}/tokens",
        server.demo("/infisical/identity_id")
    );
    let token = server.demo("/infisical/access_token");
    let answer = server.client.post(&path).expect(401).await;
    assert_error(&answer.json(), 401, "UnauthorizedError");
    assert!(answer.header("www-authenticate").starts_with("Bearer"));
    let with = |authorization: &str| {
        let call = server.client.post(&path);
        call.header("authorization", authorization)
    };
    for another_scheme in [token, &format!("Token {token}"), "Basic Og=="] {
        let answer = with(another_scheme).expect(401).await;
        assert_error(&answer.json(), 401, "UnauthorizedError");
    }
    // The vendor answers 403 to a token that is there and malformed.
    for malformed in ["Bearer", "Bearer ", &format!("Bearer {token} {token}")] {
        let answer = with(malformed).send().await;
        assert!([401, 403].contains(&answer.status), "{}", answer.text());
    }
    // The scheme's name has no case (RFC 9110, section 11.1).
    with(&format!("bearer {token}")).expect(200).await;
}

async fn refuses_forged_tokens() {
    let server = shared().await;
    let good = server.demo("/infisical/access_token");
    let identity = server.demo("/infisical/identity_id");
    let (_, claims) = forged::jwt(good);
    for forged in [
        "not-a-jwt".to_owned(),
        forged::tampered(good),
        good.rsplit_once('.').expect("a JWT").0.to_owned() + ".",
        forged::unsigned_jwt(&claims),
        forged::hs256_jwt(&claims, b""),
        forged::hs256_jwt(&claims, b"secret"),
        server.demo("/anchorbrowser/api_key").to_owned(),
    ] {
        let answer = mint(server, identity, &forged).send().await;
        assert!(
            [401, 403].contains(&answer.status),
            "{}: {}",
            answer.status,
            answer.text()
        );
        let error = answer.string("/error");
        assert!(["UnauthorizedError", "TokenError"].contains(&error.as_str()));
    }
}

async fn refuses_expired_tokens() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 60,
        max_ttl: 3600,
        uses: 0,
    };
    let identity = world::identity(&server, Identity::admin(config)).await;
    let token = token_of(&server, &identity).await;
    server.clock.advance(TimeDelta::seconds(59));
    mint(&server, &identity, &token).expect(200).await;
    server.clock.advance(TimeDelta::seconds(1));
    let answer = mint(&server, &identity, &token).send().await;
    assert!([401, 403].contains(&answer.status), "{}", answer.status);
}

async fn a_lifetime_of_zero_never_ends() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 0,
        max_ttl: 0,
        uses: 0,
    };
    let identity = world::identity(&server, Identity::admin(config)).await;
    let token = token_of(&server, &identity).await;
    let (_, claims) = forged::jwt(&token);
    assert!(claims["exp"].is_null());
    server.clock.advance(TimeDelta::days(365 * 20));
    mint(&server, &identity, &token).expect(200).await;
}

async fn the_shorter_of_both_lifetimes_holds() {
    let server = Server::start(Setup::default()).await;
    let config = TokenAuth {
        ttl: 0,
        max_ttl: 120,
        uses: 0,
    };
    let identity = world::identity(&server, Identity::admin(config)).await;
    let token = token_of(&server, &identity).await;
    server.clock.advance(TimeDelta::seconds(119));
    mint(&server, &identity, &token).expect(200).await;
    server.clock.advance(TimeDelta::seconds(2));
    let answer = mint(&server, &identity, &token).send().await;
    assert!([401, 403].contains(&answer.status), "{}", answer.status);
}

async fn refuses_used_up_tokens() {
    let server = shared().await;
    let config = TokenAuth {
        ttl: 3600,
        max_ttl: 3600,
        uses: 3,
    };
    let identity = world::identity(server, Identity::admin(config)).await;
    let token = token_of(server, &identity).await;
    for _ in 0..3 {
        mint(server, &identity, &token).expect(200).await;
    }
    let answer = mint(server, &identity, &token).expect(401).await;
    assert_error(&answer.json(), 401, "UnauthorizedError");
}

async fn counts_uses_exactly_under_concurrency() {
    let server = shared().await;
    let config = TokenAuth {
        ttl: 3600,
        max_ttl: 3600,
        uses: 7,
    };
    let identity = world::identity(server, Identity::admin(config)).await;
    let token = token_of(server, &identity).await;
    let calls = (0..40).map(|_| mint(server, &identity, &token).send());
    let answers = futures_util::future::join_all(calls).await;
    let with = |status| {
        answers
            .iter()
            .filter(|answer| answer.status == status)
            .count()
    };
    assert_eq!((with(200), with(401)), (7, 33));
}

async fn a_role_mints_for_no_higher_one() {
    let server = shared().await;
    let member = world::identity(server, Identity::member(TokenAuth::default())).await;
    let token = token_of(server, &member).await;
    mint(server, &member, &token).expect(200).await;
    let admin = server.demo("/infisical/identity_id");
    let answer = mint(server, admin, &token).expect(403).await;
    assert_error(&answer.json(), 403, "PermissionBoundaryError");
}

async fn a_role_that_may_not_mint_is_forbidden() {
    let server = shared().await;
    let identity = world::identity(server, Identity::no_access(TokenAuth::default())).await;
    let token = token_of(server, &identity).await;
    for target in [&identity, server.demo("/infisical/identity_id")] {
        let answer = mint(server, target, &token).expect(403).await;
        assert_error(&answer.json(), 403, "PermissionDenied");
    }
}

async fn an_identity_of_another_organization_is_not_known() {
    let server = shared().await;
    let foreign = world::foreign(server).await.identity_id;
    let token = server.demo("/infisical/access_token");
    let answer = mint(server, &foreign, token).send().await;
    assert!([403, 404].contains(&answer.status), "{}", answer.status);
}

async fn an_identity_without_token_auth_is_a_bad_request() {
    let server = shared().await;
    let identity = world::identity(server, Identity::without_token_auth()).await;
    let token = server.demo("/infisical/access_token");
    let answer = mint(server, &identity, token).expect(400).await;
    assert_error(&answer.json(), 400, "BadRequest");
}

async fn does_not_know_identities_that_do_not_exist() {
    let server = shared().await;
    let token = server.demo("/infisical/access_token");
    for id in [
        uuid::Uuid::new_v4().to_string(),
        "no-uuid".to_owned(),
        "%20".to_owned(),
    ] {
        let answer = mint(server, &id, token).expect(404).await;
        assert_error(&answer.json(), 404, "NotFound");
    }
}

async fn refuses_paths_that_are_no_text() {
    let server = shared().await;
    let token = server.demo("/infisical/access_token");
    for id in ["%ff", "%c3%28", "%ed%a0%80"] {
        let answer = mint(server, id, token).expect(400).await;
        assert_error(&answer.json(), 400, "BadRequest");
    }
}

async fn refuses_other_media_types() {
    let server = shared().await;
    for media_type in bodies::NOT_JSON {
        let answer = mint_demo(server).body(media_type, "{}").expect(415).await;
        assert_eq!(answer.json()["statusCode"], json!(415));
    }
    mint_demo(server).untyped("{}").expect(415).await;
}
