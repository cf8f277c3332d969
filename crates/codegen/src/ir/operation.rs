//! Operations: what a handler is told.

use super::{Constraint, Presence, Response, Security, Type};

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Name of the trait's method.
    pub name: String,
    /// Name of the type of the answer.
    pub response_type: String,
    /// Name of the static that holds the facts.
    pub facts: String,
    /// `operationId`, or the name made for it.
    pub id: String,
    /// Method, upper case.
    pub method: String,
    /// Path template, as the document has it.
    pub path: String,
    /// Rustdoc of the method.
    pub docs: String,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// Parameters in the order of the method's arguments.
    pub parameters: Vec<Parameter>,
    /// Name of the struct that holds the parameters, when they are too many to be arguments.
    pub parameters_type: Option<String>,
    /// What the request carries.
    pub body: Option<Body>,
    /// Who may call.
    pub security: Security,
    /// Values of `WWW-Authenticate` on a 401.
    pub challenges: Vec<String>,
    /// The documented answers.
    pub responses: Vec<Response>,
    /// The keys of `responses`, spelled as the document does.
    pub answers: Vec<String>,
    /// The media types of an answer that succeeds; none where it may have no content.
    pub produces: Vec<String>,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// The n-th variable of the path template.
    Path(usize),
    /// The query string.
    Query,
    /// A header field.
    Header,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Rust name.
    pub name: String,
    /// Name of the static that holds the facts; operations that share the parameter share it.
    pub facts: String,
    /// Name on the wire.
    pub wire: String,
    /// Rustdoc.
    pub docs: String,
    /// Where it stands.
    pub location: Location,
    /// Type of the value when there is one.
    pub ty: Type,
    /// Whether it may be absent.
    pub presence: Presence,
    /// What a value must hold beyond its type.
    pub constraints: Vec<Constraint>,
    /// JSON Pointer to its schema.
    pub schema: String,
    /// `format: password`: a secret that is not to be shown.
    pub secret: bool,
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Whether it must be there.
    pub required: bool,
    /// Rustdoc.
    pub docs: String,
    /// What the handler gets.
    pub ty: BodyType,
    /// The accepted media types.
    pub media: Vec<MediaBody>,
}

/// What the handler gets for a body.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyType {
    /// The same type whatever the media type.
    One(Type),
    /// An enum of this name with a variant for each media type.
    PerMediaType(String),
}

/// One accepted media type.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaBody {
    /// As the document wrote it.
    pub media_type: String,
    /// How it is decoded.
    pub encoding: Encoding,
    /// Into what.
    pub ty: Type,
    /// Variant of [`BodyType::PerMediaType`].
    pub variant: String,
    /// JSON Pointer to its schema.
    pub schema: String,
}

/// How a request body is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `application/json` and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}
