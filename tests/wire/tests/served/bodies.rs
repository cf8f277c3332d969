//! Bodies of one value: forms, text, JSON, octets.

use reqwest::{Body, Client, Response};
use serde_json::json;

use crate::{refused, seen, url};

async fn form(text: &'static str) -> Response {
    let request = Client::new().post(url("/form")).body(text);
    let request = request.header("Content-Type", "application/x-www-form-urlencoded");
    request.send().await.unwrap()
}

async fn echo(media_type: &str, body: impl Into<Body>) -> Response {
    let request = Client::new().post(url("/echo")).body(body);
    request
        .header("Content-Type", media_type)
        .send()
        .await
        .unwrap()
}

#[actix_web::test]
async fn each_field_of_a_form_has_its_encoding() {
    let sent = "name=a+b&words=x&words=y&listed=p,q&deep[R]=1&deep[G]=2&json=%7B%22R%22%3A3%7D&first=1&second=true";
    let expected = json!({
        "name": "a b",
        "words": ["x", "y"],
        "listed": ["p", "q"],
        "deep": { "R": 1, "G": 2 },
        "json": { "R": 3, "G": null },
        "members": { "first": "1", "second": true },
    });
    assert_eq!(seen(form(sent).await).await, expected);
}

#[actix_web::test]
async fn a_form_that_breaks_its_schema_is_refused_at_the_status_that_fits_best() {
    for (sent, named) in [
        ("words=x", "name"),
        ("name=123456789", "name"),
        ("name=a&deep[R]=300", "deep/R"),
        ("name=a&json=3", "json"),
        ("name=a&second=3", "members/second"),
        ("name=a&name=b", "name"),
    ] {
        let detail = refused(form(sent).await, 422).await;
        assert!(detail.contains(named), "{sent}: {detail}");
    }
}

#[actix_web::test]
async fn the_content_type_decides_what_a_body_is() {
    let text = echo("text/plain; charset=UTF-8", "3 \u{20ac}").await;
    assert_eq!(text.headers()["content-type"], "text/plain; charset=utf-8");
    assert_eq!(text.text().await.unwrap(), "3 \u{20ac}");
    let value = echo("application/json", r#"{"R":1}"#).await;
    assert_eq!(seen(value).await, json!({ "R": 1 }));
    let nothing = Client::new().post(url("/echo")).send().await.unwrap();
    assert_eq!(nothing.status(), 204);
    let other = refused(echo("application/xml", "<a/>").await, 415).await;
    assert!(other.contains("text/plain"), "{other}");
}

#[actix_web::test]
async fn octets_flow_through_whatever_their_number() {
    // More than bodies that are read whole may have.
    let sent: Vec<u8> = (0..5_000_000_u32)
        .map(|number| (number % 251) as u8)
        .collect();
    let answer = echo("image/png", sent.clone()).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "image/png");
    assert_eq!(answer.bytes().await.unwrap(), sent);
}
