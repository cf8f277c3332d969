//! `uniqueItems`.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::Value;

use super::doubt;

/// `uniqueItems`, by the equality of JSON Schema: 1 equals 1.0, and members have no order. Takes time that
/// grows with the size of the items, not with its square.
///
/// A request whose items are equal here is held against its schema: they may differ in what their model does not keep.
#[must_use]
pub fn unique_items<T: Serialize>(items: &[T]) -> bool {
    let mut seen = HashSet::with_capacity(items.len());
    let mut items = items.iter();
    items.all(|item| serde_json::to_value(item).is_ok_and(|item| seen.insert(canonical(&item))))
        || doubt::raise()
}

/// A text that equal values have in common, and no others.
pub(super) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => match number.as_f64() {
            // Minus zero is zero.
            Some(0.0) => text.push('0'),
            Some(float) if !number.is_i64() && !number.is_u64() => {
                // `Display` of a float writes whole numbers as an integer's digits.
                text.push_str(&float.to_string());
            }
            _ => text.push_str(&number.to_string()),
        },
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (name, member) in members {
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(member, text);
                text.push(',');
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn equality_is_of_json_schema() {
        assert!(unique_items(&[
            json!(1),
            json!("1"),
            json!([1]),
            json!(null)
        ]));
        assert!(!unique_items(&[json!(1), json!(1.0)]));
        assert!(!unique_items(&[0.0, -0.0]));
        assert!(!unique_items(&[
            json!({"a": 1, "b": 2}),
            json!({"b": 2, "a": 1.0})
        ]));
        assert!(unique_items(&["a", "b"]));
        assert!(!unique_items(&["a", "a"]));
    }
}
