//! OpenAPI 3.1 and 3.2 in words of 3.0, as far as it has them; the rest travels on in `x-specmint-` extensions.
//!
//! | 3.1, 3.2 | becomes |
//! | --- | --- |
//! | `type: [T, "null"]` | `type: T`, `nullable: true` |
//! | `type: [T, U]`, `type: "null"` | `x-specmint-type` |
//! | `const: v` | `enum: [v]` |
//! | `exclusiveMinimum: n` | `minimum: n`, `exclusiveMinimum: true`; likewise the maximum |
//! | `examples: [a, b]` of a schema | `example: a`, `x-specmint-examples: [a, b]` |
//! | `contentEncoding: base64` | `format: byte`, unless there is a format |
//! | `true`, `false` as a schema | `{}`, `{not: {}}` |
//! | a `$ref` with annotations beside it | the `$ref` |
//! | a `$ref` with other keywords beside it | `allOf` of the `$ref` and the rest |
//! | `in: querystring`, `style: cookie` | `in: query`, `style: form`, and the same word in `x-specmint-in`, `x-specmint-style` |
//! | `type: mutualTLS` | `type: http`, `scheme: mutualTLS`, `x-specmint-type: mutualTLS` |
//! | any other field that 3.0 lacks | `x-specmint-` and its name |
//! | no `paths`, no `responses` | empty ones |
//!
//! `callbacks` and `links` travel in `x-specmint-callbacks` and `x-specmint-links` in every version: the crate `openapiv3`
//! knows no reference there.

use serde_json::{Map, Number, Value};

use super::fields::{Field, Since};
use super::node::Node;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic};

/// The later keywords that [`schema`] itself puts into words of 3.0.
const TRANSLATED: &[&str] = &["const", "examples", "contentEncoding"];

/// The name of `field` in the 3.0 form.
pub(super) fn name(field: &Field) -> String {
    let is_later = matches!(field.since, Since::From(_)) && !TRANSLATED.contains(&field.name);
    if is_later || field.apart {
        return format!("x-specmint-{}", field.name.trim_start_matches('$'));
    }
    field.name.to_owned()
}

/// A schema that takes everything or nothing.
pub(super) fn boolean(all: bool) -> Value {
    let mut members = Map::new();
    if !all {
        members.insert("not".to_owned(), Value::Object(Map::new()));
    }
    Value::Object(members)
}

/// An integer of 0 or more, which may be written with a fraction of nothing.
pub(super) fn count(number: &Number) -> Value {
    let whole = number.as_f64().map(|number| number as u64);
    match (number.as_u64(), whole) {
        (Some(count), _) | (None, Some(count)) => Value::from(count),
        (None, None) => Value::Number(number.clone()),
    }
}

/// A `$ref` and nothing else.
pub(super) fn reference(target: &str) -> Value {
    Value::Object(Map::from_iter([("$ref".to_owned(), Value::from(target))]))
}

/// Puts a `$ref` beside what `members` say.
pub(super) fn beside(members: &mut Map<String, Value>, target: &str) {
    let rest = std::mem::take(members);
    if rest.is_empty() {
        members.insert("$ref".to_owned(), Value::from(target));
    } else {
        let parts = vec![reference(target), Value::Object(rest)];
        members.insert("allOf".to_owned(), Value::Array(parts));
    }
}

/// Gives a whole document the version and the fields that 3.0 asks for.
pub(super) fn document(root: &mut Value) {
    if let Value::Object(members) = root {
        if let Some(Value::Object(info)) = members.get_mut("info") {
            for name in ["title", "version"] {
                info.entry(name).or_insert_with(|| Value::from(""));
            }
        }
        members.insert("openapi".to_owned(), Value::from("3.0.3"));
        members
            .entry("paths")
            .or_insert_with(|| Value::Object(Map::new()));
    }
}

/// Gives an object other than a schema the fields that 3.0 asks for, in words that it has.
pub(super) fn object(name: &str, members: &mut Map<String, Value>) {
    // A media type says how a value is written; a `schema` beside it has no effect.
    let has_content = |content: &Value| content.as_object().is_some_and(|all| !all.is_empty());
    if matches!(name, "Parameter Object" | "Header Object")
        && members.get("content").is_some_and(has_content)
    {
        members.remove("schema");
    }
    match name {
        "Operation Object" => {
            members
                .entry("responses")
                .or_insert_with(|| Value::Object(Map::new()));
        }
        "Parameter Object" => {
            reword(members, "in", "querystring", "query");
            reword(members, "style", "cookie", "form");
            // Without it there is no such path.
            if members.get("in").is_some_and(|place| place == "path") {
                members.insert("required".to_owned(), Value::Bool(true));
            }
        }
        "Security Scheme Object" if reword(members, "type", "mutualTLS", "http") => {
            members.insert("scheme".to_owned(), Value::from("mutualTLS"));
        }
        _ => {}
    }
}

/// Puts `word` in place of `later` in the field `name`; whether it stood there.
fn reword(members: &mut Map<String, Value>, name: &str, later: &str, word: &str) -> bool {
    let is_later = members.get(name).is_some_and(|value| value == later);
    if is_later {
        members.insert(name.to_owned(), Value::from(word));
        members.insert(format!("x-specmint-{name}"), Value::from(later));
    }
    is_later
}

/// Brings the members of a Schema Object to the 3.0 form.
pub(super) fn schema(
    members: &mut Map<String, Value>,
    node: Node<'_>,
    version: Version,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(types(members, node, version));
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
    found.extend(nullable_enum(members, node, version));
    found
}

/// `type` as a list, and `null` as a type.
fn types(members: &mut Map<String, Value>, node: Node<'_>, version: Version) -> Option<Diagnostic> {
    let written = members.get("type")?.clone();
    let names: Vec<&str> = match &written {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        Value::String(name) => vec![name.as_str()],
        _ => return None,
    };
    let has_null = names.contains(&"null");
    let mut others: Vec<&str> = Vec::new();
    for name in names.into_iter().filter(|name| *name != "null") {
        if !others.contains(&name) {
            others.push(name);
        }
    }
    match others.as_slice() {
        [only] => {
            members.insert("type".to_owned(), Value::from(*only));
        }
        _ => {
            members.remove("type");
            members.insert("x-specmint-type".to_owned(), written.clone());
        }
    }
    if has_null {
        members.insert("nullable".to_owned(), Value::Bool(true));
    }
    let is_later = has_null || written.is_array();
    (is_later && version == Version::V30).then(|| {
        let at = node.shown_at("type");
        super::findings::other_form(&format!("the `type` {written}"), version, at)
    })
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
    let name = if version.has_json_schema() {
        "type"
    } else {
        "nullable"
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
