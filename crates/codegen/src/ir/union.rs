//! Types of which a value is one.

use super::{Constraint, JsonType, Literal, Type};

/// An enum of types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The types, in the document's order.
    pub variants: Vec<UnionVariant>,
    /// How the type of a value is found.
    pub choice: Choice,
    /// `oneOf`: a value that is of two of them is refused. Matters to [`Choice::Trial`] only; the others choose one at most.
    pub exactly_one: bool,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionVariant {
    /// Rust name.
    pub name: String,
    /// Rustdoc.
    pub docs: String,
    /// What it holds.
    pub ty: Type,
    /// What that must hold beyond its type.
    pub constraints: Vec<Constraint>,
    /// `format: password`: a secret that is not to be shown.
    pub secret: bool,
}

/// How it is told which type of a union a value is of. The numbers are places in [`Union::variants`].
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// By the Discriminator Object: the value of a property says it; one that is not listed is refused.
    Discriminator {
        /// The property's name on the wire.
        property: String,
        /// From the property's value to the variant.
        mapping: Vec<(String, usize)>,
    },
    /// By the type of the JSON value: those of each variant, which no other has.
    Type(Vec<Vec<JsonType>>),
    /// By a property that all variants require, whose values are constants that no two share.
    Constant {
        /// The property's name on the wire.
        property: String,
        /// From the property's value, which is a string, an integer or a truth value, to the variant.
        values: Vec<(Literal, usize)>,
    },
    /// Each is tried in order.
    Trial,
}
