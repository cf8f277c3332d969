//! Bodies to disagree on: anything, what is valid, and what almost is.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use proptest::string::string_regex;
use serde_json::{Map, Value, json};

use crate::numbers;
use crate::schema::Schema;

/// Any JSON value, of a few levels.
pub fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(any_name(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

/// Bodies that keep the schema.
pub fn valid(schema: &Schema) -> BoxedStrategy<Value> {
    object(schema, valid_value)
}

/// Valid bodies with one to three members changed for the worse, perhaps.
pub fn near_misses(schema: &Schema) -> BoxedStrategy<Value> {
    let names: Vec<String> = schema
        .properties()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let sprained = object(schema, near_value);
    let change = (select(names), changes());
    (sprained, vec(change, 0..3))
        .prop_map(|(body, changes)| {
            changes
                .into_iter()
                .fold(body, |body, (name, change)| change.apply(body, &name))
        })
        .boxed()
}

/// The text of valid bodies with some octets changed.
pub fn broken_text(schema: &Schema) -> BoxedStrategy<Vec<u8>> {
    let octet = prop_oneof![
        3 => select(b"{}[]\",:\\ \t\n0e-+.tfnu\x00\x1f\x7f\xff\xc3\x80".to_vec()).prop_map(|octet| vec![octet]),
        1 => any::<u8>().prop_map(|octet| vec![octet]),
        1 => select(vec!["\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u0000", "\"a\":1,", "\"x\":\"\\ud800\",", "\u{feff}", "NaN", "1e400"])
            .prop_map(|text| text.as_bytes().to_vec()),
    ];
    let edit = (any::<prop::sample::Index>(), 0_usize..3, octet);
    (valid(schema), vec(edit, 1..4))
        .prop_map(|(body, edits)| {
            let mut bytes = body.to_string().into_bytes();
            for (at, removed, inserted) in edits {
                let at = at.index(bytes.len() + 1);
                let end = (at + removed).min(bytes.len());
                bytes.splice(at..end, inserted);
            }
            bytes
        })
        .boxed()
}

/// Forms: the schema's names with likely and unlikely values, left out or repeated, and others.
pub fn forms(schema: &Schema) -> BoxedStrategy<Vec<(String, String)>> {
    let known = schema.properties().into_iter().map(|(name, property)| {
        let value = prop_oneof![
            4 => valid_value(&property),
            1 => any_text().prop_map(Value::from),
        ]
        .prop_map(|value| value.as_str().unwrap_or_default().to_owned());
        let times = if schema.requires(&name) {
            prop_oneof![1 => Just(0_usize), 8 => Just(1), 1 => Just(2)].boxed()
        } else {
            prop_oneof![3 => Just(0_usize), 4 => Just(1), 1 => Just(2)].boxed()
        };
        (times, vec(value, 2))
            .prop_map(move |(times, values)| {
                values
                    .into_iter()
                    .take(times)
                    .map(|value| (name.clone(), value))
                    .collect::<Vec<_>>()
            })
            .boxed()
    });
    let known: Vec<_> = known.collect();
    let others = vec((any_name(), any_text()), 0..2);
    (known, others)
        .prop_map(|(known, others)| known.into_iter().flatten().chain(others).collect())
        .prop_shuffle()
        .boxed()
}

/// What is done to a member of a valid body.
#[derive(Clone, Debug)]
enum Change {
    Remove,
    Replace(Value),
    Rename(String),
    Add(String, Value),
    Wrap,
    Positional,
}

impl Change {
    fn apply(self, body: Value, name: &str) -> Value {
        let Value::Object(mut members) = body else {
            return body;
        };
        match self {
            Self::Remove => {
                members.remove(name);
            }
            Self::Replace(value) => {
                members.insert(name.to_owned(), value);
            }
            Self::Rename(to) => {
                if let Some(value) = members.remove(name) {
                    members.insert(to, value);
                }
            }
            Self::Add(name, value) => {
                members.insert(name, value);
            }
            Self::Wrap => return json!([members]),
            Self::Positional => {
                return Value::Array(members.into_iter().map(|(_, value)| value).collect());
            }
        }
        Value::Object(members)
    }
}

fn changes() -> BoxedStrategy<Change> {
    prop_oneof![
        2 => Just(Change::Remove),
        2 => Just(Change::Replace(Value::Null)),
        4 => any_json().prop_map(Change::Replace),
        1 => any_name().prop_map(Change::Rename),
        2 => (any_name(), any_json()).prop_map(|(name, value)| Change::Add(name, value)),
        1 => Just(Change::Wrap),
        1 => Just(Change::Positional),
    ]
    .boxed()
}

fn object(schema: &Schema, value: fn(&Value) -> BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let members: Vec<_> = schema
        .properties()
        .into_iter()
        .map(|(name, property)| {
            let value = value(&property);
            let optional = if schema.requires(&name) {
                value.prop_map(Some).boxed()
            } else {
                prop::option::of(value).boxed()
            };
            optional.prop_map(move |value| value.map(|value| (name.clone(), value)))
        })
        .collect();
    members
        .prop_map(|members| Value::Object(members.into_iter().flatten().collect::<Map<_, _>>()))
        .prop_shuffle_members()
}

/// Members in any order: an object is a set of them.
trait ShuffleMembers {
    fn prop_shuffle_members(self) -> BoxedStrategy<Value>;
}

impl<S: Strategy<Value = Value> + 'static> ShuffleMembers for S {
    fn prop_shuffle_members(self) -> BoxedStrategy<Value> {
        self.prop_flat_map(|body| {
            let members: Vec<(String, Value)> = body
                .as_object()
                .cloned()
                .unwrap_or_default()
                .into_iter()
                .collect();
            Just(members).prop_shuffle()
        })
        .prop_map(|members| Value::Object(members.into_iter().collect()))
        .boxed()
    }
}

/// A value that keeps a property's schema.
fn valid_value(property: &Value) -> BoxedStrategy<Value> {
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(property)
        .expect("a schema that compiles");
    likely_value(property)
        .prop_filter("not what the schema asks for", move |value| {
            validator.is_valid(value)
        })
        .boxed()
}

/// A value that mostly keeps a property's schema.
fn likely_value(property: &Value) -> BoxedStrategy<Value> {
    if let Some(options) = property["enum"].as_array() {
        return select(options.clone()).boxed();
    }
    if let Some(branches) = property["oneOf"].as_array() {
        return Union::new(branches.iter().map(likely_value)).boxed();
    }
    if let Some(types) = property["type"].as_array() {
        let one = |name: &Value| {
            let mut property = property.clone();
            property["type"] = name.clone();
            likely_value(&property)
        };
        return Union::new(types.iter().map(one)).boxed();
    }
    match property["type"].as_str() {
        Some("array") => likely_array(property),
        Some("object") => likely_object(property),
        Some("null") => Just(Value::Null).boxed(),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => numbers::likely_integer(property),
        Some("string") => likely_text(property),
        other => panic!("no values of the type {other:?} are made here yet"),
    }
}

fn likely_text(property: &Value) -> BoxedStrategy<Value> {
    match property["format"].as_str() {
        Some("uri") => return https_url(),
        Some("email") => return email(),
        Some("uuid") => return uuid(),
        _ => {}
    }
    let any = match property["maxLength"].as_u64() {
        Some(limit) => text_near(limit, false),
        None => any_text().prop_map(Value::from).boxed(),
    };
    match property["pattern"].as_str() {
        None => any,
        Some(pattern) => {
            // The generator of texts matches the whole of them by itself, and knows no anchors.
            let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
            let fitting = string_regex(pattern).expect("a pattern of a regular language");
            prop_oneof![3 => fitting.prop_map(Value::from), 1 => any].boxed()
        }
    }
}

fn likely_array(schema: &Value) -> BoxedStrategy<Value> {
    let limit = |name: &str| {
        schema[name]
            .as_u64()
            .and_then(|limit| usize::try_from(limit).ok())
    };
    let least = limit("minItems").unwrap_or_default();
    vec(valid_value(&schema["items"]), least..least + 4)
        .prop_map(Value::from)
        .boxed()
}

/// An object of all its properties, or of its required ones; of any members, if it has none of its own.
fn likely_object(schema: &Value) -> BoxedStrategy<Value> {
    let Some(properties) = schema["properties"].as_object() else {
        let member = (any_name(), any_json());
        return vec(member, 0..4)
            .prop_map(|members| Value::Object(members.into_iter().collect()))
            .boxed();
    };
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let members: Vec<_> = properties
        .iter()
        .map(|(name, property)| {
            let name = name.clone();
            let needed = required.contains(&Value::from(name.as_str()));
            // Held against its schema by itself: of an object with many members hardly any would pass as a whole.
            valid_value(property).prop_map(move |value| (name.clone(), needed, value))
        })
        .collect();
    (members, any::<bool>())
        .prop_map(|(members, all)| {
            let kept = members.into_iter().filter(|(_, needed, _)| all || *needed);
            Value::Object(kept.map(|(name, _, value)| (name, value)).collect())
        })
        .boxed()
}

/// A value that keeps a property's schema, or nearly so.
fn near_value(property: &Value) -> BoxedStrategy<Value> {
    let valid = valid_value(property);
    let near: BoxedStrategy<Value> = if property["format"] == "uri" {
        near_url()
    } else if let Some(limit) = property["maxLength"].as_u64() {
        text_near(limit, true)
    } else if let Some(options) = property["enum"].as_array() {
        let texts = options.iter().filter_map(Value::as_str);
        let wrong = texts.flat_map(|text| {
            [
                text.to_uppercase(),
                format!("{text} "),
                String::new(),
                text.chars().skip(1).collect(),
            ]
        });
        select(wrong.map(Value::from).collect::<Vec<_>>()).boxed()
    } else if property["type"] == "integer" {
        numbers::near_integer(property)
    } else {
        any_json()
    };
    Union::new([valid, near]).boxed()
}

fn any_name() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-zA-Z_]{0,12}",
        "\\PC{0,4}",
        select(vec![
            "name",
            "callbackUrl",
            "token",
            "",
            "$ref",
            "__proto__",
            "description"
        ])
        .prop_map(str::to_owned),
    ]
    .boxed()
}

