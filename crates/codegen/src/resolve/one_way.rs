//! `required` and the properties that travel one way only (OpenAPI 3.0.4, section 4.7.24): where such a
//! property is `required`, that holds for responses only if it is `readOnly`, and for requests only if it is `writeOnly`.
//!
//! The models know the direction; the schemas that values are held to at run time do not. So there nobody asks for such a
//! property.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// How many properties and schemas are looked at for one schema: parts may refer to the same parts again and again.
const MOST: usize = 2_000;

/// How many references follow one another.
const LONGEST: usize = 16;

/// `schemas` without those names in any `required`.
pub fn relaxed(schemas: &Value) -> Value {
    let mut relaxed = schemas.clone();
    relax(schemas, &mut relaxed, &HashSet::new());
    relaxed
}

/// Relaxes `here` and all below it; `around` are such properties of the schemas that `here` is a part of by `allOf`.
fn relax(root: &Value, here: &mut Value, around: &HashSet<String>) {
    match here {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| relax(root, item, &HashSet::new())),
        Value::Object(members) => {
            let mut names = around.clone();
            if members.contains_key("required") || members.contains_key("allOf") {
                one_way(root, members, &mut names, &mut { MOST });
            }
            if let Some(Value::Array(required)) = members.get_mut("required") {
                required.retain(|name| !name.as_str().is_some_and(|name| names.contains(name)));
            }
            for (name, below) in members.iter_mut() {
                match below {
                    Value::Array(parts) if name == "allOf" => {
                        parts.iter_mut().for_each(|part| relax(root, part, &names));
                    }
                    below => relax(root, below, &HashSet::new()),
                }
            }
        }
        _ => {}
    }
}

/// Adds the names of the properties of a schema that travel one way only.
fn one_way(
    root: &Value,
    schema: &Map<String, Value>,
    names: &mut HashSet<String>,
    left: &mut usize,
) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let Some(rest) = left.checked_sub(1 + properties.map_or(0, Map::len)) else {
        *left = 0;
        return;
    };
    *left = rest;
    for (name, property) in properties.into_iter().flatten() {
        if travels_one_way(root, property, LONGEST) {
            names.insert(name.clone());
        }
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    let target = target(root, schema);
    for part in parts.into_iter().flatten().chain(target) {
        if let Value::Object(part) = part {
            one_way(root, part, names, left);
        }
    }
}

fn travels_one_way(root: &Value, property: &Value, left: usize) -> bool {
    let Some(property) = property.as_object() else {
        return false;
    };
    let is = |name: &str| property.get(name) == Some(&Value::Bool(true));
    is("readOnly")
        || is("writeOnly")
        || left > 0
            && target(root, property).is_some_and(|target| travels_one_way(root, target, left - 1))
}

fn target<'a>(root: &'a Value, schema: &Map<String, Value>) -> Option<&'a Value> {
    let pointer = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    root.pointer(pointer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nobody_asks_for_what_travels_one_way() {
        let schemas = json!({
            "components": { "schemas": {
                "Id": { "type": "string", "readOnly": true },
                "Base": { "properties": { "id": { "$ref": "#/components/schemas/Id" } } },
                "A": { "required": ["id", "name", "secret"], "properties": {
                    "id": { "$ref": "#/components/schemas/Id" },
                    "name": {},
                    "secret": { "writeOnly": true },
                } },
                "B": { "allOf": [
                    { "$ref": "#/components/schemas/Base" },
                    { "required": ["id", "name"], "properties": { "name": {} } },
                ] },
                "Loop": { "required": ["a"], "allOf": [{ "$ref": "#/components/schemas/Loop" }] },
            } },
        });
        let relaxed = relaxed(&schemas);
        let required =
            |pointer: &str| relaxed.pointer(&format!("/components/schemas{pointer}/required"));
        assert_eq!(required("/A"), Some(&json!(["name"])));
        assert_eq!(required("/B/allOf/1"), Some(&json!(["name"])));
        assert_eq!(required("/Loop"), Some(&json!(["a"])));
    }
}
