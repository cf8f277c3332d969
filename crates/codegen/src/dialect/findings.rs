//! What the walk says.

use serde_json::{Map, Value};

use super::fields::{ANNOTATIONS, Holds, Object, SCHEMA, Since, Standing};
use super::fits::TYPE_NAMES;
use super::node::Node;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, list, nearest};

/// A name that is no field of the object in any version: a warning where leaving it out is safe, an error where it looks
/// like a field that decides something.
pub(super) fn unknown_field(
    name: &str,
    object: &Object,
    members: &Map<String, Value>,
    version: Version,
    node: Node<'_>,
) -> Diagnostic {
    let message = format!(
        "`{name}` is no field of the {} in OpenAPI {}",
        object.name,
        version.name()
    );
    // What stands there under its own name is not meant a second time.
    let known = object.fields.iter().filter(|field| {
        field.is_in(version)
            && field.standing == Standing::Supported
            && !members.contains_key(field.name)
    });
    let finding = |help: String| node.finding(Code::UnknownField, message, help);
    match nearest(name, known.map(|field| field.name)) {
        // In JSON Schema any keyword is allowed: Core, section 6.5.
        Some(near) if std::ptr::eq(object, &SCHEMA) && version.has_json_schema() => {
            finding(format!("it has no effect; did you mean `{near}`?")).warning()
        }
        Some(near) => finding(format!("did you mean `{near}`?")),
        None => {
            finding("it has no effect: remove it, or begin its name with `x-`".to_owned()).warning()
        }
    }
}

/// A field of another version than the document's.
pub(super) fn other_version(
    name: &str,
    object: &Object,
    since: Since,
    version: Version,
    node: Node<'_>,
) -> Diagnostic {
    let read = if std::ptr::eq(object, &SCHEMA) {
        "; it is read as that of the other version"
    } else {
        ""
    };
    let message = format!(
        "`{name}` is no field of the {} in OpenAPI {}{read}",
        object.name,
        version.name()
    );
    let help = match since {
        Since::From(first) => format!(
            "it is one since OpenAPI {}: say so in `openapi`, or remove it",
            first.name()
        ),
        Since::Until(last) => format!("it is one up to OpenAPI {}: replace it", last.name()),
        Since::Always => String::new(),
    };
    node.finding(Code::UnknownField, message, help)
}

/// Null where a value is asked for: read as if the field were not there, as authors mean it.
pub(super) fn null(name: &str, node: Node<'_>) -> Diagnostic {
    node.value_finding(
        Code::WrongType,
        format!("`{name}` is null, which is no value for it"),
        "give it a value or remove it",
    )
    .warning()
}

/// A number or a flag where text is asked for: read as it is written.
pub(super) fn unquoted(text: &str, node: Node<'_>) -> Diagnostic {
    node.value_finding(
        Code::WrongType,
        format!("text is expected here; `{text}` is read as text"),
        format!("quote it: '{text}'"),
    )
    .warning()
}

/// A field of `object` in the map that holds such objects.
pub(super) fn misplaced(name: &str, object: &Object, node: Node<'_>) -> Diagnostic {
    node.finding(
        Code::InvalidKey,
        format!(
            "`{name}` stands beside the {}, not in it, and has no effect",
            object.name
        ),
        "move it one level down, or remove it",
    )
    .warning()
}

/// `required: true` in a schema, as JSON Schema had it before its draft 4.
pub(super) fn required_flag(node: Node<'_>) -> Diagnostic {
    node.value_finding(
        Code::WrongType,
        "`required` of a schema is a list of names; a flag has no effect",
        "list the name in `required` of the object that has the property",
    )
    .warning()
}

/// What another version says so, and is read so.
pub(super) fn other_form(what: &str, version: Version, node: Node<'_>) -> Diagnostic {
    node.finding(
        Code::WrongType,
        format!(
            "{what} is no form of OpenAPI {}; it is read as other versions have it",
            version.name()
        ),
        "name the version in `openapi` that has it, or write it as this one does",
    )
    .warning()
}

