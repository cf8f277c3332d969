//! `application/x-www-form-urlencoded` (URL Standard, section 5.2), with the Encoding Objects of its fields.

use serde_json::Value;

use super::{FieldEncoding, FieldForm, Style, style};
use crate::percent::Kept;

/// The members of `value` as a form; `None` where it is no object, or has an item that would arrive as two.
pub(super) fn written(value: &Value, encodings: &[FieldEncoding]) -> Option<String> {
    let mut fields = Vec::new();
    for (name, value) in value.as_object()? {
        let encoding = encodings.iter().find(|one| one.name == name);
        let in_style =
            |style, explode| style::fields(name, style, explode, Kept::Unreserved, value);
        match (encoding.map(|one| one.form), value) {
            (_, Value::Null) => {}
            (Some(FieldForm::Json), value) => fields.push(style::pair(name, &value.to_string())),
            (Some(FieldForm::Joined(style)), _) => fields.extend(in_style(style, false)?),
            (Some(FieldForm::Deep), _) => fields.extend(in_style(Style::DeepObject, true)?),
            (Some(FieldForm::Spread(_)), _) => fields.extend(in_style(Style::Form, true)?),
            // Encoding Object, `contentType`: an object is JSON where nothing else is said.
            (None, Value::Object(_)) => fields.push(style::pair(name, &value.to_string())),
            (None, _) => fields.extend(in_style(Style::Form, true)?),
        }
    }
    Some(fields.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field_encoding::members;
    use serde_json::json;

    fn encodings() -> [FieldEncoding; 3] {
        [
            ("a", FieldForm::Json),
            ("b", FieldForm::Joined(Style::PipeDelimited)),
            ("c", FieldForm::Deep),
        ]
        .map(|(name, form)| FieldEncoding { name, form })
    }

    #[test]
    fn fields_are_written_as_their_encoding_says() {
        let value = json!({
            "a": {"x": 1}, "b": ["x y", "z"], "c": {"x": 1}, "d": [1, 2], "e": {"x": true}, "f": null
        });
        let form = written(&value, &encodings()).unwrap();
        assert_eq!(
            form,
            "a=%7B%22x%22%3A1%7D&b=x%20y%7Cz&c%5Bx%5D=1&d=1&d=2&e=%7B%22x%22%3Atrue%7D"
        );
        // The same server reads it.
        assert_eq!(members(form.as_bytes(), &encodings()).unwrap().len(), 5);
        assert_eq!(written(&json!([1]), &[]), None);
        // It would arrive as two items.
        assert_eq!(written(&json!({"b": ["x|y"]}), &encodings()), None);
        let spread = [FieldEncoding {
            name: "a",
            form: FieldForm::Spread(&["x", "y"]),
        }];
        let form = written(&json!({"a": {"x": 1, "y": [2, 3]}}), &spread);
        assert_eq!(form.as_deref(), Some("x=1&y=2&y=3"));
    }
}
