//! Schema Objects in JSON Schema 2020-12 form.
//!
//! Those of 3.1 and 3.2 are that already. Of 3.0, whose keywords are read in the others too, with a warning:
//!
//! | 3.0 | becomes |
//! | --- | --- |
//! | `type: T`, `nullable: true` | `type: [T, "null"]` |
//! | `nullable: true` beside `allOf`, `oneOf`, `anyOf` | `anyOf: [{type: "null"}, …]`, see below |
//! | `minimum: n`, `exclusiveMinimum: true` | `exclusiveMinimum: n`; likewise the maximum |
//! | `example: v` | `examples: [v]` |
//!
//! What else 3.0 has of its own (`externalDocs`, ...) means nothing to a validator and stays.
//!
//! # `nullable`
//! 3.0.4 (4.7.24) says that `nullable` only adds null to a `type` beside it: it neither reaches into an `enum`, which can
//! list null itself, nor past an `allOf`, `oneOf` or `anyOf`. For the `enum` we follow the letter, since 3.0 has a way to
//! say it there. For a reference it has none, and `nullable: true` beside an `allOf` of the one `$ref` is how authors and
//! generators write "that, or null"; so there we follow them. What stands beside (`title`, `default`, ...) stays outside;
//! whatever could refuse null goes into the second alternative, and with it its place in the tree: only here does a
//! schema stand at another JSON Pointer than in the contract.

use serde_json::{Map, Value, json};

use super::version::Version;

/// The keywords that say what a schema made of others takes.
const APPLICATORS: &[&str] = &["allOf", "oneOf", "anyOf"];

/// The keywords that describe a value and take part in no verdict on it.
const OUTSIDE: &[&str] = &[
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "externalDocs",
];

/// Brings the members of a Schema Object to JSON Schema's form.
pub(super) fn schema(members: &mut Map<String, Value>, version: Version) {
    exclusive(members, "minimum", "exclusiveMinimum");
    exclusive(members, "maximum", "exclusiveMaximum");
    if !version.has_json_schema()
        && let Some(example) = members.remove("example")
    {
        members
            .entry("examples")
            .or_insert_with(|| Value::Array(vec![example]));
    }
    if members.remove("nullable") != Some(Value::Bool(true)) {
        return;
    }
    if APPLICATORS.iter().any(|name| members.contains_key(*name)) {
        or_null(members);
    } else {
        add_null(members);
    }
}

/// Without a type, `nullable` has no effect.
fn add_null(members: &mut Map<String, Value>) {
    let null = Value::from("null");
    match members.get_mut("type") {
        Some(Value::Array(names)) if !names.contains(&null) => names.push(null),
        Some(name) if name.is_string() && *name != null => *name = json!([name, "null"]),
        _ => {}
    }
}

fn or_null(members: &mut Map<String, Value>) {
    let all = std::mem::take(members);
    let mut rest = Map::new();
    for (name, value) in all {
        if OUTSIDE.contains(&name.as_str()) || name.starts_with("x-") {
            members.insert(name, value);
        } else {
            rest.insert(name, value);
        }
    }
    members.insert("anyOf".to_owned(), json!([{"type": "null"}, rest]));
}

fn exclusive(members: &mut Map<String, Value>, plain: &str, exclusive: &str) {
    match members.remove(exclusive) {
        Some(Value::Bool(true)) => {
            if let Some(limit) = members.remove(plain) {
                members.insert(exclusive.to_owned(), limit);
            }
        }
        Some(Value::Bool(false)) | None => {}
        Some(other) => {
            members.insert(exclusive.to_owned(), other);
        }
    }
}
