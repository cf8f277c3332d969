//! A schema that stands for itself: what its `$ref`s lead to goes into its `$defs`.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

use super::kinds::Kinds;
use super::node::{self, Node};
use super::parts::{Part, Source};

/// Keywords that hold a schema.
const ONE: &[&str] = &[
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords that hold a list of schemas.
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords that hold a map of schemas.
const MAP: &[&str] = &["dependentSchemas", "patternProperties", "properties"];

/// What the schemas of `key` say together, in the form of JSON Schema 2020-12.
pub fn of(source: Source<'_>, key: &[Part]) -> Value {
    let mut closure = Closure {
        source,
        names: BTreeMap::new(),
        open: VecDeque::new(),
    };
    let mut all: Vec<Value> = key.iter().map(|part| closure.part(part)).collect();
    let mut schema = match all.pop() {
        Some(Value::Object(only)) if all.is_empty() => only,
        Some(last) => {
            all.push(last);
            Map::from_iter([("allOf".to_owned(), Value::Array(all))])
        }
        None => Map::new(),
    };
    let mut definitions = Map::new();
    while let Some((pointer, name)) = closure.open.pop_front() {
        definitions.insert(name, closure.at(&pointer));
    }
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Value::Object(schema)
}

struct Closure<'a> {
    source: Source<'a>,
    /// The name in `$defs` of each schema that was referred to, by its JSON Pointer.
    names: BTreeMap<String, String>,
    open: VecDeque<(String, String)>,
}

impl Closure<'_> {
    fn part(&mut self, part: &Part) -> Value {
        match part {
            Part::At(pointer) => self.at(pointer),
            Part::Own { pointer, without } => {
                let Node::Object(members) = self.source.node(pointer) else {
                    return json!({});
                };
                let is_own =
                    |name: &str| !matches!(name, "$ref" | "allOf") && Some(name) != *without;
                self.members(members, is_own)
            }
            Part::Only(Kinds::NONE) => Value::Bool(false),
            Part::Only(kinds) => {
                let names = kinds.types().into_iter().map(super::kinds::name);
                json!({ "type": names.collect::<Vec<_>>() })
            }
        }
    }

    fn at(&mut self, pointer: &str) -> Value {
        let value = self.source.0.pointer(pointer);
        self.schema(value.unwrap_or(&Value::Bool(true)))
    }

    fn schema(&mut self, value: &Value) -> Value {
        match Node::of(value) {
            Node::Boolean(value) => Value::Bool(value),
            Node::Object(members) => self.members(members, |_| true),
        }
    }

    /// The keywords that take part in the verdict.
    fn members(&mut self, members: &Map<String, Value>, wanted: impl Fn(&str) -> bool) -> Value {
        let mut copy = Map::new();
        for name in node::keywords(members).filter(|name| wanted(name)) {
            let Some(value) = members.get(name) else {
                continue;
            };
            let value = if name == "$ref" {
                self.reference(value)
            } else if ONE.contains(&name) {
                self.schema(value)
            } else if LIST.contains(&name) {
                let all = value.as_array().into_iter().flatten();
                all.map(|one| self.schema(one)).collect()
            } else if MAP.contains(&name) {
                let all = value.as_object().into_iter().flatten();
                all.map(|(name, one)| (name.clone(), self.schema(one)))
                    .collect()
            } else {
                value.clone()
            };
            copy.insert(name.to_owned(), value);
        }
        Value::Object(copy)
    }

    fn reference(&mut self, value: &Value) -> Value {
        let Some(target) = value.as_str().and_then(|text| self.source.target(text)) else {
            return value.clone();
        };
        let number = self.names.len();
        let open = &mut self.open;
        let name = self.names.entry(target).or_insert_with_key(|target| {
            let name = format!("s{number}");
            open.push_back((target.clone(), name.clone()));
            name
        });
        Value::from(format!("#/$defs/{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_referred_to_comes_along() {
        let document = json!({
            "a": { "not": { "$ref": "#/b" }, "description": "x", "properties": { "not": true } },
            "b": { "items": { "$ref": "#/b" }, "type": "array" },
        });
        let schema = of(
            Source(&document),
            &[Part::At("/a".into()), Part::Only(Kinds::OBJECT)],
        );
        assert_eq!(
            schema,
            json!({
                "allOf": [
                    { "not": { "$ref": "#/$defs/s0" }, "properties": { "not": true } },
                    { "type": ["object"] },
                ],
                "$defs": { "s0": { "items": { "$ref": "#/$defs/s0" }, "type": "array" } },
            })
        );
    }
}
