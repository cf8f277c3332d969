//! Constants.

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
    /// Any other value, as JSON text: of a type that this text is known to decode into.
    Json(String),
}
