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
        let rust = translate(source).map_err(|reason| {
            lowered.error(
                Code::UnsupportedPattern,
                pointer,
                format!("this pattern {reason}"),
                "write it without look-around and back-references, so that it matches in linear time",
            )
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

/// `source` in the syntax of `regex`.
fn translate(source: &str) -> Result<String, String> {
    if !jsonschema_regex::is_valid_ecma_regex(source) {
        return Err("is no regular expression of ECMA-262".to_owned());
    }
    let rust = jsonschema_regex::to_rust_regex(source)
        .map_err(|()| "has no form that matches in linear time".to_owned())?;
    match regex_syntax::parse(&rust) {
        Ok(_) => Ok(rust.into_owned()),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default();
            Err(format!(
                "has no form that matches in linear time ({})",
                reason.trim_start_matches("error: ")
            ))
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
