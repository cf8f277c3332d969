//! Every field of every object of OpenAPI 3.0 and 3.1, and what becomes of it: the table that drives the walk.

mod document;
mod operation;
mod schema;
mod security;

pub(super) use document::OPENAPI;
pub(super) use schema::{ANNOTATIONS, SCHEMA};

use serde_json::{Map, Value};

use super::version::Version;
use crate::diagnostic::Code;

/// An object of the OpenAPI Specification.
pub(super) struct Object {
    /// Its name there.
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    /// What further names mean.
    pub(super) rest: Rest,
    /// Whether a Reference Object may stand in its place.
    pub(super) reference: bool,
}

/// What names that are no fixed field mean.
pub(super) enum Rest {
    /// Nothing: they are refused.
    Refused,
    /// "Patterned fields".
    Patterned(Keys, Holds),
}

/// A fixed field.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) since: Since,
    pub(super) required: Required,
    pub(super) standing: Standing,
    pub(super) holds: Holds,
}

/// In which versions a field exists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    Both,
    Only(Version),
}

/// In which versions a field must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Required {
    No,
    Yes,
    In(Version),
    /// Where this other field is missing.
    Without(&'static str),
    /// Where this other field has this value.
    Where(&'static str, &'static str),
}

/// What the generator does with a field or a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It decides what is generated.
    Supported,
    /// It is documentation: it stays in the contract that the server serves.
    Kept,
    /// It is refused by this name.
    Unsupported(Code),
}

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// Any JSON value: not looked into.
    Anything,
    Text,
    Boolean,
    Number,
    /// An integer of 0 or more.
    Count,
    /// One of these texts, each with its standing.
    Choice(&'static [(&'static str, Standing)]),
    List(&'static Holds),
    Map(Keys, &'static Holds),
    Object(&'static Object),
    Schema,
    SchemaOrBoolean,
    /// The `type` of a Schema Object: a name; in 3.1 also a list of names.
    SchemaType,
    /// A boolean in 3.0, a number in 3.1: `exclusiveMinimum`, `exclusiveMaximum`.
    ExclusiveBound,
}

/// What form the keys of a map have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    Any,
    /// A path template.
    Path,
    /// `200`, `2XX` or `default`.
    Status,
    /// `^[a-zA-Z0-9._-]+$`.
    ComponentName,
    /// A media type or range.
    MediaType,
}

impl Object {
    /// The field `name`, whatever the version.
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    const fn new(name: &'static str, standing: Standing, holds: Holds) -> Self {
        Self {
            name,
            since: Since::Both,
            required: Required::No,
            standing,
            holds,
        }
    }

    const fn required(mut self) -> Self {
        self.required = Required::Yes;
        self
    }

    const fn required_in(mut self, version: Version) -> Self {
        self.required = Required::In(version);
        self
    }

    const fn required_without(mut self, other: &'static str) -> Self {
        self.required = Required::Without(other);
        self
    }

    const fn required_where(mut self, other: &'static str, value: &'static str) -> Self {
        self.required = Required::Where(other, value);
        self
    }

    const fn only(mut self, version: Version) -> Self {
        self.since = Since::Only(version);
        self
    }

    /// Whether `value` says the same here as no field at all: an empty map, a flag that is not set.
    pub(super) fn is_idle(&self, value: &Value) -> bool {
        match (&self.holds, value) {
            (Holds::Map(..), Value::Object(members)) => members.is_empty(),
            (Holds::Boolean, Value::Bool(on)) => !on,
            _ => false,
        }
    }

    /// Whether `version` has this field.
    pub(super) fn is_in(&self, version: Version) -> bool {
        match self.since {
            Since::Both => true,
            Since::Only(only) => only == version,
        }
    }

    /// Whether `version` demands this field of an object with these members.
    pub(super) fn is_required(&self, version: Version, members: &Map<String, Value>) -> bool {
        match self.required {
            Required::No => false,
            Required::Yes => true,
            Required::In(only) => only == version,
            Required::Without(other) => !members.contains_key(other),
            Required::Where(other, value) => members.get(other).is_some_and(|it| it == value),
        }
    }
}

const fn supported(name: &'static str, holds: Holds) -> Field {
    Field::new(name, Standing::Supported, holds)
}

const fn kept(name: &'static str, holds: Holds) -> Field {
    Field::new(name, Standing::Kept, holds)
}

const fn unsupported(name: &'static str, code: Code) -> Field {
    Field::new(name, Standing::Unsupported(code), Holds::Anything)
}

/// An unsupported map, which says nothing where it is empty.
const fn unsupported_map(name: &'static str, code: Code) -> Field {
    Field::new(
        name,
        Standing::Unsupported(code),
        Holds::Map(Keys::Any, &Holds::Anything),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Every object that can be reached from `holds`.
    fn collect(holds: &Holds, seen: &mut Vec<&'static Object>) {
        let object = match holds {
            Holds::List(item) => return collect(item, seen),
            Holds::Map(_, member) => return collect(member, seen),
            Holds::Object(object) => object,
            Holds::Schema | Holds::SchemaOrBoolean => &SCHEMA,
            _ => return,
        };
        if seen.iter().any(|one| std::ptr::eq(*one, object)) {
            return;
        }
        seen.push(object);
        for field in object.fields {
            collect(&field.holds, seen);
        }
        if let Rest::Patterned(_, holds) = &object.rest {
            collect(holds, seen);
        }
    }

    #[test]
    fn no_object_has_a_field_twice_and_all_are_reached() {
        let mut objects = Vec::new();
        collect(&Holds::Object(&OPENAPI), &mut objects);
        assert_eq!(objects.len(), 25);
        for object in objects {
            let mut names = HashSet::new();
            for field in object.fields {
                assert!(
                    names.insert(field.name),
                    "{} of the {}",
                    field.name,
                    object.name
                );
            }
        }
    }
}
