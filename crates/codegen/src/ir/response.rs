//! Responses: what a handler may answer.

use super::{Literal, Presence, Type, XmlElement};

/// One variant of an operation's answer: a status, and a form of its content where there are several.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Rust name.
    pub variant: String,
    /// Rustdoc.
    pub docs: String,
    /// Which statuses it stands for.
    pub status: Status,
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
    /// JSON, in whichever of its media types the client prefers.
    Json {
        /// `application/json` and `+json` types, at least one.
        media_types: Vec<String>,
        /// What is serialised.
        ty: Type,
    },
    /// A value as XML, or as JSON, in whichever of its media types the client prefers.
    Xml {
        /// XML types, at least one, and JSON types.
        media_types: Vec<String>,
        /// What is serialised.
        ty: Type,
        /// As XML.
        root: XmlElement,
    },
    /// Text that the handler gives as it is to be sent.
    Text {
        /// With its charset.
        media_type: String,
    },
    /// Octets, at hand or streamed.
    Octets {
        /// As the document wrote it.
        media_type: String,
    },
    /// Octets of a media type that the handler names.
    Range {
        /// `image/*`, `*/*`.
        range: String,
    },
    /// Values one by one, as JSON.
    Items {
        /// `application/jsonl`, `application/json-seq` and their like.
        media_type: String,
        /// Of one of them.
        ty: Type,
    },
    /// `text/event-stream`.
    Events {
        /// What `itemSchema` says of an event.
        ty: Option<Type>,
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
        /// How it is written.
        form: HeaderForm,
    },
}

/// How the value of a header field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// Style `simple`.
    Simple,
    /// Style `simple` with `explode`.
    Exploded,
    /// JSON: `content` says so.
    Json,
    /// A field for each value of a list.
    Each,
}
