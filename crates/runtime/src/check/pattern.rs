//! `pattern` and `format`, each compiled once and when first needed.

use std::sync::OnceLock;

use regex::Regex;

/// A regular expression of the contract, already translated from ECMA-262. Runs in linear time.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern in the syntax of the crate `regex`.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            regex: OnceLock::new(),
        }
    }

    /// Whether `text` matches anywhere. A pattern that does not compile matches nothing.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex
            .get_or_init(|| Regex::new(self.source).ok())
            .as_ref()
            .is_some_and(|regex| regex.is_match(text))
    }
}

/// A `format` of the contract that has no Rust type of its own: `email`, `date`, `ipv4`, `hostname`.
#[derive(Debug)]
pub struct Format {
    name: &'static str,
    validator: OnceLock<Option<jsonschema::Validator>>,
}

impl Format {
    /// A format by its name in JSON Schema. Unknown formats accept everything.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            validator: OnceLock::new(),
        }
    }

    /// Whether `text` is of the format.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let schema = || serde_json::json!({ "format": self.name });
        self.validator
            .get_or_init(|| crate::schemas::options().build(&schema()).ok())
            .as_ref()
            .is_some_and(|validator| validator.is_valid(&serde_json::Value::from(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_need_not_be_anchored() {
        static PATTERN: Pattern = Pattern::new("b+");
        assert!(PATTERN.is_match("abbc"));
        assert!(!PATTERN.is_match("ac"));
    }

    #[test]
    fn a_pattern_that_does_not_compile_matches_nothing() {
        static PATTERN: Pattern = Pattern::new("(");
        assert!(!PATTERN.is_match(""));
    }

    #[test]
    fn formats_are_asserted() {
        static EMAIL: Format = Format::new("email");
        assert!(EMAIL.is_match("a@example.org"));
        assert!(!EMAIL.is_match("a"));
    }
}
