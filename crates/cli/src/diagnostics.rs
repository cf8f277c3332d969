//! What is found in a document, as people or programs want to read it.

use std::io::{IsTerminal, Write, stderr};

use clap::ValueEnum;
use specmint_codegen::diagnostic::{Diagnostics, Severity};

use crate::failure::Failure;
use crate::output::say;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, on standard error: the message, the source with a mark, what to do
    #[default]
    Human,
    /// For programs, on standard output: one JSON object a line
    Json,
}

impl Format {
    /// Prints all of `found`.
    pub(crate) fn print(self, found: &Diagnostics) {
        let colour = colourful();
        for one in found {
            match self {
                Self::Human => {
                    let _ = writeln!(stderr().lock(), "{}\n", one.render(colour));
                }
                Self::Json => say(one.json()),
            }
        }
    }

    /// Prints all of `found`, and says in one line that nothing came of `document`.
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

/// Whether a person with a terminal that has colours reads, who did not ask for none (no-color.org).
fn colourful() -> bool {
    let none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
    stderr().is_terminal() && !none && !dumb
}
