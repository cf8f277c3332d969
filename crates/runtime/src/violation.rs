//! One fault of a request, named by where it is and which keyword it breaks.

use std::borrow::Cow;

use serde::Serialize;

use crate::breach::Breach;

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

/// A broken keyword of a schema. Holds no submitted value, and of names that the client chose only those in its
/// [`breach`](Self::breach).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// JSON Pointer (RFC 6901) into the body, or `/name` of a parameter; of a missing member, where it should stand.
    /// It ends before a member whose name the client chose.
    pub pointer: String,
    /// The part of the request.
    pub location: Location,
    /// What is wrong, a clause without a subject: `must have at most 10 characters`.
    pub message: String,
    /// The keyword of JSON Schema that is broken: `required`, `maxLength`.
    pub keyword: String,
    /// What there is to say of that beyond `message`. Not among the members of problem details.
    #[serde(skip)]
    pub breach: Breach,
}

impl Violation {
    /// Of the whole body.
    pub(crate) fn of_body(keyword: &str, message: impl Into<String>) -> Self {
        Self {
            pointer: String::new(),
            location: Location::Body,
            message: message.into(),
            keyword: keyword.to_owned(),
            breach: Breach::Other,
        }
    }
}

/// A member's name as a reference token of a JSON Pointer (RFC 6901, section 3).
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// What [`escaped`] was made from.
pub(crate) fn unescaped(token: &str) -> Cow<'_, str> {
    match token.contains('~') {
        true => token.replace("~1", "/").replace("~0", "~").into(),
        false => token.into(),
    }
}
