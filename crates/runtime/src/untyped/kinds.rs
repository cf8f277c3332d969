//! Which kinds of JSON values a schema can take, as far as its keywords say so at first sight.

use serde_json::Value;

use crate::schemas::Schemas;

/// A set of the types of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

/// A schema that leads back to itself says no more than this many steps in.
const MAX_DEPTH: usize = 16;

impl Kinds {
    const NONE: Self = Self(0);
    const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const NUMBER: Self = Self(4);
    pub(crate) const STRING: Self = Self(8);
    pub(crate) const ARRAY: Self = Self(16);
    pub(crate) const OBJECT: Self = Self(32);
    pub(crate) const ALL: Self = Self(63);

    /// Whether one of `kinds` is among them.
    pub(crate) fn has(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those that `schema` takes. No text is null, so that null is not among them.
    pub(crate) fn of(schemas: &Schemas, schema: &Value) -> Self {
        let kinds = of(schemas, schema, 0);
        if kinds == Self::ALL {
            return kinds;
        }
        kinds.without(Self::NULL)
    }

    fn named(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" | "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::NONE,
        }
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }
}

/// [`Kinds::of`] of the schema at `pointer`.
pub(crate) fn kinds(schemas: &Schemas, pointer: &str) -> Kinds {
    let at = schemas.at(pointer);
    at.map_or(Kinds::ALL, |at| Kinds::of(schemas, at.schema))
}

fn of(schemas: &Schemas, schema: &Value, depth: usize) -> Kinds {
    let members = match schema {
        Value::Object(members) if depth < MAX_DEPTH => members,
        Value::Bool(false) => return Kinds::NONE,
        _ => return Kinds::ALL,
    };
    let any_of = |list: &Vec<Value>, one: &dyn Fn(&Value) -> Kinds| {
        list.iter().map(one).fold(Kinds::NONE, Kinds::or)
    };
    let below = |schema: &Value| of(schemas, schema, depth + 1);
    let mut kinds = Kinds::ALL;
    for (keyword, value) in members {
        let says = match (keyword.as_str(), value) {
            ("$ref", _) => schemas.follow(schema).map_or(Kinds::ALL, below),
            ("type", Value::String(name)) => Kinds::named(name),
            ("type", Value::Array(names)) => any_of(names, &|name| {
                name.as_str().map_or(Kinds::NONE, Kinds::named)
            }),
            ("const", value) => Kinds::of_value(value),
            ("enum", Value::Array(values)) => any_of(values, &Kinds::of_value),
            ("allOf", Value::Array(parts)) => parts.iter().map(below).fold(Kinds::ALL, Kinds::and),
            ("anyOf" | "oneOf", Value::Array(parts)) => any_of(parts, &below),
            _ => continue,
        };
        kinds = kinds.and(says);
    }
    // A schema of an object's keywords means an object, whether it says so or not.
    let means = |keywords: &[&str]| keywords.iter().any(|name| members.contains_key(*name));
    match kinds {
        Kinds::ALL if means(&["properties", "additionalProperties", "required"]) => Kinds::OBJECT,
        Kinds::ALL if means(&["items", "prefixItems"]) => Kinds::ARRAY,
        kinds => kinds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SCHEMAS: Schemas = Schemas::new(
        r##"{
            "a": {"type": ["integer", "null"]},
            "b": {"anyOf": [{"$ref": "#/a"}, {"const": "x"}]},
            "c": {"allOf": [{"$ref": "#/b"}, {"type": "string"}]},
            "d": {"properties": {}},
            "e": {"$ref": "#/e"},
            "f": {"anyOf": [{"$ref": "#/f"}, {"type": "array"}]},
            "g": {}
        }"##,
    );

    #[test]
    fn keywords_narrow_what_is_taken() {
        let of = |pointer| kinds(&SCHEMAS, pointer);
        assert_eq!(of("/a"), Kinds::NUMBER);
        assert_eq!(of("/b"), Kinds::NUMBER.or(Kinds::STRING));
        assert_eq!(of("/c"), Kinds::STRING);
        assert_eq!(of("/d"), Kinds::OBJECT);
        assert_eq!(of("/e"), Kinds::ALL);
        assert!(of("/f").has(Kinds::ARRAY));
        assert_eq!(of("/g"), Kinds::ALL);
        assert_eq!(of("/nowhere"), Kinds::ALL);
    }
}
