//! Parameters in the styles of OpenAPI (3.2.0, section 4.12.9), as its table of examples spells them.

use reqwest::Client;
use serde_json::{Value, json};

use crate::{get, refused, seen, url};

#[actix_web::test]
async fn each_place_of_a_path_has_its_style() {
    let path = "/path/blue,black/.blue.black/;matrix=blue;matrix=black/R=100,G=200";
    let words = json!(["blue", "black"]);
    let color = json!({ "R": 100, "G": 200 });
    assert_eq!(
        seen(get(path).await).await,
        json!({ "simple": words, "label": words, "matrix": words, "object": color })
    );
}

#[actix_web::test]
async fn a_delimiter_that_is_encoded_is_part_of_the_value() {
    let path = "/path/a%2Cb,c/.a%2Eb.c/;matrix=a%3Bb;matrix=c%3Dd/R=1";
    let seen = seen(get(path).await).await;
    assert_eq!(seen["simple"], json!(["a,b", "c"]));
    assert_eq!(seen["matrix"], json!(["a;b", "c=d"]));
}

#[actix_web::test]
async fn what_is_wrong_in_a_path_is_problem_details_where_no_failure_is_documented() {
    let response = get("/path/a/.a/;matrix=a/R=256").await;
    let content_type = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(response.status(), 400);
    assert_eq!(content_type, "application/problem+json");
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["violations"][0]["pointer"], "/object/R");
}

#[actix_web::test]
async fn each_style_of_a_query_is_read() {
    let words = json!(["blue", "black"]);
    let color = json!({ "R": 100, "G": 200 });
    for (query, name, value) in [
        ("repeated=blue&repeated=black", "repeated", &words),
        ("listed=blue,black", "listed", &words),
        ("spaced=blue%20black", "spaced", &words),
        ("spaced=blue+black", "spaced", &words),
        ("piped=blue%7Cblack", "piped", &words),
        ("piped=blue|black", "piped", &words),
        ("deep[R]=100&deep[G]=200", "deep", &color),
        ("deep%5BR%5D=100&deep%5BG%5D=200", "deep", &color),
        (
            "first=a%26b&second=true",
            "members",
            &json!({ "first": "a&b", "second": true }),
        ),
        ("json=%7B%22R%22%3A100%2C%22G%22%3A200%7D", "json", &color),
        ("count=-3", "count", &json!(-3)),
        ("unknown=1", "count", &json!(7)),
        ("repeated=", "repeated", &json!([""])),
        ("", "repeated", &Value::Null),
    ] {
        let seen = seen(get(&format!("/query?{query}")).await).await;
        assert_eq!(&seen[name], value, "{query}: {seen}");
    }
}

#[actix_web::test]
async fn what_breaks_its_schema_is_named() {
    for (query, named) in [
        ("count=many", "count"),
        ("count=3000000000", "count"),
        ("count=1&count=2", "count"),
        ("deep[R]=256", "deep/R"),
        ("deep[G]=1", "deep"),
        ("deep[R]=1&deep[X]=1", "deep"),
        ("json={", "json"),
    ] {
        let detail = refused(get(&format!("/query?{query}")).await, 400).await;
        assert!(detail.contains(named), "{query}: {detail}");
    }
}

#[actix_web::test]
async fn header_fields_and_cookies_are_read() {
    let request = Client::new().get(url("/head"));
    let request = request.header("X-Words", "blue, black");
    let request = request.header("x-color", "R=100,G=200");
    let request = request.header("Cookie", "other=1; session=abc; more=2");
    let expected = json!({
        "words": ["blue", "black"], "color": { "R": 100, "G": 200 }, "session": "abc",
    });
    assert_eq!(seen(request.send().await.unwrap()).await, expected);
    let wrong = Client::new().get(url("/head")).header("X-Color", "R=red");
    assert!(
        refused(wrong.send().await.unwrap(), 400)
            .await
            .contains("X-Color")
    );
}
