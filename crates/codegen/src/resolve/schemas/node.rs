//! A Schema Object as it stands: what its keywords hold.

use serde_json::{Map, Number, Value};

use crate::resolve::refs;

/// The keywords that take part in the verdict on a value. What is no keyword of JSON Schema takes none (Core, 6.5).
const KEYWORDS: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "then",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
];

/// A schema: an object of keywords, or a truth value.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// `true` and `false`.
    Boolean(bool),
    /// Keywords.
    Object(&'a Map<String, Value>),
}

impl<'a> Node<'a> {
    /// The schema that `value` is; what is none allows everything.
    pub fn of(value: &'a Value) -> Self {
        match value {
            Value::Object(members) => Self::Object(members),
            Value::Bool(value) => Self::Boolean(*value),
            _ => Self::Boolean(true),
        }
    }

    /// Whether it allows everything.
    pub fn is_any(self) -> bool {
        match self {
            Self::Boolean(value) => value,
            Self::Object(members) => keywords(members).next().is_none(),
        }
    }
}

/// The members that take part in the verdict on a value.
pub fn keywords(members: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let is_keyword = |name: &&str| KEYWORDS.binary_search(name).is_ok();
    members.keys().map(String::as_str).filter(is_keyword)
}

/// A string member.
pub fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name).and_then(Value::as_str)
}

/// Whether a member is there and true.
pub fn flag(members: &Map<String, Value>, name: &str) -> bool {
    members.get(name) == Some(&Value::Bool(true))
}

/// A number that counts: 2 and 2.0 are the same (Core, 4.2.2).
pub fn count(members: &Map<String, Value>, name: &str) -> Option<usize> {
    let value = members.get(name)?;
    let whole = value.as_u64().or_else(|| {
        let float = value.as_f64()?;
        (float >= 0.0 && float.fract() == 0.0 && float < 9e15).then_some(float as u64)
    });
    whole.and_then(|count| usize::try_from(count).ok())
}

/// A number.
pub fn number<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Number> {
    match members.get(name)? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// The JSON Pointers of the schemas in a list.
pub fn list(members: &Map<String, Value>, name: &str, pointer: &str) -> Vec<String> {
    let count = members
        .get(name)
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    (0..count)
        .map(|index| format!("{pointer}/{name}/{index}"))
        .collect()
}

/// The names in a map of schemas, each with its JSON Pointer.
pub fn map<'a>(
    members: &'a Map<String, Value>,
    name: &str,
    pointer: &str,
) -> Vec<(&'a str, String)> {
    let below = format!("{pointer}/{name}");
    let all = members.get(name).and_then(Value::as_object);
    all.into_iter()
        .flatten()
        .map(|(name, _)| (name.as_str(), refs::join(&below, name)))
        .collect()
}

/// The strings of a list.
pub fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let all = value.and_then(Value::as_array).into_iter().flatten();
    all.filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn annotations_say_nothing_of_a_value() {
        assert!(KEYWORDS.is_sorted());
        assert!(Node::of(&json!({ "description": "x", "x-a": 1, "default": 2 })).is_any());
        assert!(!Node::of(&json!({ "minimum": 1 })).is_any());
        assert!(!Node::of(&json!(false)).is_any());
    }

    #[test]
    fn counts_may_be_written_as_fractions() {
        let schema = json!({ "maxLength": 2.0, "minLength": -1 });
        let members = schema.as_object().unwrap();
        assert_eq!(count(members, "maxLength"), Some(2));
        assert_eq!(count(members, "minLength"), None);
    }
}
