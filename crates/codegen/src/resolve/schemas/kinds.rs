//! Sets of JSON types.

use serde_json::Value;

use crate::ir::JsonType;

/// The types that a value may be of. A number that is whole and one that has a fraction are told apart, so that `integer` is a
/// part of `number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kinds(u8);

impl Kinds {
    pub const NONE: Self = Self(0);
    pub const NULL: Self = Self(1);
    pub const BOOLEAN: Self = Self(2);
    pub const INTEGER: Self = Self(4);
    /// Numbers that are not whole.
    pub const FRACTION: Self = Self(8);
    pub const NUMBER: Self = Self(4 | 8);
    pub const STRING: Self = Self(16);
    pub const ARRAY: Self = Self(32);
    pub const OBJECT: Self = Self(64);
    pub const ALL: Self = Self(127);

    /// Those that a type of the document alone makes up, in the order in which types are told apart.
    const EACH: [(Self, JsonType); 7] = [
        (Self::NULL, JsonType::Null),
        (Self::BOOLEAN, JsonType::Boolean),
        (Self::NUMBER, JsonType::Number),
        (Self::INTEGER, JsonType::Integer),
        (Self::STRING, JsonType::String),
        (Self::ARRAY, JsonType::Array),
        (Self::OBJECT, JsonType::Object),
    ];

    /// What `type` says.
    pub fn of_type(value: &Value) -> Self {
        match value {
            Value::String(name) => Self::named(name),
            Value::Array(names) => names
                .iter()
                .filter_map(Value::as_str)
                .fold(Self::NONE, |all, name| all.or(Self::named(name))),
            _ => Self::ALL,
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::NONE,
        }
    }

    /// The type of a value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if is_whole(number) => Self::INTEGER,
            Value::Number(_) => Self::FRACTION,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all of `other` are among them.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any of `other` is among them.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Each of them by itself; whole numbers and others are one where both are allowed.
    pub fn each(self) -> Vec<Self> {
        self.apart().map(|(kind, _)| kind).collect()
    }

    /// By their names in JSON Schema.
    pub fn types(self) -> Vec<JsonType> {
        self.apart().map(|(_, name)| name).collect()
    }

    fn apart(self) -> impl Iterator<Item = (Self, JsonType)> {
        let mut left = self;
        Self::EACH.into_iter().filter(move |(kind, _)| {
            let has = left.has(*kind);
            if has {
                left = left.without(*kind);
            }
            has
        })
    }
}

/// The name of a type in JSON Schema.
pub fn name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

/// Whether a number has no fraction, however it is written (Validation, 6.1.1).
pub fn is_whole(number: &serde_json::Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|value| value.fract() == 0.0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_integer_is_a_number_and_one_point_zero_is_an_integer() {
        let number = Kinds::of_type(&json!("number"));
        let integer = Kinds::of_type(&json!(["integer", "null"]));
        assert_eq!(number.and(integer), Kinds::INTEGER);
        assert_eq!(Kinds::of(&json!(1.0)), Kinds::INTEGER);
        assert_eq!(Kinds::of(&json!(1.5)), Kinds::FRACTION);
        assert_eq!(number.types(), [JsonType::Number]);
        assert_eq!(integer.types(), [JsonType::Null, JsonType::Integer]);
        assert_eq!(Kinds::ALL.each().len(), 6);
    }
}
