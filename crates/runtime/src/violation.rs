//! One fault of a request, named by where it is and which keyword it breaks.

use serde::Serialize;

/// The part of a request in which a [`Violation`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    /// The request body.
    Body,
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

/// A broken keyword of a schema. Holds no submitted value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// JSON Pointer (RFC 6901) into the body, or `/name` of a parameter; of a missing member, where it should stand.
    pub pointer: String,
    /// The part of the request.
    pub location: Location,
    /// What is wrong, a clause without a subject: `must have at most 10 characters`.
    pub message: String,
    /// The keyword of JSON Schema that is broken: `required`, `maxLength`.
    pub keyword: String,
}
