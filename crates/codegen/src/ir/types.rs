//! Rust types, and the JSON types that tell them apart.

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `()`: null alone, `type: null`.
    Null,
    /// `specmint_runtime::Never`: no value at all, the schema `false`.
    Never,
    /// `serde_json::Value`: a schema that allows everything.
    Any,
    /// `bool`.
    Boolean,
    /// `String`.
    String,
    /// `i8`: `format: int8`.
    Int8,
    /// `i16`: `format: int16`.
    Int16,
    /// `i32`: `format: int32`.
    Int32,
    /// `i64`: `format: int64`, and an integer without format.
    Int64,
    /// `u8`: `format: uint8`.
    UInt8,
    /// `u16`: `format: uint16`.
    UInt16,
    /// `u32`: `format: uint32`.
    UInt32,
    /// `u64`: `format: uint64`.
    UInt64,
    /// `f32`: `format: float`.
    Float,
    /// `f64`: `format: double`.
    Double,
    /// `serde_json::Number`: a number without format.
    Number,
    /// `uuid::Uuid`: `format: uuid`.
    Uuid,
    /// `chrono::DateTime<Utc>`: `format: date-time`.
    DateTime,
    /// `chrono::NaiveDate`: `format: date`, `full-date` of RFC 3339.
    Date,
    /// `fluent_uri::Uri<String>`: `format: uri`.
    Uri,
    /// `std::net::Ipv4Addr`: `format: ipv4`.
    Ipv4,
    /// `std::net::Ipv6Addr`: `format: ipv6`.
    Ipv6,
    /// Bytes, in base64 on the wire: `format: byte`, `contentEncoding: base64`.
    Base64,
    /// A named type.
    Model(String),
    /// `Vec`.
    Array(Box<Type>),
    /// `BTreeMap<String, _>`: an object of any members, all of one type.
    Map(Box<Type>),
    /// `Nullable`: null is a value.
    Nullable(Box<Type>),
    /// `Box`: the type contains itself here.
    Boxed(Box<Type>),
}

impl Type {
    /// Whether it is one small value, which is copied and not borrowed.
    pub fn is_copy(&self) -> bool {
        match self {
            Self::Boolean
            | Self::Int8
            | Self::Int16
            | Self::Int32
            | Self::Int64
            | Self::UInt8
            | Self::UInt16
            | Self::UInt32
            | Self::UInt64
            | Self::Float
            | Self::Double
            | Self::Uuid
            | Self::DateTime
            | Self::Date
            | Self::Ipv4
            | Self::Ipv6 => true,
            Self::Null
            | Self::Never
            | Self::Any
            | Self::String
            | Self::Number
            | Self::Uri
            | Self::Base64
            | Self::Model(_)
            | Self::Array(_)
            | Self::Map(_)
            | Self::Nullable(_)
            | Self::Boxed(_) => false,
        }
    }
}

/// A type of JSON Schema (Validation, 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `integer`: a number without a fraction, however it is written.
    Integer,
    /// `number`: integers too.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}
