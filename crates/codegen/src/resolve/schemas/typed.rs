//! What a schema says of a value.

use crate::ir::{Constraint, Type};

/// What a schema says of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// Its type.
    pub ty: Type,
    /// What it must hold beyond that.
    pub constraints: Vec<Constraint>,
    /// `format`, as written.
    pub format: Option<String>,
    /// The JSON Pointer of `default`.
    pub default: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// `readOnly: true`.
    pub read_only: bool,
    /// `writeOnly: true`.
    pub write_only: bool,
}

impl Typed {
    /// A type without anything else.
    pub fn plain(ty: Type) -> Self {
        Self {
            ty,
            constraints: Vec::new(),
            format: None,
            default: None,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
        }
    }
}
