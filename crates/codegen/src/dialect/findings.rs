//! What the walk says.

use serde_json::{Map, Value};

use super::fields::{ANNOTATIONS, Holds, Object, SCHEMA, Since, Standing};
use super::version::Version;
use super::walk::{Node, type_names};
use crate::diagnostic::{Code, Diagnostic, list, nearest};

/// What to do about anything that is not supported.
const WITHOUT: &str =
    "remove or replace it through an overlay, or leave the operation out of the document";

/// `what`, such as "`allOf` of the Schema Object", is not supported.
pub(super) fn unsupported(code: Code, what: &str, node: Node<'_>) -> Diagnostic {
    node.finding(code, format!("{what} is not supported yet"), WITHOUT)
}

/// One of the values that a field may have is not supported.
pub(super) fn unsupported_value(code: Code, value: &str, node: Node<'_>) -> Diagnostic {
    node.value_finding(code, format!("`{value}` is not supported yet"), WITHOUT)
}

pub(super) fn unknown_field(
    name: &str,
    object: &Object,
    version: Version,
    node: Node<'_>,
) -> Diagnostic {
    let message = format!(
        "`{name}` is no field of the {} in OpenAPI {}",
        object.name,
        version.name()
    );
    let other = object.field(name).and_then(|field| match field.since {
        Since::Only(only) => Some(only),
        Since::Both => None,
    });
    let known = object.fields.iter().filter(|field| field.is_in(version));
    let help = match (other, nearest(name, known.map(|field| field.name))) {
        (Some(other), _) => format!(
            "it is one in OpenAPI {}: say so in `openapi`, or remove it",
            other.name()
        ),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "remove it, or begin its name with `x-`".to_owned(),
    };
    node.finding(Code::UnknownField, message, help)
}

pub(super) fn missing_field(name: &str, object: &Object, node: Node<'_>) -> Diagnostic {
    let message = format!("the {} lacks its required field `{name}`", object.name);
    node.finding(
        Code::MissingField,
        message,
        format!("add `{name}`, here or through an overlay"),
    )
}

pub(super) fn invalid_choice(
    choices: &[(&'static str, Standing)],
    text: &str,
    node: Node<'_>,
) -> Diagnostic {
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    node.value_finding(
        Code::InvalidValue,
        format!("`{text}` is not allowed here"),
        one_of(text, &names),
    )
}

pub(super) fn false_schema(node: Node<'_>) -> Diagnostic {
    node.finding(
        Code::FalseSchema,
        "the schema `false` takes no value at all",
        "remove what it stands for",
    )
}

pub(super) fn wrong_type(holds: &Holds, node: Node<'_>, version: Version) -> Diagnostic {
    let wanted = match holds {
        Holds::Anything => "a value",
        Holds::Text | Holds::Choice(_) => "text",
        Holds::Boolean => "true or false",
        Holds::Number => "a number",
        Holds::Count => "an integer of 0 or more",
        Holds::List(_) => "a list",
        Holds::Map(..) => "a map",
        Holds::Object(object) => object.name,
        Holds::Schema | Holds::SchemaOrBoolean => SCHEMA.name,
        Holds::SchemaType if version == Version::V30 => "the name of one type",
        Holds::SchemaType => "the name of a type or a list of them",
        Holds::ExclusiveBound if version == Version::V30 => "true or false, as OpenAPI 3.0 has it",
        Holds::ExclusiveBound => "a number, as OpenAPI 3.1 has it",
    };
    let (is, help) = match node.value {
        Value::Null => ("null".to_owned(), "give it a value or remove it".to_owned()),
        Value::Bool(_) | Value::Number(_) => {
            (format!("`{}`", node.value), quote(holds, node.value))
        }
        Value::String(text) if matches!(holds, Holds::SchemaType) => {
            (format!("`{text}`"), one_of(text, &type_names(version)))
        }
        Value::String(text) => (format!("`{text}`"), String::new()),
        Value::Array(_) => ("a list".to_owned(), String::new()),
        Value::Object(_) => ("a map".to_owned(), String::new()),
    };
    node.value_finding(
        Code::WrongType,
        format!("{wanted} is expected here, not {is}"),
        help,
    )
}

fn quote(holds: &Holds, value: &Value) -> String {
    match holds {
        Holds::Text | Holds::Choice(_) => format!("quote it: '{value}'"),
        Holds::Count => "correct it or remove it".to_owned(),
        _ => String::new(),
    }
}

/// Names the choices, the one most like `text` first.
fn one_of(text: &str, choices: &[&'static str]) -> String {
    let all = list(choices);
    match nearest(text, choices.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? It is one of {all}"),
        None => format!("use one of {all}"),
    }
}

/// Findings about what stands beside a `$ref`.
pub(super) fn siblings(
    members: &Map<String, Value>,
    object: &Object,
    node: Node<'_>,
    version: Version,
) -> Vec<Diagnostic> {
    let is_schema = std::ptr::eq(object, &SCHEMA);
    let beside = members
        .keys()
        .filter(|name| *name != "$ref" && !name.starts_with("x-"));
    beside
        .filter_map(|name| {
            let harmless = match (version, is_schema) {
                (Version::V31, false) => matches!(name.as_str(), "summary" | "description"),
                _ => ANNOTATIONS.contains(&name.as_str()),
            };
            if harmless {
                return None;
            }
            let finding = node.shown_at(name).finding(
                Code::RefSiblings,
                match (version, is_schema) {
                    (Version::V31, true) => {
                        format!("`{name}` beside a `$ref` is not supported yet")
                    }
                    _ => format!(
                        "`{name}` beside a `$ref` has no effect in OpenAPI {}",
                        version.name()
                    ),
                },
                "move it to where the `$ref` points, or write the whole out here",
            );
            // 3.0 says that it is ignored, and authors copy such lines widely.
            Some(if version == Version::V31 && is_schema {
                finding
            } else {
                finding.warning()
            })
        })
        .collect()
}
