//! Models as they are generated: what they take is what their schemas take.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use specmint_runtime::types::{Base64, Date, Ipv4Addr, Uuid};
use specmint_runtime::{Check, Nullable, Schemas, check, decode};

/// An integer has 64 bits in a model; where its schema does not say so, the type alone refuses what is beyond.
static SCHEMAS: Schemas = Schemas::new(
    r##"{
    "Map": {
      "type": "object", "required": ["a"], "minProperties": 2, "dependentRequired": {"b": ["c"]},
      "properties": {"a": {"type": "integer", "minimum": -9223372036854775808, "maximum": 9223372036854775807}, "b": {"type": ["string", "null"]}, "x y": {"type": "string", "format": "date"}},
      "additionalProperties": {"type": "string", "format": "ipv4"}, "propertyNames": {"maxLength": 3}
    },
    "Closed": {"type": "object", "additionalProperties": false, "properties": {"a": {"type": "number", "enum": [0.5, 1, 0]}}},
    "Pair": {"type": "array", "prefixItems": [{"type": "string", "format": "uuid"}, {"type": "integer", "maximum": 9}], "items": false, "minItems": 2},
    "Tree": {"type": "array", "maxItems": 2, "items": {"$ref": "#/Tree"}},
    "Kind": {"oneOf": [{"type": "number", "minimum": 0}, {"type": "string", "format": "date"}, {"type": ["array", "null"], "items": {"type": "boolean"}}]},
    "Any": {"anyOf": [{"$ref": "#/Closed"}, {"$ref": "#/Map"}, {"type": "boolean"}]},
    "One": {"oneOf": [{"$ref": "#/Closed"}, {"$ref": "#/Map"}, {"$ref": "#/Pair"}]},
    "Tagged": {"oneOf": [
      {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}, "b": {"type": "string"}}},
      {"type": "object", "required": ["a"], "properties": {"a": {"enum": ["x", true]}, "c": {"type": "string", "format": "byte"}}}
    ]},
    "Odd": {"if": {"type": "string"}, "then": {"format": "date"}, "else": {"not": {"type": "null"}}}
  }"##,
);

#[derive(Clone, Debug, PartialEq)]
struct Members {
    a: i64,
    b: Option<Nullable<String>>,
    x_y: Option<Date>,
    rest: BTreeMap<String, Ipv4Addr>,
}

specmint_runtime::object! {
    Members kept(rest: formatted) {
        "a" a: plain required,
        "b" b: plain optional,
        "x y" x_y: formatted optional,
    }
}

