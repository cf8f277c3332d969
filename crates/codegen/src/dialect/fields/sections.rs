//! The sections of `components` and what stands in them.

use super::document::EXAMPLE;
use super::operation::{CALLBACK, HEADER, LINK, PARAMETER, REQUEST_BODY, RESPONSE};
use super::security::SECURITY_SCHEME;
use super::{Holds, SCHEMA};

/// A section of `components` whose entries are referred to.
pub(crate) struct Section {
    pub(crate) name: &'static str,
    /// The name of the objects in it.
    pub(crate) object: &'static str,
    pub(crate) holds: Holds,
}

/// All of them but those whose entries are written out where they are referred to: path items and media types.
pub(crate) static SECTIONS: &[Section] = &[
    Section {
        name: "schemas",
        object: SCHEMA.name,
        holds: Holds::Schema,
    },
    Section {
        name: "responses",
        object: RESPONSE.name,
        holds: Holds::Object(&RESPONSE),
    },
    Section {
        name: "parameters",
        object: PARAMETER.name,
        holds: Holds::Object(&PARAMETER),
    },
    Section {
        name: "examples",
        object: EXAMPLE.name,
        holds: Holds::Object(&EXAMPLE),
    },
    Section {
        name: "requestBodies",
        object: REQUEST_BODY.name,
        holds: Holds::Object(&REQUEST_BODY),
    },
    Section {
        name: "headers",
        object: HEADER.name,
        holds: Holds::Object(&HEADER),
    },
    Section {
        name: "securitySchemes",
        object: SECURITY_SCHEME.name,
        holds: Holds::Object(&SECURITY_SCHEME),
    },
    Section {
        name: "links",
        object: LINK.name,
        holds: Holds::Object(&LINK),
    },
    Section {
        name: "callbacks",
        object: CALLBACK.name,
        holds: Holds::Object(&CALLBACK),
    },
];
