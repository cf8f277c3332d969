//! What is wrong with a request that breaks its schema, as the vendor's validator lists it.

use serde::Serialize;
use specmint_runtime::{Violation, types::Value};

/// An issue of the vendor's validator, as far as clients read it.
#[derive(Serialize)]
struct Issue<'a> {
    code: &'static str,
    path: Vec<String>,
    message: &'a str,
}

/// The issues that `violations` are.
pub(super) fn of(violations: &[Violation]) -> Option<Value> {
    let issues: Vec<Issue<'_>> = violations
        .iter()
        .map(|violation| Issue {
            code: code(&violation.keyword),
            path: path(&violation.pointer),
            message: &violation.message,
        })
        .collect();
    serde_json::to_value(issues).ok()
}

/// The issue that a rule between members is broken: `message`.
pub(super) fn between_members(message: &str) -> Option<Value> {
    let issue = Issue {
        code: code(""),
        path: Vec::new(),
        message,
    };
    serde_json::to_value([issue]).ok()
}

/// The member names on the way to a violation (RFC 6901, section 4).
fn path(pointer: &str) -> Vec<String> {
    let names = pointer.split('/').skip(1);
    names
        .map(|name| name.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// What the vendor's validator calls the breach of a keyword.
fn code(keyword: &str) -> &'static str {
    match keyword {
        "type" | "required" => "invalid_type",
        "additionalProperties" => "unrecognized_keys",
        "maxLength" | "maximum" | "maxItems" => "too_big",
        "minLength" | "minimum" | "minItems" => "too_small",
        "enum" | "const" => "invalid_enum_value",
        _ => "custom",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_an_issue_is_its_pointer_taken_apart() {
        assert!(path("").is_empty());
        assert_eq!(path("/a~1b/0/c~0d"), ["a/b", "0", "c~d"]);
    }

    #[test]
    fn a_rule_between_members_has_no_path() {
        let expected = serde_json::json!([{"code": "custom", "path": [], "message": "m"}]);
        assert_eq!(between_members("m"), Some(expected));
    }
}
