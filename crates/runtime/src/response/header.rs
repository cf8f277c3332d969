//! Values of header fields in style `simple` (OpenAPI, Header Object; RFC 6570, section 3.2.2).

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Error, Value};

use crate::plain::text;

/// The text of `value`; `None` where it is null. Nothing is percent-encoded, as the specification says of header fields.
pub(crate) fn simple(value: &Value, explode: bool) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Array(items) => Some(joined(items.iter().map(text))),
        Value::Object(members) => {
            let between = if explode { '=' } else { ',' };
            let pairs = members
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| Cow::Owned(format!("{name}{between}{}", text(value))));
            Some(joined(pairs))
        }
        scalar => Some(text(scalar).into_owned()),
    }
}

/// `value` as JSON; `None` where it is null.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Option<String>, Error> {
    let text = serde_json::to_string(value)?;
    Ok((text != "null").then(|| ascii(&text)))
}

fn joined<'v>(parts: impl Iterator<Item = Cow<'v, str>>) -> String {
    parts.collect::<Vec<_>>().join(",")
}

/// JSON without characters that a header field cannot hold: they stand only in strings, where an escape says the same.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for character in json.chars() {
        match character {
            ' '..='~' => out.push(character),
            other => {
                for unit in other.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn simple(value: Value, explode: bool) -> Option<String> {
        super::simple(&value, explode)
    }

    #[test]
    fn as_the_specification_has_it() {
        assert_eq!(simple(json!("a b"), false).as_deref(), Some("a b"));
        assert_eq!(simple(json!(1.5), false).as_deref(), Some("1.5"));
        assert_eq!(simple(json!(["a", 2]), true).as_deref(), Some("a,2"));
        let object = json!({"R": 100, "G": null, "B": true});
        assert_eq!(
            simple(object.clone(), false).as_deref(),
            Some("R,100,B,true")
        );
        assert_eq!(simple(object, true).as_deref(), Some("R=100,B=true"));
        assert_eq!(simple(Value::Null, false), None);
    }

    #[test]
    fn json_is_ascii() {
        let text = json(&json!({"ü": "\u{1f44d}"})).unwrap();
        assert_eq!(text.as_deref(), Some(r#"{"\u00fc":"\ud83d\udc4d"}"#));
    }
}
