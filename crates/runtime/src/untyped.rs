//! Text as a JSON value, guided by a schema: what the cold path validates of forms and parameters.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::decode::{FromText, Pairs};
use crate::schemas::Schemas;
use crate::violation::{Violation, escaped};

/// What JSON Schema has no word for: a name that may stand in a form or a query once stands there again.
pub(crate) const ONCE: &str = "may be given only once";

/// Every violation of the schema at `pointer` by a form.
pub(crate) fn form_violations(
    schemas: &Schemas,
    pointer: &str,
    pairs: &Pairs<'_>,
) -> Vec<Violation> {
    let schema = schemas.schema(pointer);
    let mut violations = Vec::new();
    let mut form = Map::new();
    for (name, values) in pairs {
        let property = schema.and_then(|schema| property(schemas, schema, name, 0));
        let mut values = values.as_slice();
        if let [first, _, ..] = values
            && !has_type(property, "array")
        {
            let repeated = repeated(property.map(|_| &**name));
            if !violations.contains(&repeated) {
                violations.push(repeated);
            }
            values = std::slice::from_ref(first);
        }
        form.insert(name.to_string(), texts(schemas, property, values));
    }
    violations.extend(schemas.violations(pointer, &Value::Object(form)));
    violations
}

/// Of a field; not by its name where the client chose that.
fn repeated(name: Option<&str>) -> Violation {
    match name {
        Some(name) => Violation {
            pointer: format!("/{}", escaped(name)),
            ..Violation::of_body("type", ONCE)
        },
        None => Violation::of_body("type", "has a field more than once"),
    }
}

/// All texts under one name.
pub(crate) fn texts(schemas: &Schemas, schema: Option<&Value>, values: &[Cow<'_, str>]) -> Value {
    let schema = schema.and_then(|schema| schemas.follow(schema));
    if !has_type(schema, "array")
        && let [one] = values
    {
        return text(schema, one);
    }
    let items = schema
        .and_then(|schema| schema.get("items"))
        .and_then(|items| schemas.follow(items));
    values.iter().map(|value| text(items, value)).collect()
}

fn text(schema: Option<&Value>, text: &str) -> Value {
    let is_number = has_type(schema, "integer") || has_type(schema, "number");
    if is_number && let Some(number) = serde_json::Number::from_text(text) {
        return Value::Number(number);
    }
    if has_type(schema, "boolean")
        && let Some(flag) = bool::from_text(text)
    {
        return Value::Bool(flag);
    }
    Value::from(text)
}

fn has_type(schema: Option<&Value>, name: &str) -> bool {
    match schema.and_then(|schema| schema.get("type")) {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    }
}

/// The fields that can be members of an object of the schema at `pointer`: all, where it takes any.
pub(crate) fn members<'p>(schemas: &Schemas, pointer: &str, pairs: &Pairs<'p>) -> Pairs<'p> {
    let schema = schemas.schema(pointer);
    let is_member = |name: &str| {
        schema.is_none_or(|schema| {
            schema
                .get("additionalProperties")
                .is_some_and(|any| *any != false)
                || property(schemas, schema, name, 0).is_some()
        })
    };
    let members = pairs.iter().filter(|(name, _)| is_member(name));
    members.cloned().collect()
}

/// The schema of a property, also one that `allOf` brings.
fn property<'s>(
    schemas: &'s Schemas,
    schema: &'s Value,
    name: &str,
    depth: usize,
) -> Option<&'s Value> {
    let own = schema.get("properties").and_then(|all| all.get(name));
    if own.is_some() || depth > 8 {
        return own.and_then(|own| schemas.follow(own));
    }
    let all_of = schema.get("allOf").and_then(Value::as_array)?;
    all_of.iter().find_map(|part| {
        let part = schemas.follow(part)?;
        property(schemas, part, name, depth + 1)
    })
}
