//! What the keywords of a Schema Object say must go together: JSON Schema Validation 2020-12, section 6.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::fits::TYPE_NAMES;
use super::node::Node;
use super::{ecma_262, enumeration, schema_dialect};
use crate::diagnostic::{Code, Diagnostic};

/// The keywords that hold for values of one type only (section 6, and Core, section 10.3).
const OF_TYPES: &[(&[&str], &[&str])] = &[
    (&["string"], &["maxLength", "minLength", "pattern"]),
    (
        &["number", "integer"],
        &[
            "multipleOf",
            "maximum",
            "minimum",
            "exclusiveMaximum",
            "exclusiveMinimum",
        ],
    ),
    (
        &["array"],
        &[
            "items",
            "maxItems",
            "minItems",
            "uniqueItems",
            "prefixItems",
            "contains",
            "maxContains",
            "minContains",
            "unevaluatedItems",
        ],
    ),
    (
        &["object"],
        &[
            "properties",
            "required",
            "additionalProperties",
            "maxProperties",
            "minProperties",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ],
    ),
];

/// Pairs of bounds of which the first must not be the greater.
const BOUNDS: &[(&str, &str)] = &[
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minimum", "maximum"),
];

/// Findings about the schema at `node`. What has no effect is taken from its form for OpenAPI 3.0; what can be said
/// better is said so in both forms.
pub(super) fn check(
    openapi: &mut Map<String, Value>,
    schemas: &mut Map<String, Value>,
    node: Node<'_>,
) -> Vec<Diagnostic> {
    let mut found = enumeration::check(openapi, schemas, node);
    if let Some((names, at)) = list("required", node) {
        found.extend(repeated(names, at));
    }
    for members in [&mut *openapi, &mut *schemas] {
        dedup("enum", members);
        dedup("required", members);
    }
    for name in ["allOf", "oneOf", "anyOf", "prefixItems"] {
        found.extend(nothing_listed(name, openapi, schemas, node));
    }
    found.extend(schema_dialect::check("$schema", node));
    found.extend(ecma_262::check(openapi, schemas, node));
    found.extend(BOUNDS.iter().filter_map(|pair| bounds(*pair, node)));
    found.extend(without_effect(openapi, node));
    found
}

/// Takes away an applicator without schemas, which JSON Schema does not allow and which can mean nothing.
fn nothing_listed(
    name: &str,
    openapi: &mut Map<String, Value>,
    schemas: &mut Map<String, Value>,
    node: Node<'_>,
) -> Option<Diagnostic> {
    let (schemas_listed, at) = list(name, node)?;
    if !schemas_listed.is_empty() {
        return None;
    }
    openapi.remove(name);
    openapi.remove(&format!("x-specmint-{name}"));
    schemas.remove(name);
    let message = format!("`{name}` lists no schema, so it has no effect");
    Some(
        at.finding(Code::IneffectiveKeyword, message, "list one, or remove it")
            .warning(),
    )
}

/// A warning for each value that stands in the list before.
pub(super) fn repeated(values: &[Value], at: Node<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, (value, is_first)) in values.iter().zip(firsts(values)).enumerate() {
        if !is_first {
            let finding = at.child(&index.to_string(), value).value_finding(
                Code::DuplicateItem,
                format!("`{}` is listed twice", plain(value)),
                "remove one of the two",
            );
            found.push(finding.warning());
        }
    }
    found
}

fn dedup(name: &str, members: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = members.get_mut(name) {
        let mut firsts = firsts(values).into_iter();
        values.retain(|_| firsts.next().unwrap_or(true));
    }
}

/// Of each value, whether none before it is the same.
fn firsts(values: &[Value]) -> Vec<bool> {
    let mut seen = HashSet::with_capacity(values.len());
    values.iter().map(|value| seen.insert(value)).collect()
}

fn bounds((least, most): (&str, &str), node: Node<'_>) -> Option<Diagnostic> {
    let bound = |name| node.value.get(name).and_then(Value::as_f64);
    let order = bound(least)?.partial_cmp(&bound(most)?)?;
    let at = node.child(least, node.value.get(least)?);
    (order == Ordering::Greater).then(|| {
        at.value_finding(
            Code::InvalidValue,
            format!("`{least}` is greater than `{most}`, so that nothing is valid"),
            "correct one of the two",
        )
    })
}

/// Takes away the keywords that a value of the schema's `type` is not subject to.
fn without_effect(members: &mut Map<String, Value>, node: Node<'_>) -> Vec<Diagnostic> {
    let types = types(node.value);
    let mut found = Vec::new();
    for (subject, keywords) in OF_TYPES {
        if types.is_empty() || subject.iter().any(|name| types.contains(name)) {
            continue;
        }
        for keyword in *keywords {
            members.remove(*keyword);
            if let Some(value) = node.value.get(*keyword) {
                let finding = node.child(keyword, value).finding(
                    Code::IneffectiveKeyword,
                    format!(
                        "`{keyword}` has no effect on the type `{}`",
                        types.join("` or `")
                    ),
                    "remove it, or correct the `type`",
                );
                found.push(finding.warning());
            }
        }
    }
    found
}

/// The member `name` of the node, where it is a list.
pub(super) fn list<'a>(name: &str, node: Node<'a>) -> Option<(&'a [Value], Node<'a>)> {
    let value = node.value.get(name)?;
    Some((value.as_array()?, node.child(name, value)))
}

/// The types that the schema takes; none where it takes all, or names one that there is not.
pub(super) fn types(schema: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => {
            let names = names.iter();
            names
                .filter_map(|name| name.as_str().or(name.is_null().then_some("null")))
                .collect()
        }
        _ => Vec::new(),
    };
    if !names.iter().all(|name| TYPE_NAMES.contains(name)) {
        return Vec::new();
    }
    if !names.is_empty() && schema.get("nullable") == Some(&Value::Bool(true)) {
        names.push("null");
    }
    names
}

pub(super) fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        // `integer`: a number without a fraction, however it is written.
        _ => value.as_f64().is_some_and(|number| number.fract() == 0.0),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::dialect::tests::{found, with_schema};

    fn codes(schema: &str) -> Vec<String> {
        let found = found(with_schema("3.1.0", &format!("{{ {schema} }}")));
        let code = |one: &String| one.split(':').next().map(str::to_owned);
        found.iter().filter_map(code).collect()
    }

    #[test]
    fn what_no_value_can_meet_is_refused() {
        for text in [
            "type: string, enum: [a, 3]",
            "type: integer, enum: [1, 1.5]",
            "type: string, minLength: 3, maxLength: 2",
            "type: number, minimum: 0.2, maximum: 0.1",
        ] {
            assert_eq!(codes(text), ["invalid-value"], "{text}");
        }
        for text in [
            "type: [string, 'null'], enum: [a, null]",
            "type: integer, enum: [1, 2.0]",
            "type: string, minLength: 2, maxLength: 2",
        ] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_says_nothing_is_a_warning() {
        assert_eq!(codes("type: string, enum: [a, b, a]"), ["duplicate-item"]);
        assert_eq!(
            codes("type: object, properties: { a: {} }, required: [a, a]"),
            ["duplicate-item"]
        );
        assert_eq!(
            codes("type: [string, 'null'], minimum: 3"),
            ["ineffective-keyword"]
        );
        assert_eq!(codes("minimum: 3"), [""; 0]);
        assert_eq!(codes("type: strin, minimum: 3"), ["wrong-type"]);
    }
}