impl Check for Members {
    fn check(&self) -> bool {
        check::count(&[self.b.is_some(), self.x_y.is_some()]) + 1 + self.rest.len() >= 2
            && check::dependent(self.b.is_some(), &[self.rest.contains_key("c")])
            && self.rest.keys().all(|name| check::max_length(name, 3))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Closed {
    a: Option<f64>,
}

specmint_runtime::object! { Closed refused { "a" a: plain optional, } }

impl Check for Closed {
    fn check(&self) -> bool {
        static OPTIONS: check::Options = check::Options::new("[0.5, 1, 0]");
        self.a.as_ref().is_none_or(|value| OPTIONS.has(value))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Pair(Uuid, i64);

specmint_runtime::tuple! { Pair { 0: formatted, 1: plain, } }

impl Check for Pair {
    fn check(&self) -> bool {
        check::maximum(&self.1, 9)
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Tree(Vec<Tree>);

specmint_runtime::newtype! { Tree(Vec<Tree>): plain }

impl Check for Tree {
    fn check(&self) -> bool {
        check::max_items(&self.0, 2) && self.0.iter().all(Check::check)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Number(f64),
    Date(Date),
    Flags(Nullable<Vec<bool>>),
}

specmint_runtime::union! {
    Kind by kind {
        Number(f64): plain |value| check::minimum(value, 0) => [Fraction, Integer],
        Date(Date): formatted |_| true => [String],
        Flags(Nullable<Vec<bool>>): plain |_| true => [Array, Null],
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Any {
    Closed(Closed),
    Members(Members),
    Flag(bool),
}

specmint_runtime::union! {
    Any by first {
        Closed(Closed): plain Check::check,
        Members(Members): plain Check::check,
        Flag(bool): plain |_| true,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum One {
    Closed(Closed),
    Members(Members),
    Pair(Pair),
}

specmint_runtime::union! {
    One by exactly_one {
        Closed(Closed): plain Check::check,
        Members(Members): plain Check::check,
        Pair(Pair): plain Check::check,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Tagged {
    First(First),
    Second(Second),
}

specmint_runtime::union! {
    Tagged by property "a" {
        First(First): plain |_| true => [Integer(1)],
        Second(Second): plain |_| true => [String("x"), Boolean(true)],
    }
}

#[derive(Clone, Debug, PartialEq)]
struct First {
    a: i64,
    b: Option<String>,
}

specmint_runtime::object! { First ignored { "a" a: plain required, "b" b: plain optional, } }

#[derive(Clone, Debug, PartialEq)]
struct Second {
    a: Value,
    c: Option<Base64>,
}

specmint_runtime::object! { Second ignored { "a" a: plain required, "c" c: plain optional, } }

#[derive(Clone, Debug, PartialEq)]
struct Odd(Value);

specmint_runtime::validated! {
    Odd jsonschema::validator("{\"if\": {\"type\": \"string\"}, \"then\": {\"format\": \"date\"}, \"else\": {\"not\": {\"type\": \"null\"}}}")
}

specmint_runtime::unconstrained! { First, Second }

fn leaf() -> impl Strategy<Value = Value> {
    let texts = [
        "",
        "x",
        "a",
        "2026-01-02",
        "2026-02-30",
        "2026-1-02",
        "+026-01-02",
        "10.0.0.1",
        "10.0.0.01",
        "Zg==",
        "Zg",
        "0199f0a0-0000-7000-8000-000000000001",
        "0199f0a0000070008000000000000001",
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-1_i64..11).prop_map(Value::from),
        prop::sample::select(vec![0.5, 1.0, -0.0, 2.5, 1e300]).prop_map(Value::from),
        prop::sample::select(texts.to_vec()).prop_map(Value::from),
    ]
}

fn anything() -> impl Strategy<Value = Value> {
    let names = ["a", "b", "c", "x y", "long"];
    leaf().prop_recursive(3, 24, 4, move |inner| {
        let name = prop::sample::select(names.to_vec()).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..4)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

/// What the type takes is what its schema takes, by text and by value; and it is written as it was read.
fn agrees<T>(schema: &str, document: &Value) -> Result<(), TestCaseError>
where
    T: serde::de::DeserializeOwned + serde::Serialize + Check + PartialEq + std::fmt::Debug,
{
    let hot = decode::json::<T>(document.to_string().as_bytes());
    let cold = SCHEMAS.is_valid(schema, document);
    prop_assert_eq!(hot.is_some(), cold, "{} {:?}", document, hot);
    prop_assert_eq!(decode::value::<T>(document).is_some(), cold);
    if let Some(value) = hot {
        let again = serde_json::to_value(&value).unwrap();
        prop_assert_eq!(decode::value::<T>(&again), Some(value));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shapes_and_schemas_agree(document in anything()) {
        agrees::<Members>("/Map", &document)?;
        agrees::<Closed>("/Closed", &document)?;
        agrees::<Pair>("/Pair", &document)?;
        agrees::<Tree>("/Tree", &document)?;
        agrees::<Kind>("/Kind", &document)?;
        agrees::<Any>("/Any", &document)?;
        agrees::<One>("/One", &document)?;
        agrees::<Tagged>("/Tagged", &document)?;
        agrees::<Odd>("/Odd", &document)?;
    }
}

/// The property says nothing of a shape that no document is of.
#[test]
fn each_shape_is_taken() {
    let map = json!({"a": 1, "c": "10.0.0.1", "b": null, "x y": "2026-01-02"});
    let pair = json!(["0199f0a0-0000-7000-8000-000000000001", 9.0]);
    let beyond = json!({"a": 1e300, "c": "10.0.0.1"});
    agrees::<Members>("/Map", &map).unwrap();
    agrees::<Members>("/Map", &beyond).unwrap();
    let members = decode::value::<Members>(&map).unwrap();
    assert_eq!(members.rest.len(), 1);
    assert_eq!(serde_json::to_value(&members).unwrap(), map);
    assert_eq!(
        decode::value::<Any>(&map),
        Some(Any::Members(members.clone()))
    );
    assert_eq!(decode::value::<One>(&map), Some(One::Members(members)));
    assert!(matches!(decode::value(&pair), Some(One::Pair(Pair(_, 9)))));
    assert!(matches!(decode::value(&json!([[], [[]]])), Some(Tree(two)) if two.len() == 2));
    assert!(matches!(
        decode::value(&json!({"a": true, "c": "Zg=="})),
        Some(Tagged::Second(_))
    ));
    assert!(matches!(
        decode::value(&json!(null)),
        Some(Kind::Flags(Nullable::Null))
    ));
    assert_eq!(
        decode::value(&json!({})),
        Some(Any::Closed(Closed { a: None }))
    );
}

#[test]
fn a_member_may_not_be_there_twice() {
    for text in [
        r#"{"a": 1, "a": 1, "c": "10.0.0.1"}"#,
        r#"{"a": 1, "c": "10.0.0.1", "c": "10.0.0.1"}"#,
    ] {
        assert_eq!(decode::json::<Members>(text.as_bytes()), None, "{text}");
    }
    let escaped = r#"{"\u0061": 1, "c\u0063": "10.0.0.1"}"#;
    assert!(decode::json::<Members>(escaped.as_bytes()).is_some());
}

/// Two alternatives that only their ends tell apart, within each other.
#[derive(Debug, PartialEq)]
enum Nest {
    Short(Box<Short>),
    Long(Box<Long>),
}
#[derive(Debug, PartialEq)]
struct Short {
    next: Option<Nest>,
}
#[derive(Debug, PartialEq)]
struct Long {
    next: Option<Nest>,
    end: bool,
}
specmint_runtime::union! { Nest by exactly_one {
    Short(Box<Short>): plain |_| true,
    Long(Box<Long>): plain |_| true,
} }
specmint_runtime::object! { Short refused { "next" next: plain optional, } }
specmint_runtime::object! { Long refused { "next" next: plain optional, "end" end: plain required, } }
specmint_runtime::unconstrained! { Short, Long }

/// A list of lists, told by type.
#[derive(Debug, PartialEq)]
enum Lists {
    List(Vec<Lists>),
    End(bool),
}
specmint_runtime::union! { Lists by kind {
    List(Vec<Lists>): plain |_| true => [Array],
    End(bool): plain |_| true => [Boolean],
} }

#[test]
fn alternatives_within_alternatives_are_tried_within_a_budget() {
    let nested = |depth: usize| format!("{}{{}}{}", "{\"next\":".repeat(depth), "}".repeat(depth));
    assert!(decode::json::<Nest>(nested(6).as_bytes()).is_some());
    let start = std::time::Instant::now();
    assert_eq!(decode::json::<Nest>(nested(100).as_bytes()), None);
    assert!(start.elapsed() < std::time::Duration::from_secs(5));
    // What was refused before says nothing of what comes next.
    let found = SCHEMAS.violations("/Closed", &json!([]));
    assert_eq!(found[0].keyword, "type");
    assert!(decode::json::<Nest>(nested(6).as_bytes()).is_some());
    let lists = format!("{}true{}", "[".repeat(120), "]".repeat(120));
    assert!(decode::json::<Lists>(lists.as_bytes()).is_some());
}
