//! Data types: what a Schema Object becomes.

use super::{Constraint, Literal, Type, Union};

/// A type that has a name of its own in `models`.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Rust name.
    pub name: String,
    /// Rustdoc.
    pub docs: String,
    /// What it is made of.
    pub shape: Shape,
    /// Whether the schema is marked deprecated.
    pub deprecated: bool,
    /// Whether it can arrive, in a request or in an answer to what the server sends, so that it has to be checked.
    pub request: bool,
    /// Whether a parameter can be of it, so that it has to be read from text.
    pub parameter: bool,
    /// Whether it has a natural default: every member may be absent.
    pub has_default: bool,
}

/// The kinds of named types.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// `type: object` with properties.
    Struct(Struct),
    /// `type: string` with `enum`.
    Strings(Vec<Variant<String>>),
    /// `type: integer` or `number` with `enum`, all of them whole.
    Integers(Vec<Variant<i64>>),
    /// `type: boolean` with an `enum` of one.
    Boolean(Variant<bool>),
    /// `oneOf`, `anyOf`, or several types: one of several types.
    Union(Union),
    /// `prefixItems` of a fixed number: a tuple struct.
    Tuple(Vec<Item>),
    /// A type that has to have a name, because it contains itself: a struct of one unnamed field, which is all of it on the
    /// wire.
    Newtype(Item),
    /// What no Rust type says: a struct of one `serde_json::Value`, checked against its schema.
    Json(Json),
}

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// Its properties.
    pub fields: Vec<Field>,
    /// What else the object may have.
    pub additional: Additional,
    /// What the object must hold as a whole: `minProperties`, `maxProperties`, `dependentRequired`. Where the number of members
    /// is limited, the ones that are no properties are kept or refused, so that they count.
    pub constraints: Vec<Constraint>,
}

/// Members that are no properties: `additionalProperties`.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// They are allowed, and skipped: the schema does not speak of them.
    Ignored,
    /// They are not allowed.
    Refused,
    /// They are kept in a last field, a map.
    Kept {
        /// Rust name of the field.
        name: String,
        /// Type of each value.
        ty: Type,
        /// Of the map: [`Constraint::Values`], [`Constraint::PropertyNames`].
        constraints: Vec<Constraint>,
        /// `format: password`: secrets that are not to be shown.
        secret: bool,
    },
}

/// A value by place: of a tuple, or of a newtype.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its type.
    pub ty: Type,
    /// What it must hold beyond that.
    pub constraints: Vec<Constraint>,
}

/// A schema that is checked as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// JSON text of it in the form of JSON Schema 2020-12, self-contained: what its `$ref`s lead to is in its `$defs`.
    pub schema: String,
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Rust name.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Rustdoc.
    pub docs: String,
    /// Type of the value when there is one.
    pub ty: Type,
    /// Whether it may be absent, and what then.
    pub presence: Presence,
    /// What a value must hold beyond its type.
    pub constraints: Vec<Constraint>,
    /// `format` as the document wrote it.
    pub format: Option<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// `format: password`: a secret that is not to be shown.
    pub secret: bool,
    /// Whether the type leads back to the model that the field is of.
    pub recursive: bool,
    /// `readOnly: true`: responses carry it.
    pub read_only: bool,
    /// `writeOnly: true`: requests carry it.
    pub write_only: bool,
}

/// Whether a value may be absent.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// It may not.
    Required,
    /// It may: `Option`.
    Optional,
    /// It may, and then it is this.
    Defaulted(Literal),
}

/// A value of `enum`, or of `default`.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant<T> {
    /// Rust name.
    pub name: String,
    /// On the wire.
    pub wire: T,
}
