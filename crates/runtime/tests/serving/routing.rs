//! Paths and methods.

use crate::http::serve;

#[test]
fn literals_win_and_dead_ends_are_left() {
    let server = serve();
    assert_eq!(server.get("/echo/literal/other").body, "other");
    assert_eq!(server.get("/echo/literal/end").body, "literal");
    server.get("/echo/x/other").assert_problem(404);
}

#[test]
fn segments_are_decoded_once() {
    let server = serve();
    assert_eq!(server.get("/echo/a%2Fb/end").body, "a/b");
    assert_eq!(server.get("/echo/%2561+/end").body, "%61+");
    assert_eq!(server.get("/echo/%C3%A9/%65nd").body, "\u{e9}");
    server.get("/echo%2Fx%2Fend").assert_problem(404);
    let answer = server.get("/echo/%FF/end");
    answer.assert_problem(400);
    assert_eq!(answer.violations(), ["path /text encoding"]);
}

#[test]
fn unknown_paths_are_problems() {
    let server = serve();
    for path in ["/", "/items", "/revoke/", "//revoke", "/echo//end"] {
        server.get(path).assert_problem(404);
    }
}

#[test]
fn unknown_methods_are_problems_with_allow() {
    let server = serve();
    let answer = server.send("DELETE", "/list", &[], "");
    answer.assert_problem(405);
    assert_eq!(answer.fields("allow"), ["GET, HEAD, OPTIONS"]);
    let answer = server.send("GET", "/revoke", &[], "");
    answer.assert_problem(405);
    assert_eq!(answer.fields("allow"), ["OPTIONS, POST"]);
}

#[test]
fn options_names_the_methods() {
    let answer = serve().send("OPTIONS", "/list", &[], "");
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.fields("allow"), ["GET, HEAD, OPTIONS"]);
    serve()
        .send("OPTIONS", "/nowhere", &[], "")
        .assert_problem(404);
}

#[test]
fn head_is_get_without_the_body() {
    let server = serve();
    let answer = server.send("HEAD", "/echo/abc/end", &[], "");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(answer.fields("content-length"), ["3"]);
    assert_eq!(answer.fields("content-type"), ["text/plain; charset=utf-8"]);
}

#[test]
fn a_segment_may_be_text_and_parameter() {
    let server = serve();
    assert_eq!(server.get("/named/a%2F.b.c").body, "a/.b");
    server.get("/named/a.").assert_problem(404);
}

#[test]
fn one_path_may_have_several_operations_of_a_method() {
    let server = serve();
    let named = |query: &str, fields: &[(&str, &str)]| {
        server
            .send("GET", &format!("/named{query}"), fields, "")
            .status
    };
    assert_eq!(named("?a=b&by=query", &[]), 200);
    assert_eq!(named("?by=other&list", &[]), 200);
    assert_eq!(named("", &[("x-by", "header")]), 200);
    assert_eq!(named("?by=other", &[("x-by", "other")]), 404);
    let answer = server.send("POST", "/named?list", &[], "");
    answer.assert_problem(405);
    assert_eq!(answer.fields("allow"), ["GET, HEAD, OPTIONS"]);
    assert_eq!(server.send("HEAD", "/named?list", &[], "").status, 200);
}
