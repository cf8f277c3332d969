//! What a broken keyword says beyond its name, for contracts whose errors tell it in members of their own.

use std::fmt;

use serde_json::{Number, Value};

/// More members than these are not named, and not more of a name than so many characters: the answer must not outgrow the
/// request.
const MAX_MEMBERS: usize = 16;
const MAX_NAME_LENGTH: usize = 64;

/// The particulars of a [`Violation`](crate::Violation). Types are those of JSON Schema, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Breach {
    /// None beyond the keyword, or none that may be told.
    #[default]
    Other,
    /// A value is not of the type that it has to be of.
    Type {
        /// The types that it may be of.
        expected: Vec<&'static str>,
        /// Its own; `integer` only of numbers without a fraction.
        found: &'static str,
    },
    /// There is no value where one has to be.
    Missing {
        /// The types that it may be of; none where that is not known, or any would do.
        expected: Vec<&'static str>,
    },
    /// A number, or how much there is of something, is beyond a bound.
    Bound {
        /// The bound.
        limit: Number,
        /// The type of the value: `string` for a number of characters, `array` for one of items.
        of: &'static str,
    },
    /// Members that are not allowed.
    Members(Unknown),
}

/// Names that a client gave members which the schema does not know: 16 at most, and 64 characters of each.
///
/// They are the client's own text, which is repeated to nobody but where a contract's errors ask for it: not by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Unknown(Vec<String>);

impl Unknown {
    pub(crate) fn of(names: &[String]) -> Self {
        let names = names.iter().take(MAX_MEMBERS);
        Self(
            names
                .map(|name| name.chars().take(MAX_NAME_LENGTH).collect())
                .collect(),
        )
    }

    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unknown({})", self.0.len())
    }
}

/// The type of `value`, the narrowest that it has.
pub(crate) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if is_integer(number) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Whether a number has no fraction, however it is written (JSON Schema, section 4.2.1).
fn is_integer(number: &Number) -> bool {
    number.as_f64().is_none_or(|number| number.fract() == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_bounded_and_stay_out_of_debugging_output() {
        let names: Vec<String> = (0..20).map(|_| "é".repeat(100)).collect();
        let unknown = Unknown::of(&names);
        assert_eq!(unknown.names(), vec!["é".repeat(64); 16]);
        assert_eq!(format!("{unknown:?}"), "Unknown(16)");
    }

    #[test]
    fn a_number_without_a_fraction_is_an_integer() {
        for (value, name) in [
            (json!(1), "integer"),
            (json!(u64::MAX), "integer"),
            (json!(1.0), "integer"),
            (json!(1.5), "number"),
            (json!(null), "null"),
        ] {
            assert_eq!(type_of(&value), name);
        }
    }
}
