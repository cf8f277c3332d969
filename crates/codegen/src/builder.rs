//! What generates the code of one API: files in, [`Generated`] out.

use std::fmt;
use std::path::PathBuf;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::{self, Lowered};
use crate::overlay::Amended;
use crate::resolve::Selection;
use crate::{Generated, Stage, emit, load, overlay, resolve};

/// Generates the code of one API.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let generated = specmint_codegen::Builder::new("openapi/vtex/openapi.yaml")
///     .overlay("openapi/vtex/overlay.yaml")
///     .generate()?;
/// generated.write_to("target/generated".as_ref(), "vtex")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    document: PathBuf,
    overlays: Vec<PathBuf>,
    options: emit::Options,
    selection: Selection,
}

impl Builder {
    /// Of the OpenAPI document in this file, YAML or JSON.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        Self {
            document: document.into(),
            overlays: Vec::new(),
            options: emit::Options::default(),
            selection: Selection::default(),
        }
    }

    /// Whether the models are utoipa's too: they derive `ToSchema`, and a function `openapi` shows them all. The crate that
    /// the code is for then depends on `utoipa` and on `serde_json`. Off unless asked for.
    #[must_use]
    pub fn utoipa(mut self, utoipa: bool) -> Self {
        self.options.utoipa = utoipa;
        self
    }

    /// Also applies the OpenAPI Overlay in this file, after those before it.
    #[must_use]
    pub fn overlay(mut self, overlay: impl Into<PathBuf>) -> Self {
        self.overlays.push(overlay.into());
        self
    }

    /// Generates only what is selected so, by a tag, an `operationId` or `METHOD /path`; several selectors select more. What
    /// the others alone refer to is not generated. A selector of nothing is an error.
    #[must_use]
    pub fn only(mut self, selector: impl Into<String>) -> Self {
        self.selection.only(selector);
        self
    }

    /// Leaves out what is selected so, as by [`Self::only`], because it cannot be generated. A skip that is not needed, or
    /// no longer, is an error.
    #[must_use]
    pub fn skip(mut self, selector: impl Into<String>) -> Self {
        self.selection.skip(selector);
        self
    }

    /// The contract in the form from which code is generated.
    ///
    /// # Errors
    /// One diagnostic for each thing that is wrong with a file, or that is not taken in.
    pub fn lower(&self) -> Result<Lowered, Diagnostics> {
        self.lower_in(&mut |_| ())
    }

    /// The document with its overlays applied, and nothing else done to it.
    ///
    /// # Errors
    /// One diagnostic for each thing that is wrong with a file, or with an overlay.
    pub fn amend(&self) -> Result<Amended, Diagnostics> {
        self.amend_in(&mut |_| ())
    }

    fn lower_in(&self, enter: &mut dyn FnMut(Stage)) -> Result<Lowered, Diagnostics> {
        let amended = self.amend_in(enter)?;
        enter(Stage::Dialect);
        dialect::lower(amended)
    }

    fn amend_in(&self, enter: &mut dyn FnMut(Stage)) -> Result<Amended, Diagnostics> {
        enter(Stage::Load);
        let document = load::file(&self.document)?;
        let overlays: Vec<_> = self
            .overlays
            .iter()
            .map(|path| load::file(path))
            .collect::<Result<_, _>>()?;
        enter(Stage::Overlay);
        overlay::apply(document, &overlays)
    }

    /// Generates.
    ///
    /// # Errors
    /// As [`Self::lower`], and one diagnostic for each thing that cannot be generated.
    pub fn generate(&self) -> Result<Generated, Diagnostics> {
        self.generate_in(|_| ())
    }

    /// As [`Self::generate`], telling `enter` each stage before it begins: whoever measures learns what takes how long, and
    /// what was under way when it took too long.
    ///
    /// # Errors
    /// As [`Self::generate`].
    pub fn generate_in(&self, mut enter: impl FnMut(Stage)) -> Result<Generated, Diagnostics> {
        let lowered = self.lower_in(&mut enter)?;
        enter(Stage::Resolve);
        let resolved = resolve::resolve_selected(&lowered, &self.selection)?;
        enter(Stage::Emit);
        Ok(Generated {
            title: text(lowered.contract(), "/info/title"),
            version: text(lowered.contract(), "/info/version"),
            code: emit::emit(&resolved.api, self.options).map_err(fault)?,
            contract_json: json(lowered.contract())?,
            contract_yaml: yaml(lowered.contract())?,
            schemas_json: json(&resolve::relaxed(lowered.schemas()))?,
            inputs: lowered.files().to_vec(),
            warnings: resolved.warnings,
        })
    }
}

fn text(contract: &Value, pointer: &str) -> String {
    let text = contract.pointer(pointer).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

/// `value` as YAML.
pub(crate) fn yaml(value: &Value) -> Result<String, Diagnostics> {
    serde_saphyr::to_string(value).map_err(fault)
}

/// `value` as JSON over several lines.
pub(crate) fn json(value: &Value) -> Result<String, Diagnostics> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(fault)
}

/// A fault of the generator itself.
fn fault(error: impl fmt::Display) -> Diagnostics {
    let message = format!("the generator failed: {error}");
    Diagnostic::error(
        Code::Internal,
        message,
        "this is a fault of specmint: please report it",
    )
    .into()
}
