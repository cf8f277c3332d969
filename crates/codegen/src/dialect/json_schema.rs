//! Schema Objects in JSON Schema 2020-12 form.
//!
//! Those of 3.1 are that already. Of 3.0:
//!
//! | 3.0 | becomes |
//! | --- | --- |
//! | `type: T`, `nullable: true` | `type: [T, "null"]` |
//! | `minimum: n`, `exclusiveMinimum: true` | `exclusiveMinimum: n`; likewise the maximum |
//! | `example: v` | `examples: [v]` |
//!
//! What else 3.0 has of its own (`externalDocs`, ...) means nothing to a validator and stays.

use serde_json::{Map, Value};

use super::version::Version;

/// Brings the members of a Schema Object to JSON Schema's form.
pub(super) fn schema(members: &mut Map<String, Value>, version: Version) {
    if version == Version::V31 {
        return;
    }
    // Without a type, `nullable` has no effect: 3.0.4, 4.7.24.
    let nullable = members.remove("nullable") == Some(Value::Bool(true));
    if nullable && let Some(name) = members.get("type").filter(|name| name.is_string()) {
        let names = vec![name.clone(), Value::from("null")];
        members.insert("type".to_owned(), Value::Array(names));
    }
    exclusive(members, "minimum", "exclusiveMinimum");
    exclusive(members, "maximum", "exclusiveMaximum");
    if let Some(example) = members.remove("example") {
        members.insert("examples".to_owned(), Value::Array(vec![example]));
    }
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
