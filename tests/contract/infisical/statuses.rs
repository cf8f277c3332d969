//! What every operation has in common: each refusal, operation by operation.

use serde_json::{Value, json};

use super::world::{Identity, TokenAuth, assert_error, token};
use crate::bodies;
use crate::client::Call;
use crate::server::{Server, Setup, shared};

scenarios!(
    without_a_token_nothing_is_done,
    a_token_that_is_none_is_forbidden,
    who_may_do_nothing_is_forbidden,
    a_path_that_is_no_text_is_a_bad_request,
    a_body_is_an_object_of_the_contract,
    a_body_that_is_too_large_is_not_read,
    a_body_of_another_media_type_is_not_read,
    a_body_that_has_to_be_there_is_missed,
    a_broken_store_is_owned_up_to,
);

/// An operation, with a body that it takes.
struct Operation {
    method: &'static str,
    /// With `ID` where an id is to be.
    path: &'static str,
    body: Option<Value>,
}

/// The operations that want a bearer token, then those that take a token in their bodies.
fn operations(server: &Server) -> (Vec<Operation>, Vec<Operation>) {
    let operation = |method, path, body| Operation { method, path, body };
    let organization = server.demo("/infisical/organization_id");
    let identity = json!({"name": "a", "organizationId": organization});
    let token_auth = "/api/v1/auth/token-auth/identities/ID";
    let tokens = "/api/v1/auth/token-auth/identities/ID/tokens";
    let token = "/api/v1/auth/token-auth/tokens/ID";
    let secured = vec![
        operation("POST", "/api/v1/identities", Some(identity)),
        operation("GET", "/api/v1/identities?orgId=ID", None),
        operation("GET", "/api/v1/identities/details", None),
        operation("GET", "/api/v1/identities/ID", None),
        operation("PATCH", "/api/v1/identities/ID", Some(json!({"name": "a"}))),
        operation("DELETE", "/api/v1/identities/ID", None),
        operation("POST", token_auth, Some(json!({"accessTokenTTL": 0}))),
        operation("PATCH", token_auth, Some(json!({"accessTokenTTL": 0}))),
        operation("GET", token_auth, None),
        operation("DELETE", token_auth, None),
        operation("POST", tokens, Some(json!({"name": "a"}))),
        operation("GET", tokens, None),
        operation("GET", token, None),
        operation("PATCH", token, Some(json!({"name": "a"}))),
        operation("POST", "/api/v1/auth/token-auth/tokens/ID/revoke", None),
    ];
    let body = || Some(json!({"accessToken": server.demo("/infisical/access_token")}));
    let held = vec![
        operation("POST", "/api/v1/auth/token/renew", body()),
        operation("POST", "/api/v1/auth/token/revoke", body()),
    ];
    (secured, held)
}

impl Operation {
    /// The call, still without a body.
    fn call(&self, server: &Server, id: &str) -> Call {
        let path = self.path.replace("ID", id);
        match path.split_once('?') {
            Some((path, query)) => server.client.call(self.method, path).raw_query(query),
            None => server.client.call(self.method, &path),
        }
    }

    /// The call with a body that is taken.
    fn whole(&self, server: &Server, id: &str) -> Call {
        let call = self.call(server, id);
        match &self.body {
            Some(body) => call.json(body),
            None => call,
        }
    }
}

/// All that have a body, each with a bearer token where it wants one.
fn with_body(server: &Server) -> Vec<(Operation, Option<String>)> {
    let (secured, held) = operations(server);
    let token = server.demo("/infisical/access_token").to_owned();
    let secured = secured
        .into_iter()
        .map(|operation| (operation, Some(token.clone())));
    let all = secured.chain(held.into_iter().map(|operation| (operation, None)));
    all.filter(|(operation, _)| operation.body.is_some())
        .collect()
}

fn authorized(call: Call, bearer: Option<&String>) -> Call {
    match bearer {
        Some(token) => call.bearer(token),
        None => call,
    }
}

async fn without_a_token_nothing_is_done() {
    let server = shared().await;
    let (secured, held) = operations(server);
    assert_eq!((secured.len(), held.len()), (15, 2));
    for operation in secured {
        let answer = operation.whole(server, "a").expect(401).await;
        assert_error(&answer.json(), 401, "UnauthorizedError");
        assert_eq!(answer.json()["message"], "Token missing");
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
    }
}