/// Texts with astral characters, control characters, quotes, and nothing.
fn any_text() -> BoxedStrategy<String> {
    prop_oneof![
        ".{0,20}",
        any::<String>(),
        "[\u{1f300}-\u{1f5ff}\\x00-\\x1f\"\\\\é]{0,12}",
        "https://[a-z.]{1,10}/",
    ]
    .boxed()
}

/// Texts whose length in code points is around a limit.
fn text_near(limit: u64, beyond: bool) -> BoxedStrategy<Value> {
    let limit = usize::try_from(limit).expect("a small limit");
    let most = if beyond { limit + 2 } else { limit };
    let length = prop_oneof![limit.saturating_sub(2)..=most, 0..=10_usize];
    (
        select(vec!["a", "\u{e9}", "\u{1f511}", "e\u{301}", "\u{0}"]),
        length,
    )
        .prop_map(|(piece, length)| {
            Value::from(piece.chars().cycle().take(length).collect::<String>())
        })
        .boxed()
}

fn https_url() -> BoxedStrategy<Value> {
    "[hH][tT][tT][pP][sS]://([a-z0-9-]{1,8}\\.){0,2}[a-z]{1,6}(:[0-9]{1,4})?(/[a-zA-Z0-9._~!$&'()*+,;=:@-]{0,8}){0,3}(\\?[a-zA-Z0-9=&/?]{0,8})?(#[a-z/?]{0,4})?"
        .prop_map(Value::from)
        .boxed()
}

