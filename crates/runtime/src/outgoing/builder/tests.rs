use serde_json::json;

use super::*;

fn built(build: impl FnOnce(&mut Builder)) -> Outgoing {
    let mut builder = Builder::new("POST", "https://a.example/in?x=1#top");
    build(&mut builder);
    builder.finish().unwrap()
}

#[test]
fn a_query_is_added_to_that_of_the_url() {
    let request = built(|builder| {
        builder.query("tags", Style::Form, true, ["a b", "c&d"]);
        builder.query("none", Style::Form, true, None::<&str>);
        builder.query_json("j", json!({"a": 1}));
        builder.query_reserved("to", Style::Form, true, "https://b.example/?c#d");
    });
    let query = "x=1&tags=a%20b&tags=c%26d&j=%7B%22a%22%3A1%7D&to=https://b.example/?c%23d";
    assert_eq!(request.url(), format!("https://a.example/in?{query}"));
    let mut bare = Builder::new("GET", "http://a.example");
    bare.query_form("q", json!({"a": [1, 2], "b": null}));
    assert_eq!(bare.finish().unwrap().url(), "http://a.example?a=1&a=2");
}

#[test]
fn a_question_mark_that_ends_a_value_separates_nothing() {
    let asked = built(|builder| {
        builder.query_reserved("a", Style::Form, true, "why?");
        builder.query("b", Style::Form, true, 2);
    });
    assert_eq!(asked.url(), "https://a.example/in?x=1&a=why?&b=2");
    for (url, whole) in [
        ("http://a.example/?x=1?", "http://a.example/?x=1?&b=2"),
        ("http://a.example/?x=1&", "http://a.example/?x=1&b=2"),
        ("http://a.example/?", "http://a.example/?b=2"),
    ] {
        let mut builder = Builder::new("GET", url);
        builder.query("b", Style::Form, true, 2);
        assert_eq!(builder.finish().unwrap().url(), whole);
    }
}

#[test]
fn what_would_arrive_as_two_items_is_not_sent() {
    let fault = |build: fn(&mut Builder)| {
        let mut builder = Builder::new("GET", "http://a.example");
        build(&mut builder);
        builder.finish().map(|request| request.url).unwrap_err()
    };
    let piped = |builder: &mut Builder| {
        builder.query("p", Style::PipeDelimited, false, ["a|b"]);
    };
    let spaced = |builder: &mut Builder| {
        builder.query("s", Style::SpaceDelimited, false, json!({ "a": "b c" }));
    };
    let reserved = |builder: &mut Builder| {
        builder.query_reserved("r", Style::Form, false, ["a,b"]);
    };
    assert_eq!(fault(piped), Fault::Delimiter("p"));
    assert_eq!(fault(spaced), Fault::Delimiter("s"));
    assert_eq!(fault(reserved), Fault::Delimiter("r"));
    assert_eq!(
        fault(|builder| builder.header("X-A", false, ["a,b"])),
        Fault::Delimiter("X-A")
    );
    let fine = built(|builder| {
        builder.query("p", Style::PipeDelimited, true, ["a,b"]);
        builder.query("f", Style::Form, false, ["a,b", "c|d"]);
        builder.header("X-A", false, "a,b");
    });
    assert_eq!(fine.url(), "https://a.example/in?x=1&p=a%2Cb&f=a%2Cb,c%7Cd");
}

#[test]
fn header_fields_and_cookies() {
    let request = built(|builder| {
        builder.header("x-list", false, ["a", "b"]);
        builder.header_json("x-json", json!([1]));
        builder.cookie("session", Style::Form, true, "a;b");
        builder.cookie("plain", Style::Cookie, true, ["a", "b"]);
        builder.header("x-none", false, None::<i32>);
    });
    let headers: Vec<_> = request.headers().collect();
    assert_eq!(
        headers,
        [
            ("x-list", "a,b"),
            ("x-json", "[1]"),
            ("cookie", "session=a%3Bb; plain=a; plain=b"),
        ]
    );
    assert!(request.body().is_empty());
}

#[test]
fn a_body_has_its_media_type() {
    let request = built(|builder| builder.json("application/cloudevents+json", json!({"a": 1})));
    assert_eq!(&request.body()[..], br#"{"a":1}"#);
    let content_type = ("content-type", "application/cloudevents+json");
    assert_eq!(request.headers().next(), Some(content_type));
    let text = built(|builder| builder.text("text/plain", 12));
    assert_eq!(&text.body()[..], b"12");
}

#[test]
fn what_is_wrong_is_told_and_not_shown() {
    let fault = |url: &str| Builder::new("POST", url).finish().unwrap_err();
    for url in [
        "",
        "/in",
        "a.example/in",
        "ftp://a.example",
        "http:///in",
        "http://a b/",
    ] {
        assert!(matches!(fault(url), Fault::Url(_)), "{url}");
    }
    let mut builder = Builder::new("POST", "https://a.example");
    builder.header("x-a", false, "a\r\nx-b: secret");
    let fault = builder.finish().unwrap_err();
    assert_eq!(fault, Fault::Header("x-a"));
    let mut builder = Builder::new("POST", "https://a.example");
    builder.cookie("a", Style::Cookie, true, "b; c=d");
    assert_eq!(builder.finish(), Err(Fault::Parameter("a")));
    let secret = built(|builder| builder.query("key", Style::Form, true, "secret"));
    let secret = secret
        .with_header("authorization", "Bearer secret")
        .unwrap();
    assert!(!format!("{secret:?}{fault}").contains("secret"));
}
