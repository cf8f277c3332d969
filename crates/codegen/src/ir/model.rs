//! Data types: what a Schema Object becomes.

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
    /// Whether a request can carry it, so that it has to be checked.
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
}

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// Its properties.
    pub fields: Vec<Field>,
    /// `additionalProperties: false`.
    pub closed: bool,
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

/// A constant of the document that appears in code.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A string.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A truth value.
    Boolean(bool),
    /// A variant of a named type.
    Variant {
        /// The type.
        model: String,
        /// Its variant.
        variant: String,
    },
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `String`.
    String,
    /// `bool`.
    Boolean,
    /// `i32`: `format: int32`.
    Int32,
    /// `i64`.
    Int64,
    /// `f32`: `format: float`.
    Float,
    /// `f64`: `format: double`.
    Double,
    /// `serde_json::Number`: a number without format.
    Number,
    /// `serde_json::Value`: a schema that allows everything.
    Any,
    /// `uuid::Uuid`: `format: uuid`.
    Uuid,
    /// `chrono::DateTime<Utc>`: `format: date-time`.
    DateTime,
    /// `fluent_uri::Uri<String>`: `format: uri`.
    Uri,
    /// A named type.
    Model(String),
    /// `Vec`.
    Array(Box<Type>),
    /// `Nullable`: null is a value.
    Nullable(Box<Type>),
    /// `Box`: the type contains itself here.
    Boxed(Box<Type>),
}

/// A check that the type does not make by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// `minLength`, in code points.
    MinLength(usize),
    /// `maxLength`, in code points.
    MaxLength(usize),
    /// `pattern`: the static that holds it and what the document wrote.
    Pattern {
        /// Name of the static.
        name: String,
        /// ECMA-262.
        source: String,
    },
    /// `minimum`.
    Minimum(Literal),
    /// `minimum` with `exclusiveMinimum`.
    ExclusiveMinimum(Literal),
    /// `maximum`.
    Maximum(Literal),
    /// `maximum` with `exclusiveMaximum`.
    ExclusiveMaximum(Literal),
    /// `multipleOf`.
    MultipleOf(Literal),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems: true`.
    UniqueItems,
    /// Of every item of an array.
    Items(Vec<Constraint>),
    /// The value is of a named type that has checks of its own.
    Nested,
}
