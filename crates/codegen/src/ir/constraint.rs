//! What a value must hold beyond its type.

use super::Literal;

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
    /// `minProperties`, of a map or of a struct.
    MinProperties(usize),
    /// `maxProperties`, of a map or of a struct.
    MaxProperties(usize),
    /// Of every value of a map.
    Values(Vec<Constraint>),
    /// Of every name in a map, which is a string: `propertyNames`.
    PropertyNames(Vec<Constraint>),
    /// `dependentRequired`: where the first of them (names on the wire) is there, so are the others.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// `format` that has no type of its own, by its name in JSON Schema.
    Format(String),
    /// `enum` or `const` where no enum type is made: the value is one of these.
    Enum(Vec<Literal>),
}
