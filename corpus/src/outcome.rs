//! What became of a document.

use serde::{Deserialize, Serialize};

use crate::documents::Document;

#[derive(Clone, Debug)]
pub struct Outcome {
    pub document: Document,
    pub generation: Generation,
    /// `None` where nothing was generated, or nothing was to be compiled.
    pub checked: Option<Checked>,
}

impl Outcome {
    /// Whether code came of it that compiles without a warning.
    pub fn is_clean(&self) -> bool {
        let checked = self.checked.as_ref();
        checked.is_some_and(|checked| checked.errors.is_empty() && checked.warnings.is_empty())
    }
}

/// What the generator made of it.
#[derive(Clone, Debug, Default)]
pub struct Generation {
    /// How many operations the document has; `None` where it could not be read.
    pub operations: Option<usize>,
    /// The last stage that began.
    pub stage: String,
    pub end: End,
    pub findings: Vec<Finding>,
    pub seconds: f64,
    /// The most memory that was resident at once.
    pub mebibytes: u64,
    /// Lines of the code that was emitted.
    pub lines: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// There is code.
    Generated,
    /// There are diagnostics.
    #[default]
    Refused,
    /// The generator panicked, or took too much.
    Broken(String),
}

/// One diagnostic.
#[derive(Clone, Debug, Deserialize)]
pub struct Finding {
    pub code: String,
    pub severity: String,
    pub message: String,
    pub file: Option<String>,
    pub line: Option<usize>,
    pub column: Option<usize>,
}

impl Finding {
    pub fn is_error(&self) -> bool {
        self.severity == "error"
    }

    /// The file's name, line and column.
    pub fn place(&self) -> String {
        let Some(file) = &self.file else {
            return String::new();
        };
        let file = file.rsplit('/').next().unwrap_or(file);
        format!(
            "{file}:{}:{}",
            self.line.unwrap_or(0),
            self.column.unwrap_or(0)
        )
    }
}

/// What rustc made of the code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Checked {
    pub errors: Vec<Message>,
    pub warnings: Vec<Message>,
    pub seconds: f64,
    pub mebibytes: u64,
}

/// One message of rustc.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Message {
    /// `E0308`, or the name of a lint; may be empty.
    pub code: String,
    pub message: String,
    /// Where, with the line of code.
    pub place: String,
}

impl Message {
    /// Of this program itself.
    pub fn plain(message: String) -> Self {
        Self {
            code: String::new(),
            message,
            place: String::new(),
        }
    }
}
