//! `enum` (JSON Schema Validation, section 6.1.2): values that are not of the schema's type.

use serde_json::{Map, Value};

use super::keywords::{is_of, list, repeated, types};
use super::node::Node;
use crate::diagnostic::{Code, Diagnostic};

/// Findings about `enum`, of which what is meant stays in both forms of the schema.
pub(super) fn check(
    openapi: &mut Map<String, Value>,
    schemas: &mut Map<String, Value>,
    node: Node<'_>,
) -> Vec<Diagnostic> {
    let Some((values, at)) = list("enum", node) else {
        return Vec::new();
    };
    let mut found = repeated(values, at);
    let types = types(node.value);
    if !values.is_empty() && values.iter().all(|value| fits(value, &types)) {
        return found;
    }
    let (fitting, odd) = sorted(values, &types, at);
    if !fitting.is_empty() {
        found.extend(odd);
        openapi.insert("enum".to_owned(), Value::Array(fitting.clone()));
        schemas.insert("enum".to_owned(), Value::Array(fitting));
        return found;
    }
    // No value would be valid, which nobody means.
    let mut said = "lists no value that is valid, and is ignored";
    if types.contains(&"array") && takes(node.value.get("items"), values) {
        said = "lists no array: it is read as that of the `items`";
        for members in [&mut *openapi, &mut *schemas] {
            if let Some(Value::Object(items)) = members.get_mut("items") {
                items.insert("enum".to_owned(), Value::Array(values.to_vec()));
            }
        }
    }
    for members in [openapi, schemas] {
        members.remove("enum");
    }
    let message = format!("`enum` {said}");
    let help = "list values of the `type`, or remove `enum`";
    found.push(at.finding(Code::InvalidValue, message, help).warning());
    found
}

/// The values that are of one of the types or are meant so, and a finding for each that is not.
fn sorted(values: &[Value], types: &[&str], at: Node<'_>) -> (Vec<Value>, Vec<Diagnostic>) {
    let (mut fitting, mut found) = (Vec::with_capacity(values.len()), Vec::new());
    for (index, value) in values.iter().enumerate() {
        if fits(value, types) {
            fitting.push(value.clone());
            continue;
        }
        let meant = types.iter().find_map(|name| meant(value, name));
        let (said, help) = match &meant {
            Some(meant) => (format!("; it is read as `{meant}`"), "write it so"),
            None => (String::new(), "it is never valid: remove it"),
        };
        let names = types.join("` or `");
        let message = format!("`{value}` is not of the type `{names}`{said}");
        let at = at.child(&index.to_string(), value);
        found.push(
            at.value_finding(Code::InvalidValue, message, help)
                .warning(),
        );
        fitting.extend(meant);
    }
    (fitting, found)
}

/// Whether the value is of one of the types, of which none means all.
fn fits(value: &Value, types: &[&str]) -> bool {
    types.is_empty() || types.iter().any(|name| is_of(value, name))
}

/// Whether these values can be the `enum` of the items.
fn takes(items: Option<&Value>, values: &[Value]) -> bool {
    let Some(items) = items.filter(|items| items.is_object()) else {
        return false;
    };
    let types = types(items);
    let is_free = ["$ref", "enum", "const"]
        .iter()
        .all(|name| items.get(name).is_none());
    is_free && !values.is_empty() && values.iter().all(|value| fits(value, &types))
}

/// A plain value of another type that reads the same: authors forget quotes, or write too many.
fn meant(value: &Value, name: &str) -> Option<Value> {
    match (value, name) {
        (Value::Number(_) | Value::Bool(_), "string") => Some(Value::from(value.to_string())),
        (Value::String(text), _) => {
            let plain: Value = serde_json::from_str(text).ok()?;
            is_of(&plain, name).then_some(plain)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::dialect::tests::{forms, found, with_schema};

    #[test]
    fn an_enum_beside_items_is_that_of_the_items() {
        for (schema, wanted) in [
            (
                "{type: array, items: {type: string}, enum: [a, b]}",
                json!({"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}),
            ),
            (
                "{type: array, items: {}, enum: [a]}",
                json!({"type": "array", "items": {"enum": ["a"]}}),
            ),
            // Not where they would not be of their type, or have their own.
            (
                "{type: array, items: {type: integer}, enum: [a]}",
                json!({"type": "array", "items": {"type": "integer"}}),
            ),
            (
                "{type: array, items: {enum: [b]}, enum: [a]}",
                json!({"type": "array", "items": {"enum": ["b"]}}),
            ),
            ("{type: integer, enum: [x]}", json!({"type": "integer"})),
            ("{type: string, enum: []}", json!({"type": "string"})),
        ] {
            assert_eq!(forms("3.0.3", schema).1, wanted, "{schema}");
            let found = found(with_schema("3.0.3", schema));
            assert_eq!(found, ["invalid-value:6"], "{schema}");
        }
    }
}
