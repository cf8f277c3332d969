//! Operations: what a handler is told.

use super::{Constraint, Presence, Response, Security, Status, Type, When, XmlElement};

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
    /// Method, as it stands in requests.
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
    /// What its required parameters always are, which may tell it from others of its path and method.
    pub constants: Vec<When>,
}

impl Operation {
    /// Whether an answer is documented for when something goes wrong.
    pub fn documents_failure(&self) -> bool {
        self.responses.iter().any(|one| match one.status {
            Status::Code(code) => code >= 400,
            Status::Range(digit) => digit >= 4,
            Status::Default => true,
        })
    }
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
    /// A cookie.
    Cookie,
}

/// `style` of a parameter, or of a form's field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// `cookie`.
    Cookie,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// None: all of the query, `in: querystring`.
    Whole,
}

/// How texts become a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// One text is one value.
    Text,
    /// Each text is an item.
    List,
    /// Names and texts are members.
    Object,
    /// The text is JSON.
    Json,
    /// The schema tells, when it is read.
    Value,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Rust name.
    pub name: String,
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
    /// How it is written.
    pub style: Style,
    /// Whether items or members stand apart.
    pub explode: bool,
    /// Of an object whose members stand beside other parameters of the query: the names of these.
    pub beside: Vec<String>,
    /// Whether an empty text may stand for no value.
    pub allow_empty: bool,
    /// Whether characters with a meaning in URLs stand as they are, where it is sent.
    pub allow_reserved: bool,
    /// How it is read.
    pub reading: Reading,
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
    /// The same whatever the media type.
    One(BodyValue),
    /// An enum of this name with a variant for each kind of value.
    PerMediaType(String),
}

/// What becomes of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyValue {
    /// A value.
    Type(Type),
    /// Its octets, as they arrive.
    Stream,
    /// Its parts, as they arrive; each is of the enum of this name, or any part at all.
    Parts(Option<String>),
}

/// One accepted media type.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaBody {
    /// As the document wrote it.
    pub media_type: String,
    /// How it is decoded.
    pub encoding: Encoding,
    /// Into what.
    pub value: BodyValue,
    /// What a value must hold beyond its type.
    pub constraints: Vec<Constraint>,
    /// Variant of [`BodyType::PerMediaType`]; media types of one value share it.
    pub variant: String,
    /// JSON Pointer to its schema; empty where it has none.
    pub schema: String,
}

/// How a request body is decoded.
#[derive(Clone, Debug, PartialEq)]
pub enum Encoding {
    /// `application/json` and `+json`.
    Json,
    /// `application/x-www-form-urlencoded` of plain fields.
    Form,
    /// `application/x-www-form-urlencoded` with fields that are not plain.
    FormBySchema(Vec<FieldEncoding>),
    /// XML: this element.
    Xml(XmlElement),
    /// UTF-8.
    Text,
    /// Not at all: octets.
    Stream,
    /// `multipart`.
    Parts(Parts),
}

/// An Encoding Object of a form's field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldEncoding {
    /// The property.
    pub name: String,
    /// How it is written.
    pub form: FieldForm,
}

/// How a form's field is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldForm {
    /// As JSON.
    Json,
    /// All items in one text.
    Joined(Style),
    /// `deepObject`.
    Deep,
    /// An object whose members, of these names, are fields of their own.
    Spread(Vec<String>),
}

/// The parts of a `multipart` body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Rustdoc of the enum.
    pub docs: String,
    /// The documented parts.
    pub parts: Vec<Part>,
    /// What becomes of other parts; where they are kept, the variant that holds them.
    pub others: OtherParts,
}

/// What becomes of parts that are not documented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherParts {
    /// They are handed over in a variant of this name.
    Kept(String),
    /// They are skipped.
    Skipped,
    /// They are refused.
    Refused,
}

/// A property of the schema of a `multipart` body.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Variant of the enum.
    pub variant: String,
    /// Name on the wire.
    pub wire: String,
    /// Rustdoc of the variant.
    pub docs: String,
    /// Whether it must be there.
    pub required: bool,
    /// Of an array, each item of which is a part: the least and the most.
    pub items: Option<(usize, Option<usize>)>,
    /// `contentType` of its Encoding Object.
    pub media_types: Vec<String>,
    /// What it carries; none is a stream of octets.
    pub ty: Option<Type>,
    /// What a value must hold beyond its type.
    pub constraints: Vec<Constraint>,
    /// How it is read, where it is no stream.
    pub reading: Reading,
    /// JSON Pointer to its schema; of an array, of its items'.
    pub schema: String,
}