fn uuid() -> BoxedStrategy<Value> {
    "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
        .prop_map(Value::from)
        .boxed()
}

fn email() -> BoxedStrategy<Value> {
    "[a-zA-Z0-9._+-]{1,12}@([a-z0-9-]{1,8}\\.){0,2}[a-z]{1,6}"
        .prop_map(Value::from)
        .boxed()
}

fn near_url() -> BoxedStrategy<Value> {
    prop_oneof![
        "[hH]?[tT]{1,2}[pP][sS]?:/{0,3}[a-z@:\\[\\]\\.%0-9]{0,8}[/?# |\\\\^`{}<>\"é\u{1f511}%]{0,3}[a-z%0-9A-F]{0,6}",
        "https://[a-zA-Z0-9.:\\[\\]@%/?#é -]{0,16}",
        "https://\\[[0-9a-f:.v%]{0,20}\\](:[0-9a-z]{0,3})?/?",
        "https://[a-z]{1,4}(/%[0-9A-Fa-fg]{0,3}){0,3}",
        "[a-z]{0,6}:?(//)?[a-z.]{0,8}",
        select(vec!["https://", "https:///", "https://?", "https://#", "https://:443", "https://@", "https://[::1]", "https://[::1", "https://a:99999999999/", "https://a\n", "https://a/\u{0}", "\u{0}https://a"])
            .prop_map(str::to_owned),
    ]
    .prop_map(Value::from)
    .boxed()
}
