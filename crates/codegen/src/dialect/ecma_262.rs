//! Patterns: from ECMA-262, which JSON Schema speaks (Core, section 6.4), to the crates that match them.

use serde_json::{Map, Value};

use super::node::Node;
use crate::diagnostic::{Code, Diagnostic};

/// A pattern in the syntax of Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Translated {
    /// Of the crate `regex`, which runs in linear time.
    Linear(String),
    /// Of the crate `fancy-regex`, which backtracks; and why nothing else will do.
    Backtracking(String, String),
}

/// `source` in the syntax of Rust.
///
/// # Errors
/// Why it has none.
pub(crate) fn translate(source: &str) -> Result<Translated, &'static str> {
    if !jsonschema_regex::is_valid_ecma_regex(source) {
        return Err("is no regular expression of ECMA-262");
    }
    let rust = jsonschema_regex::to_rust_regex(source);
    let reason = match &rust {
        Err(()) => String::new(),
        Ok(rust) => match regex_syntax::parse(rust) {
            Ok(_) if regex::Regex::new(rust).is_ok() => {
                return Ok(Translated::Linear(rust.to_string()));
            }
            Ok(_) => ": it is too large".to_owned(),
            Err(error) => {
                let error = error.to_string();
                let reason = error.lines().last().unwrap_or_default();
                format!(": {}", reason.trim_start_matches("error: "))
            }
        },
    };
    // The classes are those of ECMA-262 all the same.
    let rust = rust.map_or_else(|()| source.to_owned(), |rust| rust.into_owned());
    match fancy_regex::Regex::new(&rust) {
        Ok(_) => Ok(Translated::Backtracking(rust, reason)),
        Err(_) => Err("asks for more than can be matched here"),
    }
}

/// Takes away a `pattern` that nothing can match; a key of `patternProperties` that is such stops generation, since what
/// other members may be depends on it.
pub(super) fn check(
    openapi: &mut Map<String, Value>,
    schemas: &mut Map<String, Value>,
    node: Node<'_>,
) -> Vec<Diagnostic> {
    let help = "correct it, here or through an overlay: look for a bracket that is not closed, a flag such as `(?i)`, or a character to be escaped";
    let mut found = Vec::new();
    if let Some(Value::String(source)) = schemas.get("pattern")
        && let Err(reason) = translate(source)
    {
        openapi.remove("pattern");
        schemas.remove("pattern");
        let message = format!("this pattern {reason}, so that nothing checks it");
        let at = node.shown_at("pattern");
        found.push(
            at.finding(Code::UnsupportedPattern, message, help)
                .warning(),
        );
    }
    let keys = node
        .value
        .get("patternProperties")
        .and_then(Value::as_object);
    for source in keys.into_iter().flat_map(Map::keys) {
        if let Err(reason) = translate(source) {
            let message = format!("the pattern `{source}` {reason}");
            let at = node.shown_at("patternProperties").shown_at(source);
            found.push(at.finding(Code::UnsupportedPattern, message, help));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::tests::{found, with_schema};

    #[test]
    fn classes_mean_what_ecma_262_says() {
        let linear = |rust: &str| Ok(Translated::Linear(rust.to_owned()));
        assert_eq!(translate(r"^\d+$"), linear("^[0-9]+$"));
        assert_eq!(translate("^[a-z]{3,}$"), linear("^[a-z]{3,}$"));
    }

    #[test]
    fn what_needs_backtracking_is_told_from_what_nothing_matches() {
        for source in [r"^(?=a)b", r"(a)\1"] {
            let translated = translate(source);
            assert!(
                matches!(translated, Ok(Translated::Backtracking(..))),
                "{source}: {translated:?}"
            );
        }
        for source in ["(", "[", "(?i)x", "a{2,1}"] {
            assert!(translate(source).is_err(), "{source}");
        }
    }

    #[test]
    fn what_nothing_matches_is_in_neither_form() {
        let lowered = with_schema("3.1.0", "{type: string, pattern: '[', minLength: 1}").unwrap();
        let schema = lowered.schemas().pointer("/components/schemas/S");
        assert!(schema.is_some_and(|schema| schema.get("pattern").is_none()));
        assert_eq!(found(Ok(lowered)), ["unsupported-pattern:6"]);
        let of = |schema| found(with_schema("3.1.0", schema));
        assert_eq!(of("{type: string, pattern: '(?=a)b'}"), [""; 0]);
        let members = "{type: object, patternProperties: {'(': {}}, additionalProperties: false}";
        assert_eq!(of(members), ["unsupported-pattern:6"]);
        assert!(with_schema("3.1.0", members).is_err());
    }
}
