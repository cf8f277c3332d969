//! `enum` and `const` of values that have no type of their own.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde::Serialize;
use serde_json::Value;

use super::unique::canonical;

/// The values of an `enum`, compared by the equality of JSON Schema.
#[derive(Debug)]
pub struct Options {
    text: &'static str,
    values: OnceLock<HashSet<String>>,
}

impl Options {
    /// The values as a JSON array. Nothing is one of what isn't an array.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            values: OnceLock::new(),
        }
    }

    /// Whether `value` is one of them.
    #[must_use]
    pub fn has<T: Serialize + ?Sized>(&self, value: &T) -> bool {
        let values = self.values.get_or_init(|| {
            let values: Vec<Value> = serde_json::from_str(self.text).unwrap_or_default();
            values.iter().map(canonical).collect()
        });
        serde_json::to_value(value).is_ok_and(|value| values.contains(&canonical(&value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_equal_by_json_schema() {
        static OPTIONS: Options = Options::new(r#"[1.0, "a", {"x": [1], "y": null}, 0]"#);
        assert!(OPTIONS.has(&1) && OPTIONS.has("a") && OPTIONS.has(&-0.0));
        assert!(OPTIONS.has(&serde_json::json!({"y": null, "x": [1.0]})));
        assert!(!OPTIONS.has(&1.5) && !OPTIONS.has("1") && !OPTIONS.has(&()));
        assert!(!Options::new("").has(&1));
    }
}
