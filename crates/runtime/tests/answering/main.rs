//! Every form of answer, on a real socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod client;
mod service;

use client::serve;

#[test]
fn the_client_chooses_among_forms_of_json() {
    let server = serve();
    let media_type = |accept| server.get("/json", &[accept]).field("content-type");
    assert_eq!(media_type("*/*").as_deref(), Some("application/json"));
    let other = media_type("application/json;q=0.5, application/vnd.a+json");
    assert_eq!(other.as_deref(), Some("application/vnd.a+json"));
}

#[test]
fn the_client_chooses_between_json_and_xml() {
    let server = serve();
    let answer = server.get("/xml", &["application/xml, application/json;q=0.9"]);
    assert_eq!(
        answer.field("content-type").as_deref(),
        Some("application/xml")
    );
    assert_eq!(
        answer.text(),
        r#"<?xml version="1.0" encoding="UTF-8"?><number><n>1</n></number>"#
    );
    assert_eq!(server.get("/xml", &["*/*"]).text(), r#"{"n":1}"#);
    assert_eq!(server.get("/xml", &[]).text(), r#"{"n":1}"#);
    assert_eq!(server.get("/xml", &["text/csv"]).status, 406);
}

#[test]
fn who_takes_nothing_on_offer_is_refused_before_the_handler() {
    let server = serve();
    let answer = server.get("/json", &["text/html", "image/png;q=0.3"]);
    assert_eq!(answer.status, 406);
    assert_eq!(answer.text(), r#"{"code":406}"#);
    let answer = server.get("/octets", &["text/html"]);
    assert_eq!(answer.status, 406);
    let problem = answer.field("content-type");
    assert_eq!(problem.as_deref(), Some("application/problem+json"));
}

#[test]
fn a_handler_may_ask_what_is_preferred() {
    let server = serve();
    assert_eq!(server.get("/either", &["text/csv"]).text(), "a,b\n");
    assert_eq!(
        server.get("/either", &["text/csv;q=0.1, */*"]).text(),
        "[1]"
    );
    assert_eq!(server.get("/either", &[]).text(), "[1]");
}

#[test]
fn octets_are_sent_or_streamed() {
    let server = serve();
    let answer = server.get("/octets", &[]);
    assert_eq!(answer.body, [0, 159, 146, 150]);
    assert_eq!(answer.field("content-length").as_deref(), Some("4"));
    let answer = server.get("/image", &[]);
    assert_eq!(answer.field("content-type").as_deref(), Some("image/png"));
    assert_eq!(
        answer.field("transfer-encoding").as_deref(),
        Some("chunked")
    );
    assert_eq!(answer.chunks(), ["one", "two"]);
}

#[test]
fn sequences_and_events_are_written_one_by_one() {
    let server = serve();
    assert_eq!(
        server.get("/lines", &[]).chunks(),
        ["{\"n\":1}\n", "{\"n\":2}\n"]
    );
    assert_eq!(
        server.get("/sequence", &[]).chunks(),
        ["\x1e1\n", "\x1e2\n"]
    );
    let answer = server.get("/events", &[]);
    assert_eq!(
        answer.field("content-type").as_deref(),
        Some("text/event-stream")
    );
    assert_eq!(
        answer.chunks(),
        ["data: 1\nevent: tick\n\n", "data: {\"n\":2}\n\n"]
    );
}

#[test]
fn header_fields_have_their_styles() {
    let answer = serve().get("/headers", &[]);
    assert_eq!(answer.status, 204);
    assert_eq!(answer.field("x-list").as_deref(), Some("1,2"));
    assert_eq!(answer.field("x-object").as_deref(), Some("n=1"));
    assert_eq!(answer.field("x-json").as_deref(), Some(r#"{"n":1}"#));
    assert_eq!(answer.field("x-none"), None);
    assert_eq!(answer.fields("set-cookie"), ["a=1", "b=2"]);
    assert_eq!(answer.field("content-type"), None);
}

#[test]
#[cfg(debug_assertions)]
fn an_answer_of_an_undocumented_kind_is_a_fault() {
    let server = serve();
    assert_eq!(server.get("/wrong/status", &[]).status, 500);
    assert_eq!(server.get("/wrong/range", &[]).status, 500);
    assert_eq!(server.get("/wrong/schema", &[]).status, 500);
    assert_eq!(server.get("/wrong/xml", &[]).status, 500);
    assert_eq!(server.get("/wrong/none", &[]).status, 202);
}
