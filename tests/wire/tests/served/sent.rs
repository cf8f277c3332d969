//! What the contract's own requests carry is what a handler is given, whatever the values are.

use proptest::prelude::*;
use reqwest::Client;
use serde_json::{Value, json};
use specmint_runtime::outgoing::Outgoing;
use specmint_wire::wire::models::{Color, Members};
use specmint_wire::wire::webhooks::{self, SendQueryParameters};

use crate::{seen, url};

/// Of no items nothing is sent, and of delimiters that only stand encoded no item can have one.
fn words(delimiter: Option<char>) -> impl Strategy<Value = Option<Vec<String>>> {
    let word = "\\PC{1,6}".prop_map(move |word: String| match delimiter {
        Some(delimiter) => word.replace(delimiter, "-"),
        None => word,
    });
    proptest::option::of(proptest::collection::vec(word, 1..4))
}

fn color() -> impl Strategy<Value = Option<Color>> {
    let color = (0..=255_i64, proptest::option::of(0..=255_i64)).prop_map(|(r, g)| Color { r, g });
    proptest::option::of(color)
}

fn told(color: Option<&Color>) -> Value {
    color.map_or(Value::Null, |color| json!({ "R": color.r, "G": color.g }))
}

/// Sends what a webhook's function built, to where it is read.
fn received(request: &Outgoing) -> Value {
    actix_web::rt::System::new().block_on(async {
        let mut sending = Client::new().get(request.url());
        for (name, value) in request.headers() {
            sending = sending.header(name, value);
        }
        seen(sending.send().await.unwrap()).await
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_query_arrives_as_it_was_sent(
        repeated in words(None),
        listed in words(None),
        spaced in words(Some(' ')),
        piped in words(Some('|')),
        deep in color(),
        json in color(),
        first in proptest::option::of("\\PC{0,6}"),
        count in any::<i32>(),
    ) {
        let members = first.clone().map(|first| Members { first: Some(first), second: Some(true) });
        let request = webhooks::send_query(&url("/query"), &SendQueryParameters {
            repeated: repeated.clone(),
            listed: listed.clone(),
            spaced: spaced.clone(),
            piped: piped.clone(),
            deep: deep.clone(),
            members,
            json: json.clone(),
            count: Some(count),
        }).unwrap();
        let members = first.map(|first| json!({ "first": first, "second": true }));
        prop_assert_eq!(received(&request), json!({
            "repeated": repeated,
            "listed": listed,
            "spaced": spaced,
            "piped": piped,
            "deep": told(deep.as_ref()),
            "members": members,
            "json": told(json.as_ref()),
            "count": count,
        }));
    }

    #[test]
    fn header_fields_and_cookies_arrive_as_they_were_sent(
        words in proptest::option::of(proptest::collection::vec("[!-+.-~]{1,6}", 1..4)),
        color in color(),
        session in proptest::option::of("[!#-+.-:<-\\[\\]-~]{1,8}"),
    ) {
        let request = webhooks::send_head(
            &url("/head"),
            words.as_deref(),
            color.as_ref(),
            session.as_deref(),
        ).unwrap();
        prop_assert_eq!(received(&request), json!({
            "words": words, "color": told(color.as_ref()), "session": session,
        }));
    }
}
