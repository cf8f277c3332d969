//! Faults of the server.

use crate::http::serve;

#[test]
fn panics_are_the_documented_500() {
    let server = serve();
    let answer = server.get("/fail/panic");
    assert_eq!(answer.status, 500);
    assert_eq!(answer.json()["code"], 500);
    assert_eq!(answer.json()["message"], "the server failed to answer");
    server.get("/bare/panic").assert_problem(500);
    assert_eq!(server.get("/fail/not").status, 201);
}

#[test]
fn slow_handlers_are_cut_off() {
    let server = serve();
    let answer = server.get("/fail/sleep");
    assert_eq!(answer.status, 500);
    assert_eq!(
        answer.json()["message"],
        "the server took too long to answer"
    );
    server.get("/bare/sleep").assert_problem(503);
    assert_eq!(server.get("/fail/yield").status, 201);
}

#[test]
fn header_values_that_are_not_legal_are_internal() {
    let answer = serve().get("/fail/header");
    assert_eq!(answer.status, 500);
    assert_eq!(answer.fields("b"), [""; 0]);
}

#[test]
#[cfg(debug_assertions)]
fn responses_keep_the_contract() {
    let answer = serve().get("/fail/schema");
    assert_eq!(answer.status, 500);
    assert_eq!(answer.json()["code"], 500);
}
