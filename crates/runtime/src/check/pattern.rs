//! `pattern` and `format`, each compiled once and when first needed.

use std::sync::OnceLock;

/// How often a pattern that backtracks may try again before the text is taken not to match.
const MOST_TRIES: usize = 100_000;

/// A regular expression of the contract, already translated from ECMA-262.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    backtracks: bool,
    regex: OnceLock<Option<Regex>>,
}

#[derive(Debug)]
enum Regex {
    Linear(regex::Regex),
    Backtracking(Box<fancy_regex::Regex>),
}

impl Pattern {
    /// A pattern in the syntax of the crate `regex`, which runs in linear time.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            backtracks: false,
            regex: OnceLock::new(),
        }
    }

    /// A pattern with look-around or back-references, in the syntax of the crate `fancy-regex`. It tries again up to a bound.
    #[must_use]
    pub const fn backtracking(source: &'static str) -> Self {
        Self {
            source,
            backtracks: true,
            regex: OnceLock::new(),
        }
    }

    /// Whether `text` matches anywhere. A pattern that does not compile matches nothing.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match self.regex.get_or_init(|| self.compile()) {
            Some(Regex::Linear(regex)) => regex.is_match(text),
            Some(Regex::Backtracking(regex)) => regex.is_match(text).unwrap_or(false),
            None => false,
        }
    }

    fn compile(&self) -> Option<Regex> {
        if self.backtracks {
            let mut builder = fancy_regex::RegexBuilder::new(self.source);
            let regex = builder.backtrack_limit(MOST_TRIES).build();
            regex.ok().map(Box::new).map(Regex::Backtracking)
        } else {
            regex::Regex::new(self.source).ok().map(Regex::Linear)
        }
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
    fn what_backtracks_is_bounded() {
        static PATTERN: Pattern = Pattern::backtracking(r"^(?!b)[a-z]+$");
        assert!(PATTERN.is_match("ab"));
        assert!(!PATTERN.is_match("ba"));
        static ENDLESS: Pattern = Pattern::backtracking(r"^(?:(a+)+)(?=b)\1$");
        let text = "a".repeat(60);
        let start = std::time::Instant::now();
        assert!(!ENDLESS.is_match(&text));
        assert!(start.elapsed().as_secs() < 5);
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
