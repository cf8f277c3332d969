//! Patterns: from ECMA-262, which JSON Schema speaks, to the crate `regex`, which runs in linear time.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
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
            Ok(rust) => (rust, Engine::Linear),
            Err(Untranslated { is_ecma, reason }) => {
                found.push(warning(lowered, pointer, is_ecma, &reason));
                if !is_ecma {
                    self.known.insert(source.to_owned(), None);
                    return None;
                }
                // The classes are those of ECMA-262 all the same.
                let classes = jsonschema_regex::to_rust_regex(source);
                let rust = classes.map_or_else(|()| source.to_owned(), |rust| rust.into_owned());
                (rust, Engine::Backtracking)
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

fn warning(lowered: &Lowered, pointer: &str, is_ecma: bool, reason: &str) -> Diagnostic {
    let (message, help) = if is_ecma {
        (
            format!("this pattern {reason}; it is matched by backtracking, with a bound"),
            "write it without look-around and back-references, or say it in the description",
        )
    } else {
        (
            format!("this pattern {reason}, so that nothing checks it"),
            "look for a bracket that is not closed, or for a character to be escaped",
        )
    };
    lowered
        .error(Code::UnsupportedPattern, pointer, message, help)
        .warning()
}

/// Whether `text` has a match of `source`, a pattern that was [claimed](Patterns::claim).
pub fn is_match(source: &str, text: &str) -> bool {
    let rust = translate(source).ok();
    let regex = rust.and_then(|rust| regex::Regex::new(&rust).ok());
    regex.is_none_or(|regex| regex.is_match(text))
}

/// Why a pattern has no form that `regex` takes.
#[derive(Debug)]
struct Untranslated {
    is_ecma: bool,
    reason: String,
}

/// `source` in the syntax of `regex`.
fn translate(source: &str) -> Result<String, Untranslated> {
    if !jsonschema_regex::is_valid_ecma_regex(source) {
        return Err(Untranslated {
            is_ecma: false,
            reason: "is no regular expression of ECMA-262".to_owned(),
        });
    }
    let nonlinear = |reason: &str| Untranslated {
        is_ecma: true,
        reason: format!("has no form that matches in linear time{reason}"),
    };
    let rust = jsonschema_regex::to_rust_regex(source).map_err(|()| nonlinear(""))?;
    match regex_syntax::parse(&rust) {
        Ok(_) => Ok(rust.into_owned()),
        Err(error) => {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default();
            Err(nonlinear(&format!(
                ": {}",
                reason.trim_start_matches("error: ")
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_mean_what_ecma_262_says() {
        assert_eq!(translate(r"^\d+$").unwrap(), "^[0-9]+$");
        assert_eq!(translate("^[a-z]{3,}$").unwrap(), "^[a-z]{3,}$");
    }

    #[test]
    fn what_needs_backtracking_is_told_from_what_is_no_pattern() {
        assert!(translate(r"^(?=a)b").unwrap_err().is_ecma);
        assert!(translate(r"(a)\1").unwrap_err().is_ecma);
        assert!(!translate("(").unwrap_err().is_ecma);
    }

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
