//! What a Parameter Object or a Header Object says about itself must fit: OpenAPI 3.1.1, 4.8.12 and 4.8.21.

use serde_json::{Map, Value};

use super::node::Node;
use crate::diagnostic::{Code, Diagnostic, list};

/// Findings about the parameter at `node`.
pub(super) fn check(node: Node<'_>) -> Vec<Diagnostic> {
    let location = node.value.get("in").and_then(Value::as_str).unwrap_or("");
    let mut found = content("parameter", node);
    found.extend(optional_path(location, node));
    if node.value.get("content").is_none() {
        found.extend(misplaced_style(location, node));
    }
    found
}

/// The fields that say how a value of a `schema` is written; one of `content` is written as its media type says.
const BESIDE_SCHEMA: &[&str] = &["schema", "style", "explode", "allowReserved"];

/// `content` has one entry, and nothing beside it that goes with a `schema`.
pub(super) fn content(what: &str, node: Node<'_>) -> Vec<Diagnostic> {
    let Some(content) = node.value.get("content").and_then(Value::as_object) else {
        return Vec::new();
    };
    let mut found: Vec<_> = entries(what, content, node).into_iter().collect();
    for name in BESIDE_SCHEMA {
        // Of nothing there is nothing to say twice.
        if !content.is_empty() && node.value.get(*name).is_some() {
            let finding = node.shown_at(name).finding(
                Code::ParameterContent,
                format!("`{name}` has no effect beside `content`"),
                "remove one of the two",
            );
            found.push(finding.warning());
        }
    }
    found
}

fn entries(what: &str, content: &Map<String, Value>, node: Node<'_>) -> Option<Diagnostic> {
    let (message, help) = match content.keys().next() {
        Some(_) if content.len() == 1 => return None,
        Some(first) => (
            format!(
                "a {what} has one media type, not {}: it is read as `{first}`",
                content.len()
            ),
            "keep the one that is meant",
        ),
        None if node.value.get("schema").is_some() => (
            "`content` names no media type, so it has no effect beside `schema`".to_owned(),
            "remove it",
        ),
        None => (
            format!("`content` names no media type: the {what} is read as text"),
            "name one, such as `application/json`, or write a `schema` instead",
        ),
    };
    let at = node.shown_at("content");
    Some(at.finding(Code::ParameterContent, message, help).warning())
}

fn optional_path(location: &str, node: Node<'_>) -> Option<Diagnostic> {
    let required = node.value.get("required") == Some(&Value::Bool(true));
    (location == "path" && !required).then(|| {
        node.finding(
            Code::OptionalPathParameter,
            "a path parameter must be required: without it there is no such path",
            "add `required: true`, as which it is read",
        )
        .warning()
    })
}

/// The styles of each place: the table in 4.8.12.2; `cookie` is one of 3.2.
fn misplaced_style(location: &str, node: Node<'_>) -> Option<Diagnostic> {
    let style = node.value.get("style").and_then(Value::as_str)?;
    let styles: &[&str] = match location {
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "path" => &["simple", "matrix", "label"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        "querystring" => &[],
        _ => return None,
    };
    let help = match styles {
        [] => "remove it: such a parameter has `content`".to_owned(),
        styles => format!("use one of {}", list(styles)),
    };
    let at = node.shown_at("style");
    (!styles.contains(&style)).then(|| {
        at.finding(
            Code::InvalidValue,
            format!("`style: {style}` does not go with `in: {location}`"),
            help,
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::dialect::tests::{found, lowered};

    fn findings(version: &str, parameter: &str) -> Vec<String> {
        found(lowered(&format!(
            "openapi: {version}\ninfo: {{ title: a, version: b }}\npaths:\n  /a:\n    get:\n      parameters:\n        - {parameter}\n      responses:\n        '204': {{ description: x }}\n"
        )))
    }

    #[test]
    fn content_has_one_entry_and_stands_alone() {
        let of = |fields: &str| findings("3.1.0", &format!("{{ name: a, in: query, {fields} }}"));
        let json = "application/json: { schema: {} }";
        assert_eq!(of(&format!("content: {{ {json} }}")), [""; 0]);
        assert_eq!(of("content: {}"), ["parameter-content:7"]);
        assert_eq!(
            of(&format!("content: {{ {json}, text/plain: {{}} }}")),
            ["parameter-content:7"]
        );
        assert_eq!(
            of(&format!(
                "style: pipeDelimited, schema: {{}}, content: {{ {json} }}"
            )),
            ["parameter-content:7", "parameter-content:7"]
        );
    }

    #[test]
    fn a_style_goes_with_a_place() {
        let of =
            |fields: &str| findings("3.0.3", &format!("{{ name: a, {fields}, schema: {{}} }}"));
        assert_eq!(of("in: header, style: simple"), [""; 0]);
        assert_eq!(of("in: header, style: form"), ["invalid-value:7"]);
    }
}
