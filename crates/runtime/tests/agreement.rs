//! The hot path and the cold path take the same documents.

#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use specmint_runtime::{Check, Nullable, Schemas, check, decode, types};

static SCHEMAS: Schemas = Schemas::new(
    r##"{"Thing": {
      "type": "object", "required": ["name", "note"],
      "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[^0-9]+$"},
        "note": {"type": ["string", "null"]},
        "kind": {"type": "string", "enum": ["fast", "slow"]},
        "count": {"type": "integer", "minimum": -5, "maximum": 5},
        "ratio": {"type": "number", "exclusiveMaximum": 2.5},
        "flag": {"type": ["boolean", "null"]},
        "id": {"type": "string", "format": "uuid"},
        "at": {"type": "string", "format": "date-time"},
        "link": {"type": "string", "format": "uri"},
        "tags": {"type": "array", "maxItems": 2, "uniqueItems": true, "items": {"type": "string", "maxLength": 2}},
        "inner": {"$ref": "#/Closed"}
      }
    },
    "Closed": {"type": "object", "additionalProperties": false, "required": ["n"], "properties": {"n": {"type": "integer"}}}
  }"##,
);

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Thing {
    name: String,
    note: Nullable<String>,
    kind: Option<Kind>,
    count: Option<i64>,
    ratio: Option<f64>,
    flag: Option<Nullable<bool>>,
    #[serde(default, deserialize_with = "decode::formatted")]
    id: Option<types::Uuid>,
    #[serde(default, deserialize_with = "decode::formatted")]
    at: Option<types::DateTime>,
    #[serde(default, deserialize_with = "decode::formatted")]
    link: Option<types::Uri>,
    tags: Option<Vec<String>>,
    inner: Option<Closed>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum Kind {
    #[serde(rename = "fast")]
    Fast,
    #[serde(rename = "slow")]
    Slow,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Closed {
    n: i64,
}

static NAME: check::Pattern = check::Pattern::new("^[^0-9]+$");

impl Check for Thing {
    fn check(&self) -> bool {
        check::min_length(&self.name, 2)
            && check::max_length(&self.name, 4)
            && check::pattern(&self.name, &NAME)
            && self
                .count
                .is_none_or(|count| check::minimum(&count, -5) && check::maximum(&count, 5))
            && self
                .ratio
                .is_none_or(|ratio| check::exclusive_maximum(&ratio, 2.5))
            && self.tags.as_ref().is_none_or(|tags| {
                check::max_items(tags, 2)
                    && check::unique_items(tags)
                    && tags.iter().all(|tag| check::max_length(tag, 2))
            })
    }
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-7_i64..7).prop_map(Value::from),
        (-7_i64..7).prop_map(|n| Value::from(n as f64)),
        (-7.0_f64..7.0).prop_map(Value::from),
        "\\PC{0,5}".prop_map(Value::from),
        text().prop_map(Value::from),
    ]
}

/// Strings that nearly are, or are, of one of the formats.
fn text() -> impl Strategy<Value = String> {
    let whole = prop::sample::select(vec![
        "fast",
        "slow",
        "ab",
        "a\u{1f980}\u{e9}",
        "0199f0a0-0000-7000-8000-00000000000A",
        "2026-01-02T03:04:05Z",
        "2026-01-02t23:59:60.5+01:00",
        "https://example.org/a?b#c",
        "urn:x",
    ]);
    let mangled =
        (whole.clone(), any::<prop::sample::Index>(), ".?").prop_map(|(text, at, new)| {
            let mut chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len());
            chars.splice(at..=at, new.chars());
            chars.into_iter().collect()
        });
    prop_oneof![whole.prop_map(str::to_owned), mangled]
}

fn anything() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let names = [
        "name", "note", "kind", "count", "ratio", "flag", "id", "at", "link", "tags", "inner", "n",
        "other",
    ];
    prop::sample::select(names.to_vec()).prop_map(str::to_owned)
}

/// A good document in which up to three members are replaced, added or removed.
fn near_miss() -> impl Strategy<Value = Value> {
    let good = json!({
        "name": "ab", "note": "", "kind": "slow", "count": 5.0, "ratio": 1, "flag": null,
        "id": "0199f0a0-0000-7000-8000-000000000001", "at": "2026-01-02T03:04:05Z",
        "link": "https://example.org/", "tags": ["a", "b"], "inner": {"n": 1}
    });
    let change = (name(), prop::option::of(anything()));
    prop::collection::vec(change, 0..3).prop_map(move |changes| {
        let mut members = good.as_object().cloned().unwrap_or_default();
        for (name, value) in changes {
            match value {
                Some(value) => members.insert(name, value),
                None => members.remove(&name),
            };
        }
        Value::Object(members)
    })
}

static NUMBERS: Schemas = Schemas::new(
    r#"{"Cent": {"multipleOf": 0.01}, "Tenth": {"multipleOf": 0.1}, "Half": {"multipleOf": 0.5}, "Three": {"multipleOf": 3}}"#,
);

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hot_and_cold_agree(document in prop_oneof![4 => near_miss(), 1 => anything()]) {
        let hot = decode::json::<Thing>(document.to_string().as_bytes());
        let cold = SCHEMAS.violations("/Thing", &document);
        prop_assert_eq!(hot.is_some(), cold.is_empty(), "{:?} {:?}", hot, cold);
        prop_assert_eq!(hot.is_some(), SCHEMAS.is_valid("/Thing", &document));
        prop_assert_eq!(hot.is_some(), decode::value::<Thing>(&document).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn multiples_agree(
        mantissa in prop_oneof![-2000_i64..2000, any::<i64>()],
        places in 0_i32..4,
    ) {
        let number: f64 = format!("{mantissa}e-{places}").parse().unwrap();
        let found = [
            check::multiple_of(&number, 0.01),
            check::multiple_of(&number, 0.1),
            check::multiple_of(&number, 0.5),
            check::multiple_of(&number, 3),
        ];
        let expected = ["/Cent", "/Tenth", "/Half", "/Three"].map(|schema| NUMBERS.is_valid(schema, &json!(number)));
        prop_assert_eq!(found, expected, "{}", number);
    }
}

/// The property says nothing if its documents are all good or all bad.
#[test]
fn near_misses_are_near() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let good = (0..1000)
        .filter(|_| {
            let document = near_miss().new_tree(&mut runner).unwrap().current();
            SCHEMAS.is_valid("/Thing", &document)
        })
        .count();
    assert!((200..900).contains(&good), "{good} of 1000");
}
