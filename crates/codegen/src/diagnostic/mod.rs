//! What cannot be generated, said by name and place: never a panic, never a guess.

mod code;
mod digest;
mod json;
mod nearest;
mod page;
mod render;
mod source;

pub use code::Code;
pub use digest::Digest;
pub(crate) use nearest::nearest;
pub use page::page;
pub use source::{Place, Source};

use std::collections::HashSet;
use std::fmt;

/// Whether a [`Diagnostic`] stops generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Generation goes on; the author should know.
    Warning,
}

/// One finding about the given documents.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// Whether it stops generation.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it; may be empty.
    pub help: String,
    /// Where it stands; `None` for a file that could not be read.
    pub place: Option<Place>,
    /// Further places that matter, each with what stands there.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            help: help.into(),
            place: None,
            related: Vec::new(),
        }
    }

    /// The same finding as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same finding at `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same finding with one further place.
    #[must_use]
    pub fn with(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }
}

impl Diagnostic {
    /// All of it on one line, for those who print lines: file:line:column, the message, what to do, the code.
    pub fn line(&self) -> String {
        let place = self.place.as_ref();
        let place = place.map_or(String::new(), |place| format!("{place:?}: "));
        let help = match self.help.as_str() {
            "" => String::new(),
            help => format!("; {help}"),
        };
        format!("{place}{}{help} [{}]", self.message, self.code).replace(char::is_control, " ")
    }
}

impl Diagnostic {
    /// The finding as people read it: the message with its code, the source with a mark, what to do; in colours of the
    /// terminal if `colour` says so.
    pub fn render(&self, colour: bool) -> String {
        render::render(self, colour)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// All findings of a run, in the order of the stages and, within one, of the document.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Puts those behind the first `known` at `place` that have none.
    pub(crate) fn locate(&mut self, known: usize, place: &Place) {
        for one in self.0.iter_mut().skip(known) {
            one.place.get_or_insert_with(|| place.clone());
        }
    }

    /// The value of `result`, or else its finding here.
    pub(crate) fn take<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|one| self.push(one)).ok()
    }

    /// The same findings, each once: what several places refer to is met several times.
    #[must_use]
    pub(crate) fn distinct(mut self) -> Self {
        let mut seen = HashSet::new();
        self.0.retain(|one| {
            let place = one.place.as_ref();
            let place = place.map(|place| (place.file().to_owned(), place.range().start));
            seen.insert((one.code, one.message.clone(), place))
        });
        self
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The findings in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether any of them stops generation.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|one| one.severity == Severity::Error)
    }

    /// `Ok` with `value` when nothing here stops generation, else the findings.
    ///
    /// # Errors
    /// These findings, warnings included, when one of them is an error.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.has_errors() {
            Err(self)
        } else {
            Ok(value)
        }
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        self.0.extend(more);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(one: Diagnostic) -> Self {
        Self(vec![one])
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, one) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            one.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Names as a message lists them: `a`, `b`, `c`.
pub(crate) fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
