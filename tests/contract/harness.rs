//! The harness itself: each of its checks fails when it should.

use serde_json::json;

use crate::check::check;
use crate::exchange::Exchange;
use crate::secrets;

scenarios!(
    a_good_exchange_passes_and_is_named,
    an_undocumented_status_is_found,
    an_undocumented_content_type_is_found,
    a_body_against_its_schema_is_found,
    a_body_where_none_is_documented_is_found,
    a_missing_or_wrong_header_is_found,
    an_accepted_invalid_request_is_found,
    a_missing_request_id_is_found,
    wrong_answers_outside_the_contracts_are_found,
    secrets_are_found_again,
);

const VTEX: &str = "/authorization/token";
const BEYOND: &str = "/v1/tenants/t/realms/r/applications/a";

/// An exchange as VTEX's contract has it.
fn good() -> Exchange {
    Exchange {
        method: "POST".to_owned(),
        path: VTEX.to_owned(),
        raw_query: String::new(),
        request_headers: headers(&[("content-type", "application/json")]),
        request_body: json!({"applicationId": "vtex", "returnUrl": "https://example.com/"})
            .to_string()
            .into_bytes(),
        status: 200,
        headers: headers(&[("content-type", "application/json"), ("x-request-id", "1")]),
        body: json!({"applicationId": "vtex", "token": "t"})
            .to_string()
            .into_bytes(),
    }
}

fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn assert_found(exchange: &Exchange, fault: &str) {
    let faults = check(exchange).expect_err("a fault");
    assert!(
        faults.iter().any(|found| found.contains(fault)),
        "{fault} is not among {faults:?}"
    );
}

async fn a_good_exchange_passes_and_is_named() {
    let pair = ("vtex createAuthorizationToken".to_owned(), "200".to_owned());
    assert_eq!(check(&good()), Ok(Some(pair)));
}

async fn an_undocumented_status_is_found() {
    for status in [201, 204, 302, 401, 404, 422, 503] {
        let exchange = Exchange { status, ..good() };
        assert_found(&exchange, "does not document the status");
    }
}

async fn an_undocumented_content_type_is_found() {
    for media_type in ["text/plain", "application/problem+json", ""] {
        let exchange = Exchange {
            headers: headers(&[("content-type", media_type), ("x-request-id", "1")]),
            ..good()
        };
        assert_found(&exchange, "does not document the content type");
    }
}

async fn a_body_against_its_schema_is_found() {
    for (body, fault) in [
        (json!({"token": "t"}), "applicationId"),
        (json!({"applicationId": "vtex", "token": 1}), "/token"),
        (json!([]), "object"),
    ] {
        let exchange = Exchange {
            body: body.to_string().into_bytes(),
            ..good()
        };
        assert_found(&exchange, fault);
    }
    let exchange = Exchange {
        body: b"{".to_vec(),
        ..good()
    };
    assert_found(&exchange, "not JSON");
}

async fn a_body_where_none_is_documented_is_found() {
    let exchange = Exchange {
        path: format!("{BEYOND}/revoke"),
        request_body: br#"{"token":"x"}"#.to_vec(),
        ..good()
    };
    assert_found(&exchange, "documents no body");
}

async fn a_missing_or_wrong_header_is_found() {
    let token = json!({"access_token": "x", "token_type": "Bearer", "expires_in": 1, "scope": ""});
    let with = |cache: &str| Exchange {
        path: format!("{BEYOND}/token"),
        request_headers: headers(&[("content-type", "application/x-www-form-urlencoded")]),
        request_body: b"grant_type=client_credentials".to_vec(),
        headers: headers(&[
            ("content-type", "application/json"),
            ("x-request-id", "1"),
            ("pragma", "no-cache"),
            (cache, "public"),
        ]),
        body: token.to_string().into_bytes(),
        ..good()
    };
    assert_found(&with("x-other"), "header Cache-Control is missing");
    assert_found(&with("cache-control"), "header Cache-Control: ");
    let refused = Exchange {
        status: 401,
        body: br#"{"error":"invalid_client"}"#.to_vec(),
        ..with("x-other")
    };
    assert_found(&refused, "without WWW-Authenticate");
}

async fn an_accepted_invalid_request_is_found() {
    let invalid = Exchange {
        request_body: br#"{"applicationId":"other","returnUrl":"https://example.com/"}"#.to_vec(),
        ..good()
    };
    assert_found(&invalid, "an invalid body was accepted");
    let malformed = Exchange {
        request_body: b"{".to_vec(),
        ..good()
    };
    assert_found(&malformed, "a malformed body was accepted");
    let untyped = Exchange {
        request_headers: Vec::new(),
        ..good()
    };
    assert_found(&untyped, "undocumented type");
    let twice = Exchange {
        path: format!("{BEYOND}/revoke"),
        request_headers: headers(&[("content-type", "application/x-www-form-urlencoded")]),
        request_body: b"token=a&token=b".to_vec(),
        body: Vec::new(),
        ..good()
    };
    assert_found(&twice, "there twice");
    let parameter = Exchange {
        path: "/v1/applications/no-uuid/tokens".to_owned(),
        status: 201,
        ..good()
    };
    assert_found(&parameter, "the parameter applicationId was accepted");
}

async fn a_missing_request_id_is_found() {
    let exchange = Exchange {
        headers: headers(&[("content-type", "application/json")]),
        ..good()
    };
    assert_found(&exchange, "no x-request-id");
}

async fn wrong_answers_outside_the_contracts_are_found() {
    let problem = |method: &str, path: &str, status: u16, allow: &str| Exchange {
        method: method.to_owned(),
        path: path.to_owned(),
        status,
        headers: headers(&[
            ("content-type", "application/problem+json"),
            ("x-request-id", "1"),
            ("allow", allow),
        ]),
        body: json!({"status": status, "title": "t"})
            .to_string()
            .into_bytes(),
        ..good()
    };
    assert_eq!(check(&problem("GET", "/nothing", 404, "")), Ok(None));
    assert_eq!(check(&problem("GET", VTEX, 405, "POST, OPTIONS")), Ok(None));
    assert_found(&problem("GET", "/nothing", 200, ""), "expected 404");
    assert_found(&problem("GET", VTEX, 404, ""), "expected 405");
    assert_found(&problem("GET", VTEX, 405, "OPTIONS"), "does not name POST");
    assert_found(&problem("GET", VTEX, 405, "POST, GET"), "Allow names `GET`");
    let plain = Exchange {
        headers: headers(&[("content-type", "text/plain"), ("x-request-id", "1")]),
        ..problem("GET", "/nothing", 404, "")
    };
    assert_found(&plain, "instead of problem details");
}

async fn secrets_are_found_again() {
    let secret = format!("harness-{}", uuid::Uuid::new_v4());
    secrets::keep(&secret);
    let text = format!("before {secret} after");
    assert_eq!(secrets::found_in(text.as_bytes()).len(), 1);
    assert!(secrets::found_in(b"nothing of the kind, however long it is").is_empty());
}
