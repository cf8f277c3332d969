//! Answers: statuses and their ranges, media types by `Accept`, header fields, streams.

use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::{get, refused, url};

async fn accepting(accept: &str) -> Response {
    let request = Client::new().get(url("/answers/200"));
    request.header("Accept", accept).send().await.unwrap()
}

#[actix_web::test]
async fn each_status_has_its_answer() {
    assert_eq!(get("/answers/204").await.status(), 204);
    assert_eq!(get("/answers/299").await.status(), 299);
    assert_eq!(refused(get("/answers/418").await, 418).await, "418");
    assert_eq!(refused(get("/answers/503").await, 503).await, "503");
    let unfit = refused(get("/answers/600").await, 400).await;
    assert!(unfit.contains("status"), "{unfit}");
}

#[actix_web::test]
async fn header_fields_are_sent_with_the_body() {
    let answer = get("/answers/200").await;
    assert_eq!(answer.headers()["x-count"], "3");
    assert_eq!(answer.headers()["x-words"], "a,b c");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body, json!({ "R": 1, "G": 2 }));
}

#[actix_web::test]
async fn accept_chooses_among_the_media_types_and_what_is_none_is_refused() {
    for accept in ["application/json", "application/*;q=0.5, text/html", "*/*"] {
        let answer = accepting(accept).await;
        assert_eq!(
            answer.headers()["content-type"],
            "application/json",
            "{accept}"
        );
    }
    let request = Client::new().get(url("/lines"));
    let refused = request.header("Accept", "text/html").send().await.unwrap();
    assert_eq!(refused.status(), 406);
    let problem: Value = refused.json().await.unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("application/jsonl"), "{detail}");
}

#[actix_web::test]
async fn events_and_lines_are_framed() {
    let events = get("/events").await;
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    assert_eq!(
        events.text().await.unwrap(),
        "data: 0\ndata: of three\n\nevent: later\ndata: 1\ndata: of three\n\nevent: later\ndata: 2\ndata: of three\n\n"
    );
    let lines = get("/lines").await;
    assert_eq!(lines.headers()["content-type"], "application/jsonl");
    assert_eq!(
        lines.text().await.unwrap(),
        "{\"R\":0}\n{\"R\":1}\n{\"R\":2}\n"
    );
}
