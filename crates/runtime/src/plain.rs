//! The text of a plain value, wherever text is sent.

use std::borrow::Cow;

use serde_json::Value;

/// Of a string the string, of null nothing; what stands deeper than a style knows is JSON.
pub(crate) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_strings_have_no_quotes() {
        for (value, expected) in [
            (json!(null), ""),
            (json!("a\"b"), "a\"b"),
            (json!(1.5), "1.5"),
            (json!(["a"]), "[\"a\"]"),
        ] {
            assert_eq!(text(&value), expected);
        }
    }
}
