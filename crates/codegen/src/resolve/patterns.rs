//! The patterns of a document, each once.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::{Lowered, Translated, translate};
use crate::ir::{Engine, Pattern};
use crate::naming::{self, Scope};

/// The distinct patterns of a document.
#[derive(Debug, Default)]
pub struct Patterns {
    all: Vec<Pattern>,
    /// Name of the static of each; `None` when it is no regular expression.
    known: HashMap<String, Option<String>>,
    names: Scope,
}

impl Patterns {
    /// The static for `source`, named after `owner` when it is the first to use it. What is no regular expression has none; what
    /// only backtracking can match is named too.
    pub fn claim(
        &mut self,
        lowered: &Lowered,
        source: &str,
        owner: &str,
        pointer: &str,
        found: &mut Diagnostics,
    ) -> Option<String> {
        if let Some(known) = self.known.get(source) {
            return known.clone();
        }
        let (rust, engine) = match translate(source) {
            Ok(Translated::Linear(rust)) => (rust, Engine::Linear),
            Ok(Translated::Backtracking(rust, reason)) => {
                found.push(warning(lowered, pointer, &reason));
                (rust, Engine::Backtracking)
            }
            // It was named when it was read.
            Err(_) => {
                self.known.insert(source.to_owned(), None);
                return None;
            }
        };
        let name = self
            .names
            .claim(format!("{}_PATTERN", naming::shouty(owner)));
        self.all.push(Pattern {
            name: name.clone(),
            rust,
            source: source.to_owned(),
            engine,
        });
        self.known.insert(source.to_owned(), Some(name.clone()));
        Some(name)
    }

    /// All of them, in the order of their first use.
    pub fn finish(self) -> Vec<Pattern> {
        self.all
    }
}

fn warning(lowered: &Lowered, pointer: &str, reason: &str) -> Diagnostic {
    let finding = lowered.error(
        Code::UnsupportedPattern,
        pointer,
        format!(
            "this pattern has no form that matches in linear time{reason}; it is matched by backtracking, with a bound"
        ),
        "write it without look-around and back-references, or say it in the description",
    );
    finding.warning()
}

/// What matches `source`, a pattern that was [claimed](Patterns::claim), if that takes linear time.
pub fn regex(source: &str) -> Option<regex::Regex> {
    match translate(source) {
        Ok(Translated::Linear(rust)) => regex::Regex::new(&rust).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_patterns_share_a_static() {
        let lowered = crate::resolve::testing::lowered("paths: {}");
        let mut patterns = Patterns::default();
        let mut found = Diagnostics::new();
        let mut claim = |source, owner| {
            patterns
                .claim(&lowered, source, owner, "", &mut found)
                .unwrap()
        };
        assert_eq!(claim("^a$", "applicationId"), "APPLICATION_ID_PATTERN");
        assert_eq!(claim("^a$", "other"), "APPLICATION_ID_PATTERN");
        assert_eq!(claim("^b$", "applicationId"), "APPLICATION_ID_PATTERN2");
    }
}
