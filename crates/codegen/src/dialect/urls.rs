//! The URLs by which clients get tokens: OpenAPI 3.1.1, 4.8.27 and 4.8.29.

use super::node::Node;
use crate::diagnostic::{Code, Diagnostic};

/// The fields of an OAuth Flow Object that hold one.
pub(super) const OF_FLOWS: &[&str] = &[
    "authorizationUrl",
    "deviceAuthorizationUrl",
    "tokenUrl",
    "refreshUrl",
];

/// One warning for each of these fields that leads nowhere. The server does not follow them, so that nothing stops.
pub(super) fn check(fields: &[&str], node: Node<'_>) -> Vec<Diagnostic> {
    let texts = fields.iter().filter_map(|name| {
        let value = node.value.get(*name)?;
        Some((*name, value.as_str()?, node.child(name, value)))
    });
    let wrong = texts.filter(|(_, text, _)| !leads_somewhere(text));
    wrong
        .map(|(name, text, at)| {
            let finding = at.value_finding(
                Code::InvalidValue,
                format!("`{text}` is no URL, so that no client can follow `{name}`"),
                "write it whole, as `https://HOST/PATH`, or relative to the server, as `/PATH`",
            );
            finding.warning()
        })
        .collect()
}

/// Whether `text` is a URL, or a reference to one (RFC 3986, section 4.1) of more than one bare word.
fn leads_somewhere(text: &str) -> bool {
    let is_of_urls = |c: char| c.is_ascii_graphic() && !"<>\"\\^`|".contains(c) || !c.is_ascii();
    text.chars().all(is_of_urls) && text.contains(['/', ':'])
}

#[cfg(test)]
mod tests {
    use super::leads_somewhere;
    use crate::dialect::tests::{found, lowered};

    #[test]
    fn a_url_is_more_than_a_word() {
        for good in [
            "https://a.example/token",
            "/token",
            "../token?a=b",
            "http://localhost:{port}/token",
            "https://bücher.example/",
        ] {
            assert!(leads_somewhere(good), "{good}");
        }
        for bad in ["", "-", "tbd", "https://a.example/a b", "see <docs>/a"] {
            assert!(!leads_somewhere(bad), "{bad}");
        }
    }

    #[test]
    fn one_that_leads_nowhere_is_a_warning() {
        let findings = |scheme: &str| {
            found(lowered(&format!(
                "openapi: 3.0.3\ninfo: {{ title: a, version: b }}\npaths: {{}}\ncomponents:\n  securitySchemes:\n    a: {{ {scheme} }}\n"
            )))
        };
        assert_eq!(
            findings("type: openIdConnect, openIdConnectUrl: '-'"),
            ["invalid-value:6"]
        );
        assert_eq!(
            findings("type: oauth2, flows: { password: { tokenUrl: here, scopes: {} } }"),
            ["invalid-value:6"]
        );
        assert_eq!(
            findings("type: oauth2, flows: { password: { tokenUrl: /token, scopes: {} } }"),
            [""; 0]
        );
    }
}
