//! Brings OpenAPI 3.0, 3.1 and 3.2 to one form that the crate `openapiv3` models.

mod ecma_262;
mod enumeration;
mod fields;
mod findings;
mod fits;
mod json_schema;
mod keys;
mod keywords;
mod node;
mod objects;
mod openapi30;
mod parameters;
mod references;
mod schema_dialect;
mod urls;
mod version;
mod walk;

use std::path::PathBuf;

use openapiv3::OpenAPI;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::bundle;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::load::Document;
use crate::overlay::Amended;
use crate::pointer;

pub(crate) use ecma_262::{Translated, translate};
pub(crate) use fields::{COMPONENTS, Holds, OPENAPI, Object, Rest, SCHEMA, SECTIONS, Section};
pub(crate) use objects::METHODS;
use version::Version;
use walk::Walk;
pub(crate) use walk::object_at;

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

    /// The files that were read: the document's, those that it points at, and overlays.
    pub fn files(&self) -> &[PathBuf] {
        self.contract.files()
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

/// The page that says what becomes of every field of OpenAPI and every keyword of JSON Schema, in Markdown: the text of
/// `docs/openapi-support.md`.
pub fn support_page() -> String {
    fields::page()
}

/// Brings `amended` to the form that the rest of the generator reads.
///
/// # Errors
/// One diagnostic for each thing that is not OpenAPI, or that the generator does not take in.
pub fn lower(amended: Amended) -> Result<Lowered, Diagnostics> {
    // Here and not when the document is read: overlays may add references, and say where others lead.
    let path = amended.0.files().first().cloned();
    let contract = bundle::bundle(amended.0, path.as_deref())?;
    let mut found = Diagnostics::new();
    let version = Version::of(&contract, &mut found)?;
    let mut walk = Walk::new(version, found);
    let forms = walk.document(&contract);
    let mut found = walk.found;
    found.extend(references::check(&contract, &walk.references));
    if found.has_errors() {
        return Err(found);
    }
    let openapi = model(&forms.openapi, &contract)?;
    Ok(Lowered {
        contract,
        schemas: forms.schemas,
        openapi,
        warnings: found,
    })
}

/// What the derived code of `openapiv3` needs at most for [`load`](crate::load)'s deepest document, in bytes, unoptimised.
const STACK: usize = 64 << 20;

/// `openapi` as the crate `openapiv3` models it. The walk has checked every field, so that this fails seldom.
fn model(openapi: &Value, contract: &Document) -> Result<OpenAPI, Diagnostic> {
    let failed = |reason: String, pointer: &str| {
        Diagnostic::error(
            Code::InvalidDocument,
            format!("this does not fit OpenAPI 3.0: {reason}"),
            "compare it, and what is below it, with the specification",
        )
        .at(contract.place(pointer))
    };
    let read = std::thread::scope(|scope| {
        let read = || serde_path_to_error::deserialize(openapi);
        let reader = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, read);
        reader.map(|reader| reader.join())
    });
    match read {
        Ok(Ok(read)) => read.map_err(|error| {
            let pointer: String = error.path().iter().map(token).collect();
            failed(error.inner().to_string(), &pointer)
        }),
        Ok(Err(_)) => Err(failed("the model of it cannot be built".to_owned(), "")),
        Err(error) => Err(failed(format!("no thread to read it on: {error}"), "")),
    }
}

fn token(segment: &Segment) -> String {
    match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } | Segment::Enum { variant: key } => {
            format!("/{}", pointer::escaped(key))
        }
        Segment::Unknown => String::new(),
    }
}

#[cfg(test)]
mod tests;
