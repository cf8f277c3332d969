//! What is wrong with a request, in the form of the vendor's validator.

use serde_json::{Value, json};

use super::world::{
    Identity, TokenAuth, admin, assert_error, identity, identity_path, token_auth_path, tokens_path,
};
use crate::client::Call;
use crate::server::{Server, shared};

scenarios!(
    numbers_are_held_against_their_bounds,
    types_are_told_apart,
    what_is_missing_is_required,
    members_that_are_not_known_are_named,
    texts_and_lists_are_held_against_their_lengths,
    parameters_are_told_of_in_the_same_way,
);

/// The issues that a request is refused with.
async fn issues(call: Call) -> Value {
    let answer = call.expect(422).await.json();
    assert_error(&answer, 422, "ValidationFailure");
    answer["message"].clone()
}

async fn attach(server: &Server, body: &Value) -> Value {
    let id = server.demo("/infisical/identity_id");
    issues(admin(server, "POST", &token_auth_path(id)).json(body)).await
}

async fn numbers_are_held_against_their_bounds() {
    let server = shared().await;
    let found = attach(server, &json!({"accessTokenTTL": 315_360_001})).await;
    let issue = json!([{
        "code": "too_big",
        "maximum": 315_360_000,
        "type": "number",
        "inclusive": true,
        "exact": false,
        "path": ["accessTokenTTL"],
        "message": "Number must be less than or equal to 315360000",
    }]);
    assert_eq!(found, issue);
    let found = attach(server, &json!({"accessTokenNumUsesLimit": -1})).await;
    let issue = json!([{
        "code": "too_small",
        "minimum": 0,
        "type": "number",
        "inclusive": true,
        "exact": false,
        "path": ["accessTokenNumUsesLimit"],
        "message": "Number must be greater than or equal to 0",
    }]);
    assert_eq!(found, issue);
}

async fn types_are_told_apart() {
    let server = shared().await;
    for (value, expected, received) in [
        (json!("60"), "number", "string"),
        (json!(null), "number", "null"),
        (json!([60]), "number", "array"),
        (json!({}), "number", "object"),
        (json!(true), "number", "boolean"),
        (json!(1.5), "integer", "float"),
    ] {
        let found = attach(server, &json!({ "accessTokenTTL": value })).await;
        let issue = json!([{
            "code": "invalid_type",
            "expected": expected,
            "received": received,
            "path": ["accessTokenTTL"],
            "message": format!("Expected {expected}, received {received}"),
        }]);
        assert_eq!(found, issue);
    }
    let found = attach(server, &json!({"accessTokenTrustedIps": "10.0.0.1"})).await;
    assert_eq!(found[0]["message"], "Expected array, received string");
    let name = admin(server, "POST", &tokens_path("a")).json(&json!({"name": 1}));
    let found = issues(name).await;
    assert_eq!(found[0]["message"], "Expected string, received number");
    let list = admin(server, "POST", &tokens_path("a")).json(&json!([]));
    let found = issues(list).await;
    assert_eq!(found[0]["path"], json!([]));
    assert_eq!(found[0]["message"], "Expected object, received array");
}

async fn what_is_missing_is_required() {
    let server = shared().await;
    let required = |path: Value| {
        json!([{
            "code": "invalid_type",
            "expected": "string",
            "received": "undefined",
            "path": path,
            "message": "Required",
        }])
    };
    let trusted = json!({"accessTokenTrustedIps": [{"ipAddress": "::"}, {}]});
    let found = attach(server, &trusted).await;
    // Which item it is, is a number.
    let path = json!(["accessTokenTrustedIps", 1, "ipAddress"]);
    assert_eq!(found, required(path));
    let renew = server.client.post("/api/v1/auth/token/renew");
    let found = issues(renew.json(&json!({}))).await;
    assert_eq!(found, required(json!(["accessToken"])));
}

async fn members_that_are_not_known_are_named() {
    let server = shared().await;
    let found = attach(server, &json!({"accessTokenTtl": 60, "more": 1})).await;
    let issue = json!([{
        "code": "unrecognized_keys",
        "keys": ["accessTokenTtl", "more"],
        "path": [],
        "message": "Unrecognized key(s) in object: 'accessTokenTtl', 'more'",
    }]);
    assert_eq!(found, issue);
    let deep = json!({"accessTokenTrustedIps": [{"ipAddress": "::", "prefix": 0}]});
    let found = attach(server, &deep).await;
    assert_eq!(found[0]["keys"], json!(["prefix"]));
    assert_eq!(found[0]["path"], json!(["accessTokenTrustedIps", 0]));
    // An answer does not outgrow its request.
    let many = (0..100).map(|n| (format!("{n}{}", "k".repeat(1000)), json!(1)));
    let found = attach(server, &many.collect()).await;
    let keys = found[0]["keys"].as_array().expect("keys");
    assert_eq!(keys.len(), 16);
    let lengths = keys.iter().filter_map(Value::as_str).map(str::len);
    assert_eq!(lengths.max(), Some(64));
}

async fn texts_and_lists_are_held_against_their_lengths() {
    let server = shared().await;
    let id = identity(server, Identity::member(TokenAuth::default())).await;
    let token = |name: &str| admin(server, "POST", &tokens_path(&id)).json(&json!({"name": name}));
    let renamed =
        |name: &str| admin(server, "PATCH", &identity_path(&id)).json(&json!({"name": name}));
    let ips = |count: usize| {
        let ips = vec![json!({"ipAddress": "10.0.0.1"}); count];
        let body = json!({"accessTokenTrustedIps": ips});
        admin(server, "PATCH", &token_auth_path(&id)).json(&body)
    };
    for good in [token(""), token(&"é".repeat(255)), renamed("é"), ips(100)] {
        good.expect(200).await;
    }
    let long = "n".repeat(256);
    for (call, code, message) in [
        (
            token(&long),
            "too_big",
            "String must contain at most 255 character(s)",
        ),
        (
            renamed(&long),
            "too_big",
            "String must contain at most 255 character(s)",
        ),
        (
            renamed(""),
            "too_small",
            "String must contain at least 1 character(s)",
        ),
        (token("a\0b"), "invalid_string", "Invalid"),
        (renamed("a\nb"), "invalid_string", "Invalid"),
        (
            ips(0),
            "too_small",
            "Array must contain at least 1 element(s)",
        ),
        (
            ips(101),
            "too_big",
            "Array must contain at most 100 element(s)",
        ),
    ] {
        let found = issues(call).await;
        assert_eq!(
            (&found[0]["code"], &found[0]["message"]),
            (&json!(code), &json!(message))
        );
    }
}

async fn parameters_are_told_of_in_the_same_way() {
    let server = shared().await;
    let list = |query: &str| admin(server, "GET", &tokens_path("a")).raw_query(query);
    let found = issues(list("limit=101")).await;
    assert_eq!(found[0]["path"], json!(["limit"]));
    assert_eq!(
        found[0]["message"],
        "Number must be less than or equal to 100"
    );
    let found = issues(list("offset=many")).await;
    let issue = json!([{
        "code": "invalid_type",
        "expected": "number",
        "received": "nan",
        "path": ["offset"],
        "message": "Expected number, received nan",
    }]);
    assert_eq!(found, issue);
    let found = issues(admin(server, "GET", "/api/v1/identities")).await;
    let issue = json!([{
        "code": "invalid_type",
        "expected": "string",
        "received": "undefined",
        "path": ["orgId"],
        "message": "Required",
    }]);
    assert_eq!(found, issue);
}
