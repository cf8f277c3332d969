//! Request bodies.

use crate::http::{Answer, Server, serve};

const CREATE: &str = "/items/0199f0a0-0000-7000-8000-000000000001?limit=1";

fn json(server: &Server, body: &str) -> Answer {
    let fields = [("x-key", "good-key"), ("content-type", "application/json")];
    server.send("POST", CREATE, &fields, body)
}

fn form(server: &Server, body: &str) -> Answer {
    let fields = [("content-type", "application/x-www-form-urlencoded")];
    server.send("POST", "/revoke", &fields, body)
}

#[test]
fn a_good_body_arrives_typed() {
    let body = r#"{"name": "ab", "note": null, "count": 1e2, "kind": "fast", "link": null,
        "id": "0199f0a0-0000-7000-8000-00000000000A", "at": "2026-01-02T03:04:05+01:00"}"#;
    let answer = json(&serve(), body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(answer.fields("content-type"), ["application/json"]);
    assert_eq!(
        answer.body,
        r#"{"name":"ab","kind":"fast","note":null,"count":100,"id":"0199f0a0-0000-7000-8000-00000000000a","at":"2026-01-02T02:04:05Z","link":null}"#
    );
}

#[test]
fn all_violations_come_at_once_and_repeat_nothing() {
    let body = r#"{"name": "SECRET", "kind": "secret", "count": 101, "id": "secret",
        "at": "secret", "link": "secret", "secret": 1}"#;
    let answer = json(&serve(), body);
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(
        answer.violations(),
        [
            "body  additionalProperties",
            "body /at format",
            "body /count maximum",
            "body /id format",
            "body /kind enum",
            "body /link format",
            "body /name maxLength",
            "body /name pattern",
            "body /note required",
        ]
    );
    assert!(!answer.body.to_lowercase().contains("secret"));
}

#[test]
fn decoding_is_strict() {
    let server = serve();
    for (body, violation) in [
        (r#"["ab", null]"#, "body  type"),
        (
            r#"{"name": "ab", "note": null, "count": null}"#,
            "body /count type",
        ),
        (
            r#"{"name": "ab", "note": null, "count": 1.5}"#,
            "body /count type",
        ),
        (
            r#"{"name": "ab", "note": null, "kind": {"fast": null}}"#,
            "body /kind type",
        ),
        (r#"{"name": "ab", "note": null} x"#, "body  content"),
        (
            r#"{"name": "ab", "name": "ab", "note": null}"#,
            "body  content",
        ),
        (
            r#"{"name": "ab", "note": null, "count": -1e30}"#,
            "body  content",
        ),
        (
            r#"{"name": "ab", "note": null, "id": "0199f0a0000070008000000000000001"}"#,
            "body /id format",
        ),
        ("{", "body  content"),
        (" ", "body  content"),
        ("", "body  content"),
    ] {
        let answer = json(&server, body);
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
        assert!(
            answer.violations().contains(&violation.to_owned()),
            "{body}: {}",
            answer.body
        );
    }
}

/// Each of the three members is wrong, and none of what was sent is shown.
fn names_each_wrong_member(answer: &Answer) {
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.violations(),
        [
            "body /count type",
            "body /mode enum",
            "body /token maxLength"
        ]
    );
    assert!(!answer.body.contains("secret"));
}

#[test]
fn a_form_may_call_itself_json_where_a_rule_says_so() {
    let server = serve();
    let json = |path: &str, body: &str| {
        let fields = [("content-type", "application/json")];
        server.send("POST", path, &fields, body)
    };
    assert_eq!(
        json("/revoke", "token=a+b%26").body,
        r#"None Revocation { token: "a b&", mode: None, count: None }"#
    );
    assert_eq!(
        json("/revoke", "token=a&token=b").violations(),
        ["body /token type"]
    );
    for body in ["{token=a}", "=a", "token", "nul"] {
        assert_eq!(json("/revoke", body).violations(), ["body  content"]);
    }
}

#[test]
fn what_is_nested_too_deeply_is_not_said_to_be_no_json() {
    let body = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let fields = [("content-type", "application/json")];
    let answer = serve().send("POST", "/revoke", &fields, &body);
    let message = answer.json()["message"].to_string();
    assert!(message.contains("is nested too deeply"), "{message}");
}

#[test]
fn forms_are_read_as_their_schema_asks() {
    let server = serve();
    let answer = form(&server, "token=a+b%26&count=1.0&mode=slow&other=1");
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.body,
        r#"None Revocation { token: "a b&", mode: Some(Slow), count: Some(1) }"#
    );
    let answer = form(&server, "token=secretsecret&mode=secret&count=secret");
    names_each_wrong_member(&answer);
    for (body, violation) in [
        ("mode=slow", "body /token required"),
        ("token=a&token=b", "body /token type"),
        ("token=%ff", "body  content"),
        ("token=%4", "body  content"),
        ("token=t&count=1e30", "body  content"),
    ] {
        let answer = form(&server, body);
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(answer.violations(), [violation], "{body}");
    }
    let answer = form(
        &server,
        "token=secretsecret&token=b&mode=x&secret=1&secret=2",
    );
    assert_eq!(
        answer.json()["message"],
        "`token` may be given only once; \
         `mode` must be one of [\"fast\",\"slow\"]; `token` must have at most 10 characters"
    );
}

