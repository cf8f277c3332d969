//! What a build script calls: one contract in, or a folder of them, and as many modules out.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Digest};
use crate::{Builder, Generated};

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
                // Those that stand elsewhere.
                let inputs = generated.inputs.iter();
                for input in inputs.filter(|path| !path.starts_with(openapi_dir)) {
                    println!("cargo::rerun-if-changed={}", input.display());
                }
                warn(&generated);
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

impl Builder {
    /// For a build script: generates into the folder of `OUT_DIR` that has the document's name without its ending, and tells
    /// Cargo what to watch, and what the author should know.
    ///
    /// All of a `build.rs`:
    ///
    /// ```no_run
    /// fn main() -> Result<(), specmint_codegen::BuildError> {
    ///     specmint_codegen::Builder::new("openapi/shop.yaml").build()
    /// }
    /// ```
    ///
    /// and the module, in the crate's own source:
    ///
    /// ```ignore
    /// pub mod shop {
    ///     include!(concat!(env!("OUT_DIR"), "/shop/mod.rs"));
    /// }
    /// ```
    ///
    /// # Errors
    /// One diagnostic for each thing that is wrong with a file or cannot be generated, or the first fault of the file system.
    pub fn build(&self) -> Result<(), BuildError> {
        let Some(out_dir) = std::env::var_os("OUT_DIR") else {
            let message = "OUT_DIR is not set: this is for a build script, which Cargo runs";
            return Err(io::Error::other(message).into());
        };
        let generated = self.generate()?;
        for input in &generated.inputs {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        warn(&generated);
        let document = generated.inputs.first().and_then(|path| path.file_stem());
        let name = document.unwrap_or_default().to_string_lossy();
        Ok(generated.write_to(Path::new(&out_dir), &name)?)
    }
}

/// Tells Cargo the first few warnings of each code, each in a line.
fn warn(generated: &Generated) {
    let Digest { shown, more } = generated.warnings.digest();
    for warning in shown {
        println!("cargo::warning={}", warning.line());
    }
    for more in more {
        println!("cargo::warning={more}; {ALL}");
    }
}

/// How the author gets to see what is only counted.
const ALL: &str = "`specmint generate --format json` shows all";

fn generate(folder: &Path) -> Result<Generated, Diagnostics> {
    let document = folder.join("openapi.yaml");
    if !document.is_file() {
        let message = format!("the folder `{}` holds no `openapi.yaml`", folder.display());
        let help = "give its document that name, or remove the folder";
        return Err(Diagnostic::error(Code::MissingDocument, message, help).into());
    }
    let mut builder = Builder::new(document).utoipa(true);
    let overlay = folder.join("overlay.yaml");
    if overlay.is_file() {
        builder = builder.overlay(overlay);
    }
    builder.generate()
}

/// Why nothing was built. `Debug` shows it as `Display` does, for that is how Cargo shows what `main` of a build script returns.
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
            Self::Diagnostics(found) => {
                let Digest { shown, more } = found.digest();
                shown.iter().try_for_each(|one| write!(f, "{one}\n\n"))?;
                more.iter()
                    .try_for_each(|more| writeln!(f, "{more}; {ALL}"))
            }
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
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
        let is_ours = Generated::is_in(&folder);
        if is_ours && !names.iter().any(|one| *one == *name.to_string_lossy()) {
            fs::remove_dir_all(folder)?;
        }
    }
    Ok(())
}
