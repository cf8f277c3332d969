//! Request ids.

use crate::http::serve;

#[test]
fn a_sane_id_is_kept_and_reaches_the_handler() {
    let answer = serve().send("GET", "/fail/not", &[("X-Request-Id", "abc-1.2_3")], "");
    assert_eq!(answer.fields("x-request-id"), ["abc-1.2_3"]);
    assert_eq!(answer.fields("location"), ["abc-1.2_3"]);
}

#[test]
fn other_ids_are_replaced() {
    let server = serve();
    let long = "a".repeat(129);
    for id in ["a b", "<script>", long.as_str()] {
        let answer = server.send("GET", "/nowhere", &[("x-request-id", id)], "");
        answer.assert_problem(404);
        assert_eq!(answer.fields("x-request-id")[0].len(), 36);
    }
    let answer = server.get("/fail/yield");
    assert_eq!(answer.fields("location"), answer.fields("x-request-id"));
}

#[test]
fn observed_routes_have_the_same() {
    let server = serve();
    let answer = server.send("GET", "/health/x", &[("x-request-id", "abc")], "");
    assert_eq!((answer.status, answer.body.as_str()), (200, "abc"));
    assert_eq!(answer.fields("x-request-id"), ["abc"]);
    server.get("/health/panic").assert_problem(500);
}
