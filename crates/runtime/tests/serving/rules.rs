//! What is served otherwise than OpenAPI has words for: to scripts of other origins, and to HEAD.

use crate::http::serve;

const ORIGIN: (&str, &str) = ("origin", "https://app.example");

#[test]
fn scripts_of_every_origin_may_read_every_answer_of_what_is_open() {
    let server = serve();
    for (method, path, status) in [
        ("POST", "/items/1", 401),
        ("GET", "/fail/panic", 500),
        ("HEAD", "/fail/panic", 500),
    ] {
        for headers in [&[ORIGIN][..], &[]] {
            let answer = server.send(method, path, headers, "");
            assert_eq!(answer.status, status, "{}", answer.head);
            assert_eq!(answer.fields("access-control-allow-origin"), ["*"]);
            let exposed = answer.fields("access-control-expose-headers").join(", ");
            assert!(exposed.contains("www-authenticate"), "{exposed}");
            assert!(answer.fields("access-control-allow-credentials").is_empty());
        }
    }
}

#[test]
fn a_browser_that_asks_beforehand_is_told_what_is_open() {
    let server = serve();
    let asked = [ORIGIN, ("access-control-request-method", "POST")];
    let answer = server.send("OPTIONS", "/items/1", &asked, "");
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.fields("allow"), ["OPTIONS, POST"]);
    assert_eq!(answer.fields("access-control-allow-origin"), ["*"]);
    assert_eq!(answer.fields("access-control-allow-methods"), ["POST"]);
    assert_eq!(
        answer.fields("access-control-allow-headers"),
        ["authorization, *"]
    );
    assert!(answer.fields("access-control-allow-credentials").is_empty());
}

#[test]
fn nothing_else_is_open() {
    let server = serve();
    let asking = |method| [ORIGIN, ("access-control-request-method", method)];
    for (method, path, headers) in [
        ("GET", "/list", &[ORIGIN][..]),
        ("DELETE", "/items/1", &[ORIGIN]),
        ("GET", "/nowhere", &[ORIGIN]),
        ("OPTIONS", "/list", &asking("GET")),
        ("OPTIONS", "/items/1", &asking("DELETE")),
        ("OPTIONS", "/items/1", &asking("")),
        ("OPTIONS", "/nowhere", &asking("GET")),
        ("OPTIONS", "/items/1", &[ORIGIN]),
        ("OPTIONS", "/items/1", &asking("POST")[1..]),
    ] {
        let answer = server.send(method, path, headers, "");
        assert!(!answer.head.contains("access-control-"), "{}", answer.head);
    }
}

#[test]
fn head_runs_nothing_that_it_must_not() {
    let server = serve();
    assert_eq!(server.get("/echo/literal/other").status, 200);
    let answer = server.send("HEAD", "/echo/literal/other", &[], "");
    assert_eq!((answer.status, answer.body.as_str()), (405, ""));
    assert_eq!(answer.fields("allow"), ["GET, OPTIONS"]);
    let answer = server.send("OPTIONS", "/echo/literal/other", &[], "");
    assert_eq!(answer.fields("allow"), ["GET, OPTIONS"]);
}
