//! Names that are fixed before anything is built, so that they don't depend on what refers to what.

use std::collections::HashMap;

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use crate::dialect::Lowered;
use crate::naming::{self, Scope};

/// Names that generated code uses itself.
const RESERVED: &[&str] = &[
    "Access",
    "Api",
    "ApiKey",
    "Arc",
    "Basic",
    "Bearer",
    "Box",
    "Check",
    "DateTime",
    "Deserialize",
    "From",
    "FromText",
    "HttpResponse",
    "Into",
    "LocalBoxFuture",
    "Location",
    "Mountable",
    "Node",
    "Nullable",
    "Number",
    "OpenApi",
    "Operation",
    "Option",
    "Parameter",
    "Pattern",
    "Rejection",
    "Reply",
    "Request",
    "Response",
    "Result",
    "Schemas",
    "Security",
    "Self",
    "Send",
    "Serialize",
    "Service",
    "Stop",
    "String",
    "Style",
    "Sync",
    "ToSchema",
    "TryFrom",
    "Uri",
    "Utc",
    "Uuid",
    "Value",
    "Vec",
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
    /// Rust name of each named schema that becomes a type of its own.
    pub components: HashMap<String, String>,
}

/// Gives the schemas of `components` their names, in the document's order.
pub fn claim(lowered: &Lowered) -> Names {
    let mut scope = Scope::reserving(RESERVED);
    let mut components = HashMap::new();
    if let Some(declared) = &lowered.openapi().components {
        for (name, schema) in &declared.schemas {
            if matches!(schema, ReferenceOr::Item(schema) if is_nominal(schema)) {
                let claimed = scope.claim(naming::upper_camel(name));
                components.insert(name.clone(), claimed);
            }
        }
    }
    Names {
        types: Types { scope, components },
    }
}

/// Whether a schema becomes a type of its own; all others are spelled out where they are used.
pub fn is_nominal(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(_)) => true,
        SchemaKind::Type(Type::String(string)) => !string.enumeration.is_empty(),
        SchemaKind::Type(Type::Number(number)) => !number.enumeration.is_empty(),
        SchemaKind::Type(Type::Integer(integer)) => !integer.enumeration.is_empty(),
        SchemaKind::Type(Type::Boolean(boolean)) => constant(&boolean.enumeration).is_some(),
        SchemaKind::Type(Type::Array(_))
        | SchemaKind::OneOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. }
        | SchemaKind::Any(_) => false,
    }
}

/// The only truth value that an `enum` allows, if it allows one only.
pub fn constant(enumeration: &[Option<bool>]) -> Option<bool> {
    let mut values = enumeration.iter().flatten();
    let first = *values.next()?;
    values.all(|&value| value == first).then_some(first)
}