async fn a_token_that_is_none_is_forbidden() {
    let server = shared().await;
    let (secured, _) = operations(server);
    for operation in secured {
        let call = operation.whole(server, "a").bearer("not-a-jwt");
        let answer = call.expect(403).await;
        assert_error(&answer.json(), 403, "TokenError");
        let challenge = answer.header("www-authenticate");
        // As that of a token which is good no more, which is 401.
        assert_eq!(
            challenge,
            r#"Bearer realm="Infisical API", error="invalid_token""#
        );
    }
}

async fn who_may_do_nothing_is_forbidden() {
    let server = shared().await;
    let bearer = token(server, Identity::no_access(TokenAuth::default())).await;
    let (secured, _) = operations(server);
    for operation in secured {
        if !operation.path.ends_with("details") {
            let call = operation.whole(server, "a").bearer(&bearer);
            let answer = call.expect(403).await;
            assert_error(&answer.json(), 403, "PermissionDenied");
            let challenge = answer.header("www-authenticate");
            assert_eq!(
                challenge,
                r#"Bearer realm="Infisical API", error="insufficient_scope""#
            );
        }
    }
}

async fn a_path_that_is_no_text_is_a_bad_request() {
    let server = shared().await;
    let bearer = server.demo("/infisical/access_token");
    let (secured, _) = operations(server);
    for operation in secured {
        if operation.path.contains("/ID") {
            let call = operation.whole(server, "%ff").bearer(bearer);
            assert_error(&call.expect(400).await.json(), 400, "BadRequest");
        }
    }
}

async fn a_body_is_an_object_of_the_contract() {
    let server = shared().await;
    for (operation, bearer) in with_body(server) {
        let valid = operation.body.clone().expect("a body");
        let mut more = valid.clone();
        more["more"] = json!(1);
        let mut bodies = bodies::no_objects(&valid);
        bodies.push(more.to_string().into_bytes());
        for (name, _) in valid.as_object().expect("an object") {
            let mut wrong = valid.clone();
            wrong[name] = json!([]);
            bodies.push(wrong.to_string().into_bytes());
        }
        for body in bodies {
            let optional = operation.path.ends_with("ID/tokens") && body.is_empty();
            let call = operation.call(server, "a").body("application/json", body);
            let answer = authorized(call, bearer.as_ref()).send().await;
            if !optional {
                assert_eq!(answer.status, 422, "{} {}", operation.path, answer.text());
                assert_error(&answer.json(), 422, "ValidationFailure");
            }
        }
    }
}

async fn a_body_that_is_too_large_is_not_read() {
    let server = shared().await;
    for (operation, bearer) in with_body(server) {
        let mut body = operation.body.clone().expect("a body");
        body["name"] = json!("n".repeat(2 << 20));
        let call = operation.call(server, "a").json(&body);
        let answer = authorized(call, bearer.as_ref()).expect(413).await;
        assert_error(&answer.json(), 413, "PayloadTooLarge");
    }
}

async fn a_body_of_another_media_type_is_not_read() {
    let server = shared().await;
    for (operation, bearer) in with_body(server) {
        for media_type in bodies::NOT_JSON {
            let call = operation.call(server, "a").body(media_type, "{}");
            let answer = authorized(call, bearer.as_ref()).expect(415).await;
            assert_error(&answer.json(), 415, "UnsupportedMediaType");
        }
    }
}

async fn a_body_that_has_to_be_there_is_missed() {
    let server = shared().await;
    for (operation, bearer) in with_body(server) {
        let call = operation.call(server, server.demo("/infisical/identity_id"));
        if operation.path.ends_with("ID/tokens") {
            continue;
        }
        let answer = authorized(call, bearer.as_ref()).expect(422).await.json();
        assert_error(&answer, 422, "ValidationFailure");
        let issue = json!([{
            "code": "invalid_type",
            "expected": "object",
            "received": "undefined",
            "path": [],
            "message": "Required",
        }]);
        assert_eq!(answer["message"], issue, "{}", operation.path);
    }
}

async fn a_broken_store_is_owned_up_to() {
    // Nothing was read yet that could be remembered.
    let server = Server::start(Setup::default()).await;
    server.break_store().await;
    let bearer = server.demo("/infisical/access_token");
    let (secured, held) = operations(&server);
    let secured = secured
        .iter()
        .map(|it| it.whole(&server, "a").bearer(bearer));
    let held = held.iter().map(|it| it.whole(&server, "a"));
    for call in secured.chain(held) {
        let answer = call.expect(500).await.json();
        assert_error(&answer, 500, "InternalServerError");
        assert_eq!(answer["message"], "Something went wrong");
    }
}
