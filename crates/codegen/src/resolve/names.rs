//! Names that are fixed before anything is built, so that they don't depend on what refers to what.

use std::collections::HashMap;

use serde_json::Value;

use crate::dialect::Lowered;
use crate::naming::{self, Scope};

/// Names that every module has from the start, and that generated code uses. All others it imports, or writes in full.
const RESERVED: &[&str] = &[
    "Box", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Self", "Send", "Some",
    "String", "Sync", "Vec",
];

/// The names of one API.
pub struct Names {
    /// Of types.
    pub types: Types,
}

/// Names of types: one scope for models and for what stands beside them.
pub struct Types {
    /// The scope.
    pub scope: Scope,
    /// Rust name of each named schema.
    pub components: HashMap<String, String>,
}

/// Gives the schemas of `components` their names, in the document's order. Those too that are spelled out where they are used,
/// so that a name does not depend on what another schema is.
pub fn claim(lowered: &Lowered) -> Names {
    let mut scope = Scope::reserving(RESERVED);
    let declared = lowered.schemas().pointer("/components/schemas");
    let declared = declared.and_then(Value::as_object).into_iter().flatten();
    let components = declared
        .map(|(name, _)| (name.clone(), scope.claim(naming::upper_camel(name))))
        .collect();
    Names {
        types: Types { scope, components },
    }
}