/// A required field that is not there.
pub(super) fn missing_field(name: &str, object: &Object, node: Node<'_>) -> Diagnostic {
    let message = format!("the {} lacks its required field `{name}`", object.name);
    node.finding(
        Code::MissingField,
        message,
        format!("add `{name}`, here or through an overlay"),
    )
}

pub(super) fn invalid_choice(choices: &[&'static str], text: &str, node: Node<'_>) -> Diagnostic {
    node.value_finding(
        Code::InvalidValue,
        format!("`{text}` is not allowed here"),
        one_of(text, choices),
    )
}

pub(super) fn wrong_type(holds: &Holds, node: Node<'_>) -> Diagnostic {
    let wanted = match holds {
        Holds::Anything => "a value",
        Holds::Text | Holds::Choice(_) => "text",
        Holds::Boolean => "true or false",
        Holds::Number => "a number",
        Holds::Count => "an integer of 0 or more",
        Holds::List(_) => "a list",
        Holds::Map(..) => "a map",
        Holds::Object(object) => &a(object.name),
        Holds::Schema | Holds::SchemaOrBoolean => &a(SCHEMA.name),
        Holds::SchemaType => "the name of a type or a list of them",
        Holds::ExclusiveBound => "a number, or in OpenAPI 3.0 true or false,",
    };
    let (is, help) = match node.value {
        Value::Null => ("null".to_owned(), "give it a value or remove it".to_owned()),
        Value::Bool(_) | Value::Number(_) => (format!("`{}`", node.value), String::new()),
        Value::String(text) if matches!(holds, Holds::SchemaType) => {
            (format!("`{text}`"), one_of(text, &TYPE_NAMES))
        }
        Value::String(text) => (format!("`{text}`"), String::new()),
        Value::Array(_) => {
            let help = match holds {
                Holds::Schema | Holds::SchemaOrBoolean => {
                    "several schemas go together in one, as `{ oneOf: [...] }` or `{ allOf: [...] }`"
                }
                Holds::Object(_) | Holds::Map(..) => {
                    "write one, without `- ` or brackets around it"
                }
                _ => "",
            };
            ("a list".to_owned(), help.to_owned())
        }
        Value::Object(_) => {
            let help = match holds {
                Holds::List(_) => "begin each entry with `- `, or write brackets around them",
                _ => "",
            };
            ("a map".to_owned(), help.to_owned())
        }
    };
    node.value_finding(
        Code::WrongType,
        format!("{wanted} is expected here, not {is}"),
        help,
    )
}

/// The name of an object with its article.
pub(super) fn a(name: &str) -> String {
    let is_vowel = name.starts_with(['A', 'E', 'I', 'O', 'U']) || name.starts_with("XML");
    format!("{} {name}", if is_vowel { "an" } else { "a" })
}

/// Names the choices, the one most like `text` first.
fn one_of(text: &str, choices: &[&'static str]) -> String {
    let all = list(choices);
    match nearest(text, choices.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? It is one of {all}"),
        None => format!("use one of {all}"),
    }
}

/// Warnings about what stands beside a `$ref` and has no effect there.
pub(super) fn siblings(
    members: &Map<String, Value>,
    object: &Object,
    node: Node<'_>,
    version: Version,
) -> Vec<Diagnostic> {
    let is_schema = std::ptr::eq(object, &SCHEMA);
    let has_effect = |name: &str| match (version.has_json_schema(), is_schema) {
        (true, true) => true,
        (true, false) => matches!(name, "summary" | "description"),
        (false, _) => false,
    };
    let beside = members
        .keys()
        .map(String::as_str)
        .filter(|name| *name != "$ref" && !name.starts_with("x-"));
    beside
        // Authors copy documentation widely; that it is not read harms nobody.
        .filter(|name| !has_effect(name) && !ANNOTATIONS.contains(name))
        .map(|name| {
            node.shown_at(name)
                .finding(
                    Code::RefSiblings,
                    format!(
                        "`{name}` beside a `$ref` has no effect in OpenAPI {}",
                        version.name()
                    ),
                    "move it to where the `$ref` points, or write the whole out here",
                )
                .warning()
        })
        .collect()
}
