//! What is found in a document, as people or programs want to read it.

use std::io::{IsTerminal, Write, stderr};

use clap::ValueEnum;
use specmint_codegen::diagnostic::{Diagnostics, Digest, Severity};

use crate::failure::Failure;
use crate::output::say;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, on standard error: the message, the source with a mark, what to do; of each code the first few
    #[default]
    Human,
    /// For programs, on standard output: all of them, one JSON object a line
    Json,
}

impl Format {
    /// Prints `found`.
    pub(crate) fn print(self, found: &Diagnostics) {
        match self {
            Self::Human => show(&found.digest()),
            Self::Json => found.iter().for_each(|one| say(one.json())),
        }
    }

    /// Prints `found`, and says in one line that nothing came of `document`.
    pub(crate) fn refuse(self, document: &std::path::Path, found: &Diagnostics) -> Failure {
        self.print(found);
        let errors = found.iter().filter(|one| one.severity == Severity::Error);
        let errors = match errors.count() {
            1 => "1 error".to_owned(),
            count => format!("{count} errors"),
        };
        Failure::new(format!("{errors} in `{}`", document.display()))
    }
}

/// Shows people what they read; they may have seen enough.
fn show(digest: &Digest<'_>) {
    let colour = colourful();
    let mut out = stderr().lock();
    for one in &digest.shown {
        let _ = writeln!(out, "{}\n", one.render(colour));
    }
    for more in &digest.more {
        let _ = writeln!(out, "specmint: {more}; --format json prints all");
    }
}

/// Whether a person with a terminal that has colours reads, who did not ask for none (no-color.org).
fn colourful() -> bool {
    let none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
    stderr().is_terminal() && !none && !dumb
}
