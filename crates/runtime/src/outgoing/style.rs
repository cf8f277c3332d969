//! How values are written in a query or a cookie (OpenAPI 3.1.1, Parameter Object, "Style Values"; RFC 6570).

use serde_json::Value;

use super::Style;
use crate::percent::{self, Kept};
use crate::plain::text;

/// The fields that a parameter becomes, `name=value` each, of which there are none where it has no value; nothing where an
/// item would arrive as two.
pub(super) fn fields(
    name: &str,
    style: Style,
    explode: bool,
    kept: Kept,
    value: &Value,
) -> Option<Vec<String>> {
    if bare_delimiter(style, explode, kept).is_some_and(|delimiter| holds(value, delimiter)) {
        return None;
    }
    let encode = |text: &str| percent::encode(text, kept);
    let pair = |name: &str, value: &Value| format!("{}={}", encode(name), encode(&text(value)));
    let spreads = explode && matches!(style, Style::Form | Style::Cookie);
    Some(match value {
        Value::Null => Vec::new(),
        Value::Object(_) if style == Style::DeepObject => {
            let mut fields = Vec::new();
            deep(name, value, &pair, &mut fields);
            fields
        }
        Value::Array(items) if spreads || style == Style::DeepObject => {
            items.iter().map(|item| pair(name, item)).collect()
        }
        Value::Object(members) if spreads => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            members
                .flat_map(|(name, value)| match value {
                    Value::Array(items) => items.iter().map(|item| pair(name, item)).collect(),
                    value => vec![pair(name, value)],
                })
                .collect()
        }
        Value::Array(items) => {
            let texts = items.iter().map(|item| encode(&text(item)));
            joined(&encode(name), style, texts.collect())
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            let texts = members.flat_map(|(name, value)| [encode(name), encode(&text(value))]);
            joined(&encode(name), style, texts.collect())
        }
        scalar => vec![pair(name, scalar)],
    })
}

/// What stands between items and has no other form within one: percent-encoded it is a delimiter all the same.
fn bare_delimiter(style: Style, explode: bool, kept: Kept) -> Option<char> {
    match style {
        Style::SpaceDelimited => Some(' '),
        Style::PipeDelimited => Some('|'),
        Style::Form if !explode && kept == Kept::Reserved => Some(','),
        _ => None,
    }
}

/// Whether an item of an array, or a member of an object, has this character.
pub(super) fn holds(value: &Value, delimiter: char) -> bool {
    let has = |value: &Value| text(value).contains(delimiter);
    match value {
        Value::Array(items) => items.iter().any(has),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains(delimiter) || has(value)),
        _ => false,
    }
}

/// All in one field; RFC 6570 knows no empty list.
fn joined(name: &str, style: Style, texts: Vec<String>) -> Vec<String> {
    let separator = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match texts.is_empty() {
        true => Vec::new(),
        false => vec![format!("{name}={}", texts.join(separator))],
    }
}

/// `n[x]=a&n[y][z]=b`; a list has a field for each item.
fn deep(
    name: &str,
    value: &Value,
    pair: &dyn Fn(&str, &Value) -> String,
    fields: &mut Vec<String>,
) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (member, value) in members {
                deep(&format!("{name}[{member}]"), value, pair, fields);
            }
        }
        Value::Array(items) => fields.extend(items.iter().map(|item| pair(name, item))),
        scalar => fields.push(pair(name, scalar)),
    }
}

/// A name and a text.
pub(super) fn pair(name: &str, text: &str) -> String {
    format!("{}={}", encoded(name), encoded(text))
}

/// Percent-encoded, but for unreserved characters.
pub(super) fn encoded(text: &str) -> String {
    percent::encode(text, Kept::Unreserved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn all(style: Style, explode: bool, value: Value) -> String {
        let fields = fields("color", style, explode, Kept::Unreserved, &value);
        fields.unwrap().join("&")
    }

    /// The table of the specification.
    #[test]
    fn every_style_is_written_as_the_specification_has_it() {
        let array = || json!(["blue", "black", "brown"]);
        let object = || json!({"R": 100, "G": 200, "B": 150});
        let cases = [
            (Style::Form, false, json!(""), "color="),
            (Style::Form, false, json!("blue"), "color=blue"),
            (Style::Form, false, array(), "color=blue,black,brown"),
            (Style::Form, false, object(), "color=R,100,G,200,B,150"),
            (
                Style::Form,
                true,
                array(),
                "color=blue&color=black&color=brown",
            ),
            (Style::Form, true, object(), "R=100&G=200&B=150"),
            (
                Style::SpaceDelimited,
                false,
                array(),
                "color=blue%20black%20brown",
            ),
            (
                Style::SpaceDelimited,
                false,
                object(),
                "color=R%20100%20G%20200%20B%20150",
            ),
            (
                Style::PipeDelimited,
                false,
                array(),
                "color=blue%7Cblack%7Cbrown",
            ),
            (
                Style::PipeDelimited,
                false,
                object(),
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ),
            (
                Style::DeepObject,
                true,
                object(),
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ),
        ];
        for (style, explode, value, expected) in cases {
            assert_eq!(all(style, explode, value), expected, "{style:?} {explode}");
        }
    }

    #[test]
    fn what_the_styles_leave_open() {
        let deep = json!({"a": {"b": [1, 2]}, "c": null});
        let expected = "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2";
        assert_eq!(all(Style::DeepObject, true, deep), expected);
        assert_eq!(all(Style::Form, false, json!([])), "");
        let list = json!([{"a": 1}, "b,c"]);
        assert_eq!(
            all(Style::Form, false, list),
            "color=%7B%22a%22%3A1%7D,b%2Cc"
        );
    }

    #[test]
    fn what_is_reserved_stands_in_every_style() {
        let reserved = |style, value| {
            let fields = fields("c", style, true, Kept::Reserved, &value);
            fields.unwrap().join("&")
        };
        let object = || json!({"to": "a/b?", "all": ["x:y"]});
        assert_eq!(
            reserved(Style::DeepObject, object()),
            "c%5Bto%5D=a/b?&c%5Ball%5D=x:y"
        );
        assert_eq!(reserved(Style::Form, object()), "to=a/b?&all=x:y");
    }
}
