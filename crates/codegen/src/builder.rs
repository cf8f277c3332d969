//! What a build script calls: files in, files out.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::{self, Lowered};
use crate::{emit, load, overlay, resolve};

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
}

/// The code of one API, and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The text of a Rust module, to be included into one.
    pub code: String,
    /// The contract as it stands, overlays applied, as JSON.
    pub contract_json: String,
    /// The same as YAML.
    pub contract_yaml: String,
    /// The contract's schemas in the form of JSON Schema 2020-12, as JSON.
    pub schemas_json: String,
    /// The files that were read.
    pub inputs: Vec<PathBuf>,
}

impl Builder {
    /// Of the OpenAPI document in this file, YAML or JSON.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        Self {
            document: document.into(),
            overlays: Vec::new(),
        }
    }

    /// Also applies the OpenAPI Overlay in this file, after those before it.
    #[must_use]
    pub fn overlay(mut self, overlay: impl Into<PathBuf>) -> Self {
        self.overlays.push(overlay.into());
        self
    }

    /// The contract in the form from which code is generated.
    ///
    /// # Errors
    /// One diagnostic for each thing that is wrong with a file, or that is not taken in.
    pub fn lower(&self) -> Result<Lowered, Diagnostics> {
        let document = load::file(&self.document)?;
        let overlays: Vec<_> = self
            .overlays
            .iter()
            .map(|path| load::file(path))
            .collect::<Result<_, _>>()?;
        dialect::lower(overlay::apply(document, &overlays)?)
    }

    /// Generates.
    ///
    /// # Errors
    /// As [`Self::lower`], and one diagnostic for each thing that cannot be generated.
    pub fn generate(&self) -> Result<Generated, Diagnostics> {
        let lowered = self.lower()?;
        let resolved = resolve::resolve(&lowered)?;
        let inputs = [&self.document]
            .into_iter()
            .chain(&self.overlays)
            .cloned()
            .collect();
        Ok(Generated {
            code: emit::emit(&resolved.api).map_err(fault)?,
            contract_json: json(lowered.contract())?,
            contract_yaml: serde_saphyr::to_string(lowered.contract()).map_err(fault)?,
            schemas_json: json(lowered.schemas())?,
            inputs,
        })
    }
}

impl Generated {
    /// Writes `mod.rs`, `contract.json`, `contract.yaml` and `schemas.json` into the folder `name` of `out_dir`. A file that
    /// would not change is not touched.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write_to(&self, out_dir: &Path, name: &str) -> io::Result<()> {
        let folder = out_dir.join(name);
        fs::create_dir_all(&folder)?;
        write(&folder.join("mod.rs"), &self.code)?;
        write(&folder.join("contract.json"), &self.contract_json)?;
        write(&folder.join("contract.yaml"), &self.contract_yaml)?;
        write(&folder.join("schemas.json"), &self.schemas_json)
    }
}

/// Generates every folder of `openapi_dir` that holds an `openapi.yaml`, with its `overlay.yaml` if there is one, into a
/// folder of the same name in `out_dir`. For a build script: prints what Cargo has to watch.
///
/// # Errors
/// The diagnostics of all folders, or the first fault of the file system.
pub fn build(openapi_dir: impl AsRef<Path>, out_dir: impl AsRef<Path>) -> Result<(), BuildError> {
    let openapi_dir = openapi_dir.as_ref();
    println!("cargo::rerun-if-changed={}", openapi_dir.display());
    let mut found = Diagnostics::new();
    for folder in folders(openapi_dir)? {
        let mut builder = Builder::new(folder.join("openapi.yaml"));
        let overlay = folder.join("overlay.yaml");
        if overlay.is_file() {
            builder = builder.overlay(overlay);
        }
        match builder.generate() {
            Ok(generated) => {
                for input in &generated.inputs {
                    println!("cargo::rerun-if-changed={}", input.display());
                }
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                generated.write_to(out_dir.as_ref(), &name)?;
            }
            Err(diagnostics) => found.extend(diagnostics),
        }
    }
    Ok(found.or(())?)
}

/// Why nothing was built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// A document is wrong, or cannot be generated.
    Diagnostics(Diagnostics),
    /// A file cannot be listed or written.
    Io(io::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Diagnostics(found) => found.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<Diagnostics> for BuildError {
    fn from(found: Diagnostics) -> Self {
        Self::Diagnostics(found)
    }
}

impl From<io::Error> for BuildError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The folders with a document, by name.
fn folders(openapi_dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: Vec<_> = fs::read_dir(openapi_dir)?.collect::<io::Result<_>>()?;
    let mut folders: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join("openapi.yaml").is_file());
    folders.sort();
    Ok(folders)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    match fs::read(path) {
        Ok(there) if there == text.as_bytes() => Ok(()),
        _ => fs::write(path, text),
    }
}

fn json(value: &Value) -> Result<String, Diagnostics> {
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
