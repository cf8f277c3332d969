//! Patterns: from ECMA-262, which JSON Schema speaks, to the crate `regex`, which runs in linear time.

use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;
use crate::ir::Pattern;
use crate::naming::{self, Scope};

/// The distinct patterns of a document.
#[derive(Debug, Default)]
pub struct Patterns {
    all: Vec<Pattern>,
    names: Scope,
}

impl Patterns {
    /// The static for `source`, named after `owner` when it is the first to use it.
    ///
    /// # Errors
    /// A pattern that is no regular expression, or that only backtracking can match.
    pub fn claim(
        &mut self,
        lowered: &Lowered,
        source: &str,
        owner: &str,
        pointer: &str,
    ) -> Result<String, Diagnostic> {
        if let Some(known) = self.all.iter().find(|pattern| pattern.source == source) {
            return Ok(known.name.clone());
        }
        let rust = translate(source).map_err(|Untranslated { reason, help }| {
            let message = format!("this pattern {reason}");
            lowered.error(Code::UnsupportedPattern, pointer, message, help)
        })?;
        let name = self
            .names
            .claim(format!("{}_PATTERN", naming::shouty(owner)));
        self.all.push(Pattern {
            name: name.clone(),
            rust,
            source: source.to_owned(),
        });
        Ok(name)
    }

    /// All of them, in the order of their first use.
    pub fn finish(self) -> Vec<Pattern> {
        self.all
    }
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
    reason: String,
    help: &'static str,
}

/// `source` in the syntax of `regex`.
fn translate(source: &str) -> Result<String, Untranslated> {
    if !jsonschema_regex::is_valid_ecma_regex(source) {
        return Err(Untranslated {
            reason: "is no regular expression of ECMA-262".to_owned(),
            help: "look for a bracket that is not closed, or for a character to be escaped",
        });
    }
    let nonlinear = |reason: &str| Untranslated {
        reason: format!("has no form that matches in linear time{reason}"),
        help: "write it without look-around and back-references, or say it in the description",
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
    fn what_needs_backtracking_is_refused() {
        assert!(translate(r"^(?=a)b").is_err());
        assert!(translate(r"(a)\1").is_err());
        assert!(translate("(").is_err());
    }

    #[test]
    fn equal_patterns_share_a_static() {
        let lowered = crate::resolve::testing::lowered("paths: {}");
        let mut patterns = Patterns::default();
        let mut claim = |source, owner| patterns.claim(&lowered, source, owner, "").ok().unwrap();
        assert_eq!(claim("^a$", "applicationId"), "APPLICATION_ID_PATTERN");
        assert_eq!(claim("^a$", "other"), "APPLICATION_ID_PATTERN");
        assert_eq!(claim("^b$", "applicationId"), "APPLICATION_ID_PATTERN2");
    }
}
