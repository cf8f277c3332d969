//! Which JSON Schema a document says that it speaks: `jsonSchemaDialect` and `$schema` (OpenAPI 3.1.1, 4.8.24.4).

use super::node::Node;
use crate::diagnostic::{Code, Diagnostic};

/// A warning where the field `name` of the object at `node` names a dialect that is not the one read.
pub(super) fn check(name: &str, node: Node<'_>) -> Option<Diagnostic> {
    let value = node.value.get(name)?;
    let uri = value.as_str().filter(|uri| !is_read(uri))?;
    let finding = node.child(name, value).value_finding(
        Code::UnknownDialect,
        format!("`{uri}` is no dialect that is read: keywords mean what JSON Schema 2020-12 and OpenAPI say"),
        "remove it, if that is what they mean",
    );
    Some(finding.warning())
}

/// Whether a dialect is JSON Schema 2020-12, or that of some version of OpenAPI, which stands on it.
fn is_read(uri: &str) -> bool {
    let uri = uri.trim_end_matches('#');
    let bare = uri.strip_prefix("https://").or(uri.strip_prefix("http://"));
    bare.is_some_and(|bare| {
        let of_openapi = bare.strip_prefix("spec.openapis.org/oas/3.");
        bare == "json-schema.org/draft/2020-12/schema"
            || of_openapi.is_some_and(|rest| rest.contains("/dialect/"))
    })
}

#[cfg(test)]
mod tests {
    use crate::dialect::tests::{found, lowered};

    #[test]
    fn another_dialect_is_named() {
        let findings = |root: &str, schema: &str| {
            found(lowered(&format!(
                "openapi: 3.1.0\ninfo: {{ title: a, version: b }}\njsonSchemaDialect: {root}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {{ $schema: '{schema}' }}\n"
            )))
        };
        let draft = "https://json-schema.org/draft/2020-12/schema";
        let base = "https://spec.openapis.org/oas/3.1/dialect/base";
        assert_eq!(findings(base, draft), [""; 0]);
        assert_eq!(
            findings(
                "https://a.example/mine",
                "http://json-schema.org/draft-07/schema#"
            ),
            ["unknown-dialect:7", "unknown-dialect:3"]
        );
    }
}
