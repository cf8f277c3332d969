//! What comes out of one API, and how it becomes files.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostics;
use crate::files;

/// The code of one API, and what stands beside it.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The contract's title.
    pub title: String,
    /// The contract's own version.
    pub version: String,
    /// The text of a Rust module, to be included into one.
    pub code: String,
    /// The contract as it stands, overlays applied, as JSON.
    pub contract_json: String,
    /// The same as YAML.
    pub contract_yaml: String,
    /// The contract's schemas in the form of JSON Schema 2020-12, as JSON.
    pub schemas_json: String,
    /// The files that were read, the document first.
    pub inputs: Vec<PathBuf>,
    /// What the author of the contract should know, though it stops nothing.
    pub warnings: Diagnostics,
}

impl Generated {
    /// The files, each with its text; the first is the module itself, which includes the others.
    pub(crate) fn files(&self) -> [(&'static str, &str); 4] {
        [
            ("mod.rs", &self.code),
            ("contract.json", &self.contract_json),
            ("contract.yaml", &self.contract_yaml),
            ("schemas.json", &self.schemas_json),
        ]
    }

    /// Writes `mod.rs`, `contract.json`, `contract.yaml` and `schemas.json` into the folder `name` of `out_dir`. A file that
    /// would not change is not touched.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write_to(&self, out_dir: &Path, name: &str) -> io::Result<()> {
        let folder = out_dir.join(name);
        for (name, text) in self.files() {
            files::write(&folder.join(name), text)?;
        }
        Ok(())
    }

    /// Whether [`Self::write_to`] wrote `folder`.
    pub(crate) fn is_in(folder: &Path) -> bool {
        ["mod.rs", "contract.json", "contract.yaml", "schemas.json"]
            .iter()
            .all(|file| folder.join(file).is_file())
    }
}
