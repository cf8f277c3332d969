//! Parameters.

use crate::http::serve;

#[test]
fn all_violations_come_at_once_and_repeat_nothing() {
    let answer = serve().send(
        "POST",
        "/items/secret?limit=11&tag=secret",
        &[("x-key", "good-key"), ("x-mode", "secret")],
        "",
    );
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(
        answer.violations(),
        [
            "header /x-mode enum",
            "path /itemId format",
            "query /limit maximum",
            "query /tag maxLength",
        ]
    );
    assert!(!answer.body.contains("secret"));
    assert_eq!(
        answer.json()["message"],
        "`itemId` must be a valid uuid; `limit` must be at most 10; `tag` must have at most 3 characters; \
         `x-mode` must be one of [\"fast\",\"slow\"]"
    );
}

#[test]
fn scalars_come_once_and_in_their_type() {
    let server = serve();
    for (query, violation) in [
        ("", "query /limit required"),
        ("?limit=x", "query /limit type"),
        ("?limit=", "query /limit type"),
        ("?limit=1.5", "query /limit type"),
        ("?limit=1&limit=2&limit=x", "query /limit type"),
        ("?limit=%ff", "query /limit encoding"),
    ] {
        let target = format!("/items/0199f0a0-0000-7000-8000-000000000001{query}");
        let answer = server.send("POST", &target, &[("x-key", "good-key")], "");
        assert_eq!(answer.status, 400, "{query}: {}", answer.body);
        assert_eq!(answer.violations()[0], violation, "{query}");
    }
}

#[test]
fn what_is_single_is_given_once() {
    let answer = serve().get("/list?filter[from]=1&filter[from]=2&from=1&from=2&from=3");
    answer.assert_problem(400);
    assert_eq!(
        answer.json()["detail"],
        "`filter/from` may be given only once; `range/from` may be given only once"
    );
}

#[test]
fn lists_objects_and_cookies() {
    let server = serve();
    let target = "/list?ids=1&ids=2e0&names=a%7Cb+c&filter%5Bfrom%5D=3&filter[to]=4&unknown&from=5";
    let answer = server.send("GET", target, &[("cookie", "x=y; session=s")], "");
    assert_eq!(
        answer.body,
        r#"Some([1, 2]) Some(["a", "b c"]) Some((3, Some(4))) Some((5, None)) Some("s")"#
    );
    assert_eq!(server.get("/list").body, "None None None None None");
    let answer = server.get("/list?ids=1&ids=x&filter[to]=y");
    answer.assert_problem(400);
    assert_eq!(
        answer.violations(),
        [
            "query /filter/from required",
            "query /filter/to type",
            "query /ids/1 type",
        ]
    );
}
