//! Text as a JSON value, guided by a schema: what the cold path validates of forms and parameters.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::decode::{FromText, Pairs};
use crate::schemas::Schemas;

/// A form as an object of the schema at `pointer`.
pub(crate) fn form(schemas: &Schemas, pointer: &str, pairs: &Pairs<'_>) -> Value {
    let schema = schemas.schema(pointer);
    let members = pairs.iter().map(|(name, values)| {
        let property = schema.and_then(|schema| property(schemas, schema, name, 0));
        (name.to_string(), texts(schemas, property, values))
    });
    Value::Object(Map::from_iter(members))
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
