//! OpenAPI 3.1 in words of 3.0, as far as it has them; the rest travels on in `x-specmint-` extensions.
//!
//! | 3.1 | becomes |
//! | --- | --- |
//! | `type: [T, "null"]` | `type: T`, `nullable: true` |
//! | `const: v` | `enum: [v]` |
//! | `exclusiveMinimum: n` | `minimum: n`, `exclusiveMinimum: true`; likewise the maximum |
//! | `examples: [a, b]` of a schema | `example: a`, `x-specmint-examples: [a, b]` |
//! | `contentEncoding: base64` | `format: byte`, unless there is a format |
//! | a `$ref` with annotations beside it | the `$ref` |
//! | any other field that 3.0 lacks | `x-specmint-` and its name |
//! | no `paths`, no `responses` | empty ones |

use serde_json::{Map, Value};

use super::fields::{Field, Since};
use super::version::Version;
use super::walk::Node;
use crate::diagnostic::{Code, Diagnostic};

/// The keywords of 3.1 that [`schema`] itself puts into words of 3.0.
const TRANSLATED: &[&str] = &["const", "examples", "contentEncoding"];

/// The name of `field` in the 3.0 form.
pub(super) fn name(field: &Field) -> String {
    if field.since == Since::Only(Version::V31) && !TRANSLATED.contains(&field.name) {
        return format!("x-specmint-{}", field.name.trim_start_matches('$'));
    }
    field.name.to_owned()
}

/// Gives a whole document the version and the fields that 3.0 asks for.
pub(super) fn document(root: &mut Value) {
    if let Value::Object(members) = root {
        members.insert("openapi".to_owned(), Value::from("3.0.3"));
        members
            .entry("paths")
            .or_insert_with(|| Value::Object(Map::new()));
    }
}

/// Gives an object other than a schema the fields that 3.0 asks for.
pub(super) fn object(name: &str, members: &mut Map<String, Value>) {
    if name == "Operation Object" {
        members
            .entry("responses")
            .or_insert_with(|| Value::Object(Map::new()));
    }
}

/// Brings the members of a Schema Object to the 3.0 form.
pub(super) fn schema(
    members: &mut Map<String, Value>,
    node: Node<'_>,
    version: Version,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if version == Version::V31 {
        found.extend(types(members, node));
        found.extend(constant(members, node));
        bound(
            members,
            "minimum",
            "exclusiveMinimum",
            |bound, exclusive| exclusive >= bound,
        );
        bound(
            members,
            "maximum",
            "exclusiveMaximum",
            |bound, exclusive| exclusive <= bound,
        );
        examples(members);
        if let Some(encoding) = members.remove("contentEncoding") {
            match (encoding.as_str(), members.contains_key("format")) {
                (Some("base64"), false) => members.insert("format".to_owned(), Value::from("byte")),
                _ => members.insert("x-specmint-contentEncoding".to_owned(), encoding),
            };
        }
    }
    found.extend(nullable_enum(members, node, version));
    found
}

/// `type` as a list.
fn types(members: &mut Map<String, Value>, node: Node<'_>) -> Option<Diagnostic> {
    let names: Vec<String> = match members.get("type")? {
        Value::Array(names) => names
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect(),
        Value::String(name) => vec![name.clone()],
        _ => return None,
    };
    let mut others: Vec<String> = Vec::new();
    for name in names.iter().filter(|name| *name != "null") {
        if !others.contains(name) {
            others.push(name.clone());
        }
    }
    let (code, message) = match others.as_slice() {
        [only] => {
            members.insert("type".to_owned(), Value::from(only.as_str()));
            if names.iter().any(|name| name == "null") {
                members.insert("nullable".to_owned(), Value::Bool(true));
            }
            return None;
        }
        [] => (
            Code::NullType,
            "a schema that takes null only is not supported yet",
        ),
        _ => (
            Code::TypeUnion,
            "a schema of several types is not supported yet",
        ),
    };
    let at = node.shown_at("type");
    Some(at.finding(
        code,
        message,
        "name one type, and \"null\" beside it if null is valid",
    ))
}

fn constant(members: &mut Map<String, Value>, node: Node<'_>) -> Option<Diagnostic> {
    let constant = members.remove("const")?;
    let listed = match members.get("enum") {
        Some(Value::Array(values)) => values.contains(&constant),
        _ => true,
    };
    members.insert("enum".to_owned(), Value::Array(vec![constant]));
    let at = node.shown_at("const");
    (!listed).then(|| {
        at.finding(
            Code::InvalidValue,
            "`const` is not among the values of `enum`",
            "remove one of the two",
        )
    })
}

/// An exclusive bound that is a number becomes a bound and a boolean; of two bounds the stricter stays.
fn bound(
    members: &mut Map<String, Value>,
    plain: &str,
    exclusive: &str,
    stricter: fn(f64, f64) -> bool,
) {
    let Some(limit) = members
        .get(exclusive)
        .filter(|limit| limit.is_number())
        .cloned()
    else {
        return;
    };
    members.remove(exclusive);
    let there = members.get(plain).and_then(Value::as_f64);
    let wins = match (there, limit.as_f64()) {
        (Some(there), Some(limit)) => stricter(there, limit),
        _ => true,
    };
    if wins {
        members.insert(plain.to_owned(), limit);
        members.insert(exclusive.to_owned(), Value::Bool(true));
    }
}

fn examples(members: &mut Map<String, Value>) {
    let Some(examples) = members.remove("examples") else {
        return;
    };
    if let Some(first) = examples.get(0) {
        members.entry("example").or_insert_with(|| first.clone());
    }
    members.insert("x-specmint-examples".to_owned(), examples);
}

/// Null is valid only where `enum`, if there is one, lists it: 3.0.4, 4.7.24.1, and 2020-12 alike.
fn nullable_enum(
    members: &mut Map<String, Value>,
    node: Node<'_>,
    version: Version,
) -> Option<Diagnostic> {
    let values = members.get("enum")?.as_array()?;
    if members.get("nullable") != Some(&Value::Bool(true)) || values.contains(&Value::Null) {
        return None;
    }
    members.remove("nullable");
    let name = if version == Version::V30 {
        "nullable"
    } else {
        "type"
    };
    let at = node.shown_at(name);
    let message = "null is allowed here but is not among the values of `enum`, so it is not valid";
    Some(
        at.finding(
            Code::NullableEnum,
            message,
            "add null to `enum` if it is meant to be valid",
        )
        .warning(),
    )
}
