//! What is wrong with a request that breaks its schema, as the vendor's validator (Zod 3) lists it.

use serde::Serialize;
use serde_json::Number;
use specmint_runtime::{Breach, Location, Violation, types::Value};

/// An issue of the vendor's validator.
#[derive(Serialize)]
struct Issue {
    #[serde(flatten)]
    what: What,
    path: Vec<Step>,
    message: String,
}

/// A step on the way to what is wrong.
#[derive(Serialize)]
#[serde(untagged)]
enum Step {
    Index(u64),
    Name(String),
}

/// What is wrong, by the code that the vendor's validator has for it.
#[derive(Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
enum What {
    InvalidType {
        expected: &'static str,
        received: &'static str,
    },
    UnrecognizedKeys {
        keys: Vec<String>,
    },
    TooBig {
        maximum: Number,
        #[serde(flatten)]
        bound: Bound,
    },
    TooSmall {
        minimum: Number,
        #[serde(flatten)]
        bound: Bound,
    },
    InvalidString {
        validation: &'static str,
    },
    Custom,
}

/// Of what kind a bound is: the contract's are all inclusive, and none is both.
#[derive(Serialize)]
struct Bound {
    r#type: &'static str,
    inclusive: bool,
    exact: bool,
}

/// The issues that `violations` are.
pub(super) fn of(violations: &[Violation]) -> Option<Value> {
    let issues: Vec<Issue> = violations.iter().map(issue).collect();
    serde_json::to_value(issues).ok()
}

/// The issue that a rule between members is broken: `message`.
pub(super) fn between_members(message: &str) -> Option<Value> {
    let issue = Issue {
        what: What::Custom,
        path: Vec::new(),
        message: message.to_owned(),
    };
    serde_json::to_value([issue]).ok()
}

fn issue(violation: &Violation) -> Issue {
    let what = what(violation);
    let message = message(&what).unwrap_or_else(|| violation.message.clone());
    Issue {
        what,
        path: path(&violation.pointer),
        message,
    }
}

fn what(violation: &Violation) -> What {
    match &violation.breach {
        Breach::Missing { expected } => What::InvalidType {
            // Of a missing body no type is known: all of this contract are objects.
            expected: kind(expected).unwrap_or("object"),
            received: "undefined",
        },
        Breach::Type { expected, found } => mistyped(violation.location, expected, found),
        Breach::Bound { limit, of } => bounded(&violation.keyword, limit.clone(), of),
        Breach::Members(unknown) => What::UnrecognizedKeys {
            keys: unknown.names().to_vec(),
        },
        Breach::Other if violation.keyword == "pattern" => What::InvalidString {
            validation: "regex",
        },
        Breach::Other => What::Custom,
    }
}

/// The type that the validator names: it has numbers first, and asks of those whether they are integers.
fn kind(expected: &[&'static str]) -> Option<&'static str> {
    let one = expected.iter().find(|one| **one != "null")?;
    Some(match *one {
        "integer" => "number",
        other => other,
    })
}

fn mistyped(location: Location, expected: &[&'static str], found: &'static str) -> What {
    let received = match found {
        // The text of a parameter is made a number first.
        "string" if location != Location::Body => "nan",
        "number" if expected.contains(&"integer") => {
            return What::InvalidType {
                expected: "integer",
                received: "float",
            };
        }
        "integer" => "number",
        other => other,
    };
    What::InvalidType {
        expected: kind(expected).unwrap_or("unknown"),
        received,
    }
}

fn bounded(keyword: &str, limit: Number, of: &'static str) -> What {
    let bound = Bound {
        r#type: of,
        inclusive: true,
        exact: false,
    };
    match keyword.starts_with("max") {
        true => What::TooBig {
            maximum: limit,
            bound,
        },
        false => What::TooSmall {
            minimum: limit,
            bound,
        },
    }
}

/// The validator's own sentence, where it has one.
fn message(what: &What) -> Option<String> {
    Some(match what {
        What::InvalidType {
            received: "undefined",
            ..
        } => "Required".to_owned(),
        What::InvalidType { expected, received } => {
            format!("Expected {expected}, received {received}")
        }
        What::UnrecognizedKeys { keys } => {
            format!("Unrecognized key(s) in object: '{}'", keys.join("', '"))
        }
        What::TooBig { maximum, bound } => match bound.r#type {
            "string" => format!("String must contain at most {maximum} character(s)"),
            "array" => format!("Array must contain at most {maximum} element(s)"),
            _ => format!("Number must be less than or equal to {maximum}"),
        },
        What::TooSmall { minimum, bound } => match bound.r#type {
            "string" => format!("String must contain at least {minimum} character(s)"),
            "array" => format!("Array must contain at least {minimum} element(s)"),
            _ => format!("Number must be greater than or equal to {minimum}"),
        },
        What::InvalidString { .. } => "Invalid".to_owned(),
        What::Custom => return None,
    })
}

/// The steps that a violation's pointer has (RFC 6901, section 4). No member of the contract is called by a number.
fn path(pointer: &str) -> Vec<Step> {
    let tokens = pointer.split('/').skip(1);
    tokens
        .map(|token| match token.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::Name(token.replace("~1", "/").replace("~0", "~")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_path_of_an_issue_is_its_pointer_taken_apart() {
        let steps = |pointer| serde_json::to_value(path(pointer)).unwrap();
        assert_eq!(steps(""), json!([]));
        assert_eq!(steps("/a~1b/0/c~0d"), json!(["a/b", 0, "c~d"]));
    }

    #[test]
    fn a_rule_between_members_has_no_path() {
        let expected = json!([{"code": "custom", "path": [], "message": "m"}]);
        assert_eq!(between_members("m"), Some(expected));
    }
}
