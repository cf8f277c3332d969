//! Security requirements.

use crate::http::{Answer, Server, serve, serve_clients_of};

const CREATE: &str = "/items/0199f0a0-0000-7000-8000-000000000001?limit=1";
const BODY: &str = r#"{"name": "ab", "note": null}"#;

fn create(server: &Server, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("content-type", "application/json")];
    all.extend(fields);
    server.send("POST", CREATE, &all, BODY)
}

fn caller(answer: &Answer) -> &str {
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.fields("location")[0].split(' ').next().unwrap()
}

#[test]
fn the_first_alternative_that_succeeds_decides() {
    let server = serve();
    let key = ("x-key", "good-key");
    let token = ("Authorization", "bEARER good-token");
    assert_eq!(caller(&create(&server, &[key])), "key");
    assert_eq!(caller(&create(&server, &[token])), "token");
    assert_eq!(caller(&create(&server, &[token, key])), "key");
    assert_eq!(
        caller(&create(&server, &[("x-key", "bad"), token])),
        "token"
    );
}

#[test]
fn no_credential_is_challenged_by_every_alternative() {
    let answer = create(&serve(), &[]);
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["message"], "a credential is required");
    assert_eq!(
        answer.fields("www-authenticate"),
        [
            r#"ApiKey realm="Example", in="header", name="x-key""#,
            r#"Bearer realm="Example", scope="items:write""#
        ]
    );
}

#[test]
fn the_first_failure_is_the_answer() {
    let server = serve();
    let answer = create(&server, &[("authorization", "Bearer secret-token")]);
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["message"], "denied");
    assert!(answer.fields("www-authenticate")[1].ends_with(r#", error="invalid_token""#));
    assert!(!answer.body.contains("secret"));
    let both = [("x-key", "bad"), ("authorization", "Bearer")];
    assert_eq!(create(&server, &both).json()["message"], "denied");
}

#[test]
fn a_token_without_the_scope_is_told_which() {
    let server = serve();
    let answer = create(&server, &[("authorization", "Bearer narrow-token")]);
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.fields("www-authenticate"),
        [r#"Bearer realm="Example", scope="items:write", error="insufficient_scope""#]
    );
    let answer = create(&server, &[("x-key", "narrow-key")]);
    assert_eq!(answer.status, 403);
    assert_eq!(answer.fields("www-authenticate"), [""; 0]);
}

#[test]
fn malformed_credentials_are_presented_credentials() {
    let server = serve();
    for fields in [
        &[("authorization", "Bearer")][..],
        &[("authorization", "Bearer a b")],
        &[
            ("authorization", "Bearer good-token"),
            ("authorization", "Bearer good-token"),
        ],
        &[
            ("authorization", "Digest x"),
            ("authorization", "Bearer good-token"),
        ],
        &[("x-key", "")],
        &[("x-key", "good-key"), ("x-key", "good-key")],
    ] {
        let answer = create(&server, fields);
        assert_eq!(answer.status, 401, "{fields:?}");
        assert_eq!(answer.json()["message"], "the credential is malformed");
    }
    let other = create(&server, &[("authorization", "Digest secret")]);
    assert_eq!(other.json()["message"], "a credential is required");
}

fn revoke(server: &Server, query: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
    all.extend(fields);
    server.send("POST", &format!("/revoke{query}"), &all, "token=t")
}

#[test]
fn anonymous_is_who_presents_nothing() {
    let server = serve();
    assert!(revoke(&server, "", &[]).body.starts_with("None "));
    let answer = revoke(&server, "", &[("authorization", "Basic ???")]);
    answer.assert_problem(401);
    assert_eq!(
        answer.fields("www-authenticate"),
        ["Basic realm=\"Example\""]
    );
    // `us\ner:pass` has a control character (RFC 7617, section 2).
    let fields = [
        ("authorization", "Basic dXMKZXI6cGFzcw=="),
        ("cookie", "sid=good-key"),
    ];
    revoke(&server, "", &fields).assert_problem(401);
    // One half of an AND is not nothing.
    revoke(&server, "", &[("cookie", "sid=good-key")]).assert_problem(401);
    assert_eq!(revoke(&server, "?key=bad", &[]).status, 422);
}

#[test]
fn a_requirement_of_two_schemes_needs_both() {
    let server = serve();
    let basic = ("authorization", "Basic dXNlcjpwYXNzOndvcmQ=");
    let good = ("cookie", "a=b; sid=good-key");
    let answer = revoke(&server, "", &[basic, good]);
    assert!(
        answer.body.starts_with("Some(\"client\")"),
        "{}",
        answer.body
    );
    revoke(&server, "", &[basic]).assert_problem(401);
    assert_eq!(
        revoke(&server, "", &[basic, ("cookie", "sid=bad")]).status,
        422
    );
    let answer = revoke(&server, "?key=good-key", &[basic]);
    assert!(answer.body.starts_with("Some(\"key\")"), "{}", answer.body);
}

#[test]
fn any_scheme_is_known_by_its_name() {
    let server = serve();
    let digest = |value: &str| server.send("GET", "/whoami", &[("authorization", value)], "");
    assert_eq!(digest("dIGEST username=\"me\"").body, "digest");
    assert_eq!(digest("Digest username=\"you\"").body, "denied");
    for other in [
        "Digestive username=\"me\"",
        "Bearer username=\"me\"",
        "Digest",
    ] {
        let answer = digest(other);
        answer.assert_problem(401);
        assert_eq!(
            answer.fields("www-authenticate"),
            ["Digest realm=\"Example\""]
        );
    }
}

#[test]
fn a_certificate_is_what_the_connection_has() {
    let whoami = |certificate, fields: &[(&str, &str)]| {
        serve_clients_of(certificate).send("GET", "/whoami", fields, "")
    };
    assert_eq!(whoami(Some(b"der"), &[]).body, "certificate");
    assert_eq!(whoami(Some(b"other"), &[]).body, "denied");
    whoami(None, &[("client-cert", ":ZGVy:")]).assert_problem(401);
}
