//! What a Parameter Object says about itself must fit: OpenAPI 3.1.1, 4.8.12.

use serde_json::Value;

use super::node::Node;
use crate::diagnostic::{Code, Diagnostic, list};

/// Findings about the parameter at `node`.
pub(super) fn check(node: Node<'_>) -> Vec<Diagnostic> {
    let location = node.value.get("in").and_then(Value::as_str).unwrap_or("");
    [
        optional_path(location, node),
        misplaced_style(location, node),
    ]
    .into_iter()
    .flatten()
    .collect()
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
