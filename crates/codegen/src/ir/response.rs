//! Responses: what a handler may answer.

use super::{Literal, Presence, Type};

/// One variant of an operation's answer: a status, and a media type where there are several.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Rust name.
    pub variant: String,
    /// Rustdoc.
    pub docs: String,
    /// Which statuses it stands for.
    pub status: Status,
    /// The key in `responses`, spelled as the document does.
    pub key: String,
    /// JSON Pointer to the Response Object.
    pub pointer: String,
    /// The key in `content`, spelled as the document does.
    pub media_type: Option<String>,
    /// The body.
    pub content: Option<Content>,
    /// Header fields in order.
    pub headers: Vec<Header>,
}

/// The statuses of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One status.
    Code(u16),
    /// `2XX` and its like, by the first digit.
    Range(u16),
    /// `default`.
    Default,
}

/// A body that is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// JSON, in its media type.
    Json {
        /// `application/json` or a `+json` type.
        media_type: String,
        /// What is serialised.
        ty: Type,
    },
    /// Text that the handler gives as it is to be sent.
    Text {
        /// With its charset.
        media_type: String,
    },
}

/// A header field of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Name in lower case.
    pub wire: String,
    /// Where its value comes from.
    pub value: HeaderValue,
}

/// Where the value of a header field comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderValue {
    /// The schema allows one value only: it is sent by itself.
    Constant(Literal),
    /// The handler gives it.
    Given {
        /// Rust name of the field.
        name: String,
        /// Rustdoc.
        docs: String,
        /// Its type.
        ty: Type,
        /// Whether it may be left out.
        presence: Presence,
    },
}
