//! Whether a plain value is of the kind that its field holds.

use serde_json::Value;

use super::fields::Holds;

/// The values of `type`: JSON Schema 2020-12, Validation, section 6.1.1. OpenAPI 3.0 has no `null`.
pub(super) const TYPE_NAMES: [&str; 7] = [
    "object", "array", "string", "number", "integer", "boolean", "null",
];

/// Whether `value` may stand where `holds` is asked for; lists, maps and objects are looked into elsewhere.
pub(super) fn fits(holds: &Holds, value: &Value) -> bool {
    match holds {
        Holds::Anything => true,
        Holds::Text => value.is_string(),
        Holds::Boolean => value.is_boolean(),
        Holds::Number => value.is_number(),
        Holds::Count => value.is_u64() || value.as_f64().is_some_and(is_count),
        Holds::SchemaType => match value {
            Value::String(name) => is_type(name),
            Value::Array(names) => {
                // Unquoted, YAML's null is no text; what it means is plain.
                let fits = |name: &Value| name.is_null() || name.as_str().is_some_and(is_type);
                !names.is_empty() && names.iter().all(fits)
            }
            _ => false,
        },
        Holds::Choice(_)
        | Holds::ExclusiveBound
        | Holds::List(_)
        | Holds::Map(..)
        | Holds::Object(_)
        | Holds::Schema
        | Holds::SchemaOrBoolean => false,
    }
}

/// `2.0` is an integer too: JSON Schema 2020-12, Core, section 4.2.3.
fn is_count(number: f64) -> bool {
    number >= 0.0 && number.fract() == 0.0 && number <= 9_007_199_254_740_992.0
}

fn is_type(name: &str) -> bool {
    TYPE_NAMES.contains(&name)
}
