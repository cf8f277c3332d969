//! What a Parameter Object says about itself must fit: OpenAPI 3.1.1, 4.8.12.

use serde_json::Value;

use super::walk::Node;
use crate::diagnostic::{Code, Diagnostic};

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
            "add `required: true`",
        )
    })
}

fn misplaced_style(location: &str, node: Node<'_>) -> Option<Diagnostic> {
    let style = node.value.get("style").and_then(Value::as_str)?;
    let fits = match location {
        "query" | "cookie" => style != "simple",
        "path" | "header" => style != "form",
        _ => true,
    };
    let at = node.shown_at("style");
    (!fits).then(|| {
        at.finding(
            Code::InvalidValue,
            format!("`style: {style}` does not go with `in: {location}`"),
            "use `form` in a query and `simple` in a path or a header",
        )
    })
}
