//! Every field of every object of OpenAPI 3.0, 3.1 and 3.2, and what becomes of it: the table that drives the walk.

mod document;
mod operation;
mod schema;
mod security;

pub(super) use document::OPENAPI;
pub(super) use operation::MEDIA_TYPE;
pub(super) use schema::{ANNOTATIONS, SCHEMA};

use serde_json::{Map, Value};

use super::version::Version;

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
    /// Whether it travels on in an extension, because the crate `openapiv3` models it too narrowly.
    pub(super) apart: bool,
}

/// In which versions a field exists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    Always,
    /// Since this version.
    From(Version),
    /// In this version and before.
    Until(Version),
}

/// In which versions a field must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Required {
    No,
    Yes,
    Until(Version),
    /// By the letter; a document without it says no less, so that a warning is enough.
    Loosely(Version),
    /// The same, where this other field is missing.
    LooselyWithout(&'static str),
    /// Where this other field is missing.
    Without(&'static str),
    /// Where this other field has this value.
    Where(&'static str, &'static str),
}

/// What the generator does with a field or a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It decides what is generated, or is refused by name in a later stage.
    Supported,
    /// It is documentation: it stays in the contract that the server serves. What is wrong in it is a warning.
    Kept,
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
    /// One of these texts.
    Choice(&'static [&'static str]),
    List(&'static Holds),
    Map(Keys, &'static Holds),
    Object(&'static Object),
    Schema,
    SchemaOrBoolean,
    /// The `type` of a Schema Object: a name; since 3.1 also a list of names.
    SchemaType,
    /// A boolean in 3.0, a number since 3.1: `exclusiveMinimum`, `exclusiveMaximum`.
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
            since: Since::Always,
            required: Required::No,
            standing,
            holds,
            apart: false,
        }
    }

    const fn required(mut self) -> Self {
        self.required = Required::Yes;
        self
    }

    const fn required_until(mut self, version: Version) -> Self {
        self.required = Required::Until(version);
        self
    }

    const fn expected(self) -> Self {
        self.expected_until(Version::V32)
    }

    const fn expected_until(mut self, version: Version) -> Self {
        self.required = Required::Loosely(version);
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

    const fn expected_without(mut self, other: &'static str) -> Self {
        self.required = Required::LooselyWithout(other);
        self
    }

    const fn from(mut self, version: Version) -> Self {
        self.since = Since::From(version);
        self
    }

    const fn until(mut self, version: Version) -> Self {
        self.since = Since::Until(version);
        self
    }

    const fn apart(mut self) -> Self {
        self.apart = true;
        self
    }

    /// Whether `version` has this field.
    pub(super) fn is_in(&self, version: Version) -> bool {
        match self.since {
            Since::Always => true,
            Since::From(first) => first <= version,
            Since::Until(last) => version <= last,
        }
    }

    /// Whether `version` demands this field of an object with these members.
    pub(super) fn is_required(&self, version: Version, members: &Map<String, Value>) -> bool {
        match self.required {
            Required::No | Required::Loosely(_) | Required::LooselyWithout(_) => false,
            Required::Yes => true,
            Required::Until(last) => version <= last,
            Required::Without(other) => !members.contains_key(other),
            Required::Where(other, value) => members.get(other).is_some_and(|it| it == value),
        }
    }

    /// Whether null says the same here as no field at all, which is how authors mean it.
    pub(super) fn null_is_nothing(&self) -> bool {
        let is_whole = matches!(
            self.holds,
            Holds::Anything | Holds::Object(_) | Holds::Schema | Holds::SchemaOrBoolean
        );
        !is_whole && matches!(self.required, Required::No | Required::Loosely(_))
    }

    /// What stands for the field where `version` asks for it in vain; `None` where it does not ask.
    pub(super) fn fallback(&self, version: Version, members: &Map<String, Value>) -> Option<Value> {
        let is_asked_for = match self.required {
            Required::Loosely(last) => version <= last,
            Required::LooselyWithout(other) => !members.contains_key(other),
            _ => false,
        };
        is_asked_for.then(|| self.holds.nothing())
    }
}

impl Holds {
    /// The value that says nothing.
    pub(super) fn nothing(&self) -> Value {
        match self {
            Self::List(_) => Value::Array(Vec::new()),
            Self::Map(..) | Self::Object(_) | Self::Schema => Value::Object(Map::new()),
            _ => Value::from(""),
        }
    }
}

const fn supported(name: &'static str, holds: Holds) -> Field {
    Field::new(name, Standing::Supported, holds)
}

const fn kept(name: &'static str, holds: Holds) -> Field {
    Field::new(name, Standing::Kept, holds)
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
        assert_eq!(objects.len(), 31);
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
