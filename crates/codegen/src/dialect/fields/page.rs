//! The page that says what becomes of every field.

use std::collections::VecDeque;
use std::fmt::Write;

use super::{Field, Holds, Keys, OPENAPI, Object, Required, Rest, SCHEMA, Since, Standing};
use crate::dialect::version::Version;

/// The text of `docs/openapi-support.md`.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    let objects = objects();
    for object in &objects {
        let which = which(object, &objects);
        let _ = write!(page, "\n## {}{which}\n\n", object.name);
        if object.reference {
            page.push_str("A Reference Object (`$ref`) may stand in its place.\n\n");
        }
        page.push_str("| field | in | required | standing |\n| --- | --- | --- | --- |\n");
        for field in object.fields {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} |",
                field.name,
                versions(field.since),
                required(&field.required),
                standing(field)
            );
        }
        if let Rest::Patterned(form, _) = object.rest {
            let _ = writeln!(page, "| {} | all | | supported |", keys(form));
        }
    }
    page
}

const HEAD: &str = "\
# What is supported of OpenAPI and JSON Schema

Every field of every object of OpenAPI 3.0, 3.1 and 3.2, and every keyword of JSON Schema 2020-12. A field is

- **supported**: it decides what is generated; where a part of it cannot be, that part is named by the diagnostic that
  stands beside it, and nothing is generated;
- **kept**: it is documentation, and stays in the contract that the generated server serves.

Fields that begin with `x-` are kept in every object; what else is in no table is refused as `unknown-field`. Nothing is
dropped in silence. [diagnostics.md](diagnostics.md) says what each diagnostic is about.

This page is made from the table that the code uses (`make pages`).
";

/// Every object that the OpenAPI Object leads to, nearest first.
pub(super) fn objects() -> Vec<&'static Object> {
    let mut objects: Vec<&'static Object> = Vec::new();
    let mut open = VecDeque::from([Holds::Object(&OPENAPI)]);
    while let Some(holds) = open.pop_front() {
        let Some(object) = object(holds) else {
            continue;
        };
        if objects.iter().any(|one| std::ptr::eq(*one, object)) {
            continue;
        }
        objects.push(object);
        open.extend(object.fields.iter().map(|field| field.holds));
        if let Rest::Patterned(_, holds) = object.rest {
            open.push_back(holds);
        }
    }
    objects
}

/// The object that is held, be it one of many.
fn object(holds: Holds) -> Option<&'static Object> {
    match holds {
        Holds::List(item) | Holds::Map(_, item) => object(*item),
        Holds::Object(object) => Some(object),
        Holds::Schema | Holds::SchemaOrBoolean => Some(&SCHEMA),
        _ => None,
    }
}

/// What tells an object from others of its name: the fields that hold it.
fn which(one: &'static Object, all: &[&'static Object]) -> String {
    if all.iter().filter(|other| other.name == one.name).count() < 2 {
        return String::new();
    }
    let fields = all.iter().flat_map(|object| object.fields);
    let names: Vec<String> = fields
        .filter(|field| object(field.holds).is_some_and(|held| std::ptr::eq(held, one)))
        .map(|field| format!("`{}`", field.name))
        .collect();
    format!(" of {}", names.join(" and "))
}

fn keys(keys: Keys) -> &'static str {
    match keys {
        Keys::Any => "any name",
        Keys::Path => "a path template",
        Keys::Status => "a status, a range of them, or `default`",
        Keys::ComponentName => "a name of letters, digits, `.`, `-` and `_`",
        Keys::MediaType => "a media type or range",
    }
}

fn versions(since: Since) -> String {
    match since {
        Since::Always => "all".to_owned(),
        Since::From(Version::V32) => "3.2".to_owned(),
        Since::From(first) => format!("{} on", first.name()),
        Since::Until(Version::V30) => "3.0".to_owned(),
        Since::Until(last) => format!("up to {}", last.name()),
    }
}

fn required(required: &Required) -> String {
    match required {
        Required::No => String::new(),
        Required::Yes => "yes".to_owned(),
        Required::Until(last) => format!("up to {}", last.name()),
        Required::Loosely(Version::V32) => "a warning".to_owned(),
        Required::Loosely(last) => format!("a warning up to {}", last.name()),
        Required::LooselyWithout(other) => format!("a warning without `{other}`"),
        Required::Without(other) => format!("without `{other}`"),
        Required::Where(field, value) => format!("where `{field}` is `{value}`"),
    }
}

fn standing(field: &Field) -> String {
    let standing = match field.standing {
        Standing::Supported => "supported",
        Standing::Kept => "kept",
    };
    let limits: Vec<String> = field
        .limits
        .iter()
        .map(|code| format!("`{code}`"))
        .collect();
    if limits.is_empty() {
        standing.to_owned()
    } else {
        format!("{standing}, but for {}", limits.join(", "))
    }
}
