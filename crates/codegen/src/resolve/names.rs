//! Names that are fixed before anything is built, so that they don't depend on what refers to what.

use std::collections::HashMap;

use serde_json::Value;

use crate::dialect::Lowered;
use crate::naming::{self, Scope};

/// Names that generated code uses itself.
const RESERVED: &[&str] = &[
    "Access",
    "Api",
    "ApiKey",
    "Arc",
    "BTreeMap",
    "Base64",
    "Basic",
    "Bearer",
    "Box",
    "Check",
    "ClientCertificate",
    "Credentials",
    "Date",
    "DateTime",
    "Deserialize",
    "Edge",
    "Err",
    "From",
    "FromText",
    "HttpResponse",
    "Into",
    "Ipv4Addr",
    "Ipv6Addr",
    "LocalBoxFuture",
    "Location",
    "Mountable",
    "Never",
    "Node",
    "None",
    "Nullable",
    "Number",
    "Ok",
    "OpenApi",
    "Operation",
    "Option",
    "Parameter",
    "Pattern",
    "Rejection",
    "Reply",
    "Request",
    "RequestHead",
    "Response",
    "Result",
    "Schemas",
    "Security",
    "Self",
    "Send",
    "Serialize",
    "Service",
    "Some",
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
    "When",
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
