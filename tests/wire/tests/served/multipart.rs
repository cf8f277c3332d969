//! `multipart/form-data`: parts of a type, and files that are streamed.

use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response};
use serde_json::json;

use crate::{refused, seen, url};

async fn upload(form: Form) -> Response {
    Client::new()
        .post(url("/upload"))
        .multipart(form)
        .send()
        .await
        .unwrap()
}

fn color(text: &'static str) -> Part {
    Part::text(text).mime_str("application/json").unwrap()
}

fn file(size: usize, media_type: &str) -> Part {
    let file = Part::bytes(vec![7; size]).file_name("a.png");
    file.mime_str(media_type).unwrap()
}

#[actix_web::test]
async fn parts_arrive_in_their_types_and_files_as_streams() {
    let form = Form::new()
        .part("color", color(r#"{"R":1,"G":2}"#))
        .text("words", "a")
        .text("words", "b")
        .text("unknown", "skipped")
        .part("file", file(3_000_000, "image/png"));
    let expected = json!({
        "color": { "R": 1, "G": 2 },
        "words": ["a", "b"],
        "file": { "name": "a.png", "type": "image/png", "bytes": 3_000_000 },
    });
    assert_eq!(seen(upload(form).await).await, expected);
}

#[actix_web::test]
async fn what_is_missing_or_wrong_is_named() {
    let file = || file(3, "image/png");
    let missing = Form::new().part("file", file());
    assert!(refused(upload(missing).await, 422).await.contains("color"));
    let wrong = Form::new()
        .part("color", color(r#"{"R":256}"#))
        .part("file", file());
    assert!(refused(upload(wrong).await, 422).await.contains("color/R"));
    let twice = Form::new()
        .part("color", color(r#"{"R":1}"#))
        .part("color", color(r#"{"R":1}"#))
        .part("file", file());
    assert!(refused(upload(twice).await, 422).await.contains("color"));
}

#[actix_web::test]
async fn a_part_of_another_media_type_is_refused() {
    let form = Form::new()
        .part("color", color(r#"{"R":1}"#))
        .part("file", file(3, "text/html"));
    let detail = refused(upload(form).await, 422).await;
    assert!(detail.contains("image/png"), "{detail}");
}
