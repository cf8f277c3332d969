//! Brings OpenAPI 3.0 and 3.1 to one form that the crate `openapiv3` models.

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::load::Document;
use crate::overlay::Amended;

/// A document in the form that `resolve` reads.
#[derive(Clone, Debug)]
pub struct Lowered {
    contract: Document,
    schemas: Value,
    openapi: OpenAPI,
    warnings: Diagnostics,
}

impl Lowered {
    /// The document in OpenAPI 3.0 form. What 3.0 has no word for stands in `x-specmint-*` extensions.
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// The document as it stands: overlays applied, in its own dialect and order.
    pub fn contract(&self) -> &Value {
        self.contract.root()
    }

    /// The same tree with each Schema Object in JSON Schema 2020-12 form, at the same JSON Pointer.
    pub fn schemas(&self) -> &Value {
        &self.schemas
    }

    /// What the author should know, though it stops nothing.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// Where the node at a JSON Pointer into [`Self::contract`] stands; where there is none, its nearest ancestor.
    pub fn place(&self, pointer: &str) -> Place {
        self.contract.place(pointer)
    }

    /// An error about the node at a JSON Pointer into [`Self::contract`].
    pub fn error(
        &self,
        code: Code,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message, help).at(self.place(pointer))
    }
}

/// Brings `amended` to the form that the rest of the generator reads.
///
/// # Errors
/// One diagnostic for each thing that is not OpenAPI, or that the generator does not take in.
pub fn lower(amended: Amended) -> Result<Lowered, Diagnostics> {
    let contract = amended.0;
    let openapi = serde_json::from_value(contract.root.clone()).map_err(|error| {
        Diagnostic::error(Code::InvalidDocument, error.to_string(), "").at(contract.place(""))
    })?;
    let schemas = contract.root.clone();
    Ok(Lowered {
        contract,
        schemas,
        openapi,
        warnings: Diagnostics::new(),
    })
}