#[test]
fn xml_is_the_same_value_as_json() {
    let server = serve();
    let xml = |media_type: &str, body: &str| {
        server.send("POST", "/revoke", &[("content-type", media_type)], body)
    };
    let answer = xml(
        "application/xml",
        "<revocation count='1'><token>a &amp; b</token><mode>slow</mode></revocation>",
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.body,
        r#"None Revocation { token: "a & b", mode: Some(Slow), count: Some(1) }"#
    );
    let answer = xml(
        "application/xml; charset=utf-8",
        "<revocation count='secret'><token>secretsecret</token><mode>secret</mode></revocation>",
    );
    names_each_wrong_member(&answer);
    for (media_type, body, violation) in [
        ("application/xml", "<revocation/>", "body /token required"),
        ("application/xml", "<revocation>", "body  content"),
        (
            "application/xml",
            "<!DOCTYPE a><revocation/>",
            "body  content",
        ),
        ("application/xml", "<other/>", "body  content"),
        (
            "application/xml; charset=latin1",
            "<revocation/>",
            "body  encoding",
        ),
    ] {
        let answer = xml(media_type, body);
        assert_eq!(answer.violations(), [violation], "{body}");
    }
    let answer = xml("application/xml", "<revocation>\n<token></revocation>");
    assert_eq!(
        answer.json()["message"],
        "the request body is not XML: line 2, column 20"
    );
}

#[test]
fn one_operation_takes_several_media_types() {
    let fields = [("content-type", "application/json; charset=utf-8")];
    let answer = serve().send("POST", "/revoke", &fields, r#"{"token": "t"}"#);
    assert_eq!(answer.status, 200);
}

#[test]
fn a_body_that_has_to_be_there_is_missed() {
    let server = serve();
    let answer = server.send("POST", CREATE, &[("x-key", "good-key")], "");
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(answer.violations(), ["body  required"]);
    let answer = server.send("POST", "/revoke", &[], "");
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert_eq!(answer.json()["message"], "the request body is required");
}

#[test]
fn other_media_types_are_refused() {
    let server = serve();
    for fields in [
        &[("x-key", "good-key")][..],
        &[("x-key", "good-key"), ("content-type", "text/plain")],
    ] {
        let answer = server.send("POST", CREATE, fields, "{}");
        assert_eq!(answer.status, 415, "{fields:?}");
        assert_eq!(
            answer.json()["message"],
            "the request body must be application/json"
        );
    }
    let fields = [
        ("x-key", "good-key"),
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
    ];
    let answer = server.send("POST", CREATE, &fields, "{}");
    assert_eq!(answer.status, 415);
    assert_eq!(
        answer.json()["message"],
        "the request body must have no content coding"
    );
    server
        .send("POST", "/revoke", &[], "{}")
        .assert_problem(415);
}

#[test]
fn large_bodies_are_refused_with_and_without_a_length() {
    let server = serve();
    let large = format!("{{\"name\": \"{}\"", "a".repeat(2000));
    let answer = json(&server, &large);
    assert_eq!(answer.status, 413);
    assert_eq!(
        answer.json()["message"],
        "the request body is larger than 1000 bytes"
    );

    let head = format!(
        "POST {CREATE} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-key: good-key\r\n\
         content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let chunk = format!("190\r\n{}\r\n", " ".repeat(400));
    let answer = server.raw(&format!("{head}{}0\r\n\r\n", chunk.repeat(3)));
    assert_eq!(answer.status, 413);
    let good = "e\r\n{\"name\": \"ab\",\r\ne\r\n\"note\": null }\r\n0\r\n\r\n";
    let answer = server.raw(&format!("{head}{chunk}{good}"));
    assert_eq!(answer.status, 201, "{}", answer.body);
}

fn partly(target: &str, media_type: &str) -> String {
    format!(
        "POST {target} HTTP/1.1\r\nhost: x\r\nx-key: good-key\r\ncontent-type: {media_type}\r\n\
         content-length: 50\r\n\r\n{{\"name\""
    )
}

#[test]
fn bodies_that_do_not_arrive_are_bad_bodies() {
    let server = serve();
    let answer = server.raw(&partly(CREATE, "application/json"));
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(
        answer.json()["message"],
        "the request body did not arrive in time"
    );
    let answer = server.raw(&partly("/note", "text/plain"));
    answer.assert_problem(408);
}

#[test]
fn bodies_that_break_off_are_bad_bodies() {
    let answer = serve().half(&partly(CREATE, "application/json"));
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(
        answer.json()["message"],
        "the request body could not be read to its end"
    );
}
