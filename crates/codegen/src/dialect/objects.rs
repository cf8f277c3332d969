//! What the fields of an object must be together, beyond what each must be by itself.

use serde_json::Value;

use super::node::Node;
use super::{keywords, parameters, schema_dialect, urls};
use crate::diagnostic::{Code, Diagnostic};

/// Findings about the object `name` at `node`.
pub(super) fn check(name: &str, node: Node<'_>) -> Vec<Diagnostic> {
    match name {
        "OpenAPI Object" => {
            let dialect = schema_dialect::check("jsonSchemaDialect", node);
            without_content(node).into_iter().chain(dialect).collect()
        }
        "Server Variable Object" => server_variable(node),
        "Parameter Object" => parameters::check(node),
        "Header Object" => parameters::content("header", node),
        "Security Scheme Object" => urls::check(&["openIdConnectUrl", "oauth2MetadataUrl"], node),
        "OAuth Flow Object" => urls::check(urls::OF_FLOWS, node),
        "Path Item Object" => additional_operations(node),
        _ => Vec::new(),
    }
}

/// OpenAPI 3.1.1, 4.8.1; in 3.0 `paths` must be there anyway.
fn without_content(node: Node<'_>) -> Option<Diagnostic> {
    let has = |name| node.value.get(name).is_some();
    (!has("paths") && !has("components") && !has("webhooks")).then(|| {
        node.shown_at("openapi").finding(
            Code::MissingField,
            "the OpenAPI Object has none of `paths`, `components` and `webhooks`",
            "describe at least one path",
        )
    })
}

/// OpenAPI 3.1.1, 4.8.6.
fn server_variable(node: Node<'_>) -> Vec<Diagnostic> {
    let Some(Value::Array(values)) = node.value.get("enum") else {
        return Vec::new();
    };
    let at = node.shown_at("enum");
    if values.is_empty() {
        return vec![at.finding(
            Code::InvalidValue,
            "`enum` lists no value, so that nothing can be substituted",
            "list the values, or remove `enum`",
        )];
    }
    let mut found = keywords::repeated(values, at);
    if let Some(default) = node.value.get("default")
        && !values.contains(default)
    {
        let finding = node.shown_at("default").finding(
            Code::InvalidDefault,
            format!("the default `{default}` is none of the values of `enum`"),
            "use one of them, or add it to them",
        );
        found.push(finding.warning());
    }
    found
}

/// The methods that have a field of their own.
pub(crate) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// OpenAPI 3.2.0, section 4.9: a method with a field of its own is not among the others.
fn additional_operations(node: Node<'_>) -> Vec<Diagnostic> {
    let Some(Value::Object(others)) = node.value.get("additionalOperations") else {
        return Vec::new();
    };
    let at = node.shown_at("additionalOperations");
    let fixed = |name: &str| {
        METHODS
            .into_iter()
            .find(|field| name.eq_ignore_ascii_case(field))
    };
    let both = others
        .iter()
        .filter_map(|(name, operation)| Some((fixed(name)?, at.child(name, operation))));
    both.map(|(field, at)| {
        let finding = at.finding(
            Code::InvalidKey,
            format!(
                "the method {} has a field of its own, as which this is read",
                field.to_uppercase()
            ),
            format!("move the operation to the field `{field}` of the path item"),
        );
        finding.warning()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::dialect::tests::{found, lowered};

    fn findings(fields: &str) -> Vec<String> {
        found(lowered(&format!(
            "openapi: 3.1.0\ninfo: {{ title: a, version: b }}\n{fields}\n"
        )))
    }

    #[test]
    fn a_document_describes_something() {
        assert_eq!(findings("tags: []"), ["missing-field:1"]);
        assert_eq!(findings("components: {}"), [""; 0]);
    }

    #[test]
    fn a_method_with_a_field_is_no_additional_one() {
        let findings = |method: &str| {
            found(lowered(&format!(
                "openapi: 3.2.0\ninfo: {{ title: a, version: b }}\npaths:\n  /a:\n    additionalOperations:\n      {method}: {{}}\n"
            )))
        };
        assert_eq!(findings("COPY"), [""; 0]);
        assert_eq!(findings("post"), ["invalid-key:6"]);
        assert_eq!(findings("QUERY"), ["invalid-key:6"]);
    }

    #[test]
    fn a_server_s_variable_has_one_of_its_values() {
        let variable = |text: &str| {
            findings(&format!(
                "paths: {{}}\nservers: [{{ url: '/{{a}}', variables: {{ a: {{ {text} }} }} }}]"
            ))
        };
        assert_eq!(variable("default: b, enum: [b, c]"), [""; 0]);
        assert_eq!(variable("default: b, enum: []"), ["invalid-value:4"]);
        assert_eq!(variable("default: b, enum: [b, b]"), ["duplicate-item:4"]);
        assert_eq!(variable("default: a, enum: [b]"), ["invalid-default:4"]);
    }
}
