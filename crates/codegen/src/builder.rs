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
#[derive(Clone, Debug)]
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
    /// What the author of the contract should know, though it stops nothing.
    pub warnings: Diagnostics,
}

/// The files that [`Generated::write_to`] writes.
const FILES: [&str; 4] = ["mod.rs", "contract.json", "contract.yaml", "schemas.json"];

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
            warnings: resolved.warnings,
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
        let texts = [
            &self.code,
            &self.contract_json,
            &self.contract_yaml,
            &self.schemas_json,
        ];
        for (name, text) in FILES.iter().zip(texts) {
            write(&folder.join(name), text)?;
        }
        Ok(())
    }
}

/// Generates every folder of `openapi_dir`: its `openapi.yaml`, with its `overlay.yaml` if there is one, into a folder of
/// the same name in `out_dir`, from which what an earlier contract left is removed. For a build script: prints what Cargo
/// has to watch, and warnings.
///
/// # Errors
/// The diagnostics of all folders, or the first fault of the file system.
pub fn build(openapi_dir: impl AsRef<Path>, out_dir: impl AsRef<Path>) -> Result<(), BuildError> {
    let (openapi_dir, out_dir) = (openapi_dir.as_ref(), out_dir.as_ref());
    // Cargo looks at everything in the folder, and at folders that come and go.
    println!("cargo::rerun-if-changed={}", openapi_dir.display());
    let mut found = Diagnostics::new();
    let mut names = Vec::new();
    for folder in folders(openapi_dir)? {
        match generate(&folder) {
            Ok(generated) => {
                for warning in &generated.warnings {
                    println!("cargo::warning={}", warning.line());
                }
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                generated.write_to(out_dir, &name)?;
                names.push(name.into_owned());
            }
            Err(diagnostics) => found.extend(diagnostics),
        }
    }
    found.or(())?;
    Ok(sweep(out_dir, &names)?)
}

fn generate(folder: &Path) -> Result<Generated, Diagnostics> {
    let document = folder.join("openapi.yaml");
    if !document.is_file() {
        let message = format!("the folder `{}` holds no `openapi.yaml`", folder.display());
        let help = "give its document that name, or remove the folder";
        return Err(Diagnostic::error(Code::MissingDocument, message, help).into());
    }
    let mut builder = Builder::new(document);
    let overlay = folder.join("overlay.yaml");
    if overlay.is_file() {
        builder = builder.overlay(overlay);
    }
    builder.generate()
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

impl From<Diagnostic> for BuildError {
    fn from(found: Diagnostic) -> Self {
        Self::Diagnostics(found.into())
    }
}

impl From<io::Error> for BuildError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The folders in `openapi_dir`, by name; hidden ones are no contracts.
fn folders(openapi_dir: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let list = || {
        let entries = fs::read_dir(openapi_dir)?;
        entries
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<Vec<_>>>()
    };
    let mut folders = list().map_err(|error| {
        let message = format!("cannot list `{}`: {error}", openapi_dir.display());
        let help = "the folder is looked for where `Cargo.toml` stands";
        Diagnostic::error(Code::UnreadableFile, message, help)
    })?;
    let is_hidden = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with('.')
    };
    folders.retain(|path| path.is_dir() && !is_hidden(path));
    folders.sort();
    Ok(folders)
}

/// Removes what was generated into `out_dir` for folders that are no longer there, so that nothing includes it.
fn sweep(out_dir: &Path, names: &[String]) -> io::Result<()> {
    for entry in fs::read_dir(out_dir)? {
        let (folder, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let is_ours = FILES.iter().all(|file| folder.join(file).is_file());
        if is_ours && !names.iter().any(|one| *one == *name.to_string_lossy()) {
            fs::remove_dir_all(folder)?;
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    match fs::read(path) {
        Ok(there) if there == text.as_bytes() => Ok(()),
        _ => fs::write(path, text).map_err(|error| {
            io::Error::new(
                error.kind(),
                format!("cannot write `{}`: {error}", path.display()),
            )
        }),
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
