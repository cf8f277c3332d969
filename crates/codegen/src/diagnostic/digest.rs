//! The first few findings of each kind: a document that does one thing wrong mostly does it a thousand times.

use std::collections::HashMap;

use super::{Code, Diagnostic, Diagnostics, Severity};

/// How many warnings of one code people read.
const WARNINGS: usize = 3;

/// How many errors of one code people read.
const ERRORS: usize = 10;

/// What people read of many findings.
#[derive(Debug)]
pub struct Digest<'a> {
    /// Those to be shown: warnings first, so that errors stand where the eye is.
    pub shown: Vec<&'a Diagnostic>,
    /// What is not shown, in a line for each code.
    pub more: Vec<String>,
}

impl Diagnostics {
    /// The first few of each code.
    pub fn digest(&self) -> Digest<'_> {
        let mut counts: HashMap<(Severity, Code), usize> = HashMap::new();
        let mut hidden: Vec<(Severity, Code)> = Vec::new();
        let mut shown: Vec<&Diagnostic> = Vec::new();
        for one in self.iter() {
            let kind = (one.severity, one.code);
            let count = counts.entry(kind).or_default();
            *count += 1;
            match count.checked_sub(most(one.severity)) {
                None | Some(0) => shown.push(one),
                Some(1) => hidden.push(kind),
                Some(_) => {}
            }
        }
        shown.sort_by_key(|one| std::cmp::Reverse(one.severity));
        let more = |kind: &(Severity, Code)| {
            let (severity, code) = kind;
            let rest = counts.get(kind).map_or(0, |count| count - most(*severity));
            let what = match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let plural = if rest == 1 { "" } else { "s" };
            format!("{rest} more {what}{plural} `{code}`")
        };
        Digest {
            more: hidden.iter().map(more).collect(),
            shown,
        }
    }
}

fn most(severity: Severity) -> usize {
    match severity {
        Severity::Error => ERRORS,
        Severity::Warning => WARNINGS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_few_of_each_code_are_shown_and_the_others_counted() {
        let of = |code, message: String| Diagnostic::error(code, message, "");
        let warnings = (0..9).map(|n| of(Code::InvalidDefault, format!("w{n}")).warning());
        let errors = (0..11).map(|n| of(Code::DanglingRef, format!("e{n}")));
        let other = of(Code::Encoding, "x".to_owned()).warning();
        let found: Diagnostics = errors.chain(warnings).chain([other]).collect();
        let digest = found.digest();
        let shown: Vec<&str> = digest
            .shown
            .iter()
            .map(|one| one.message.as_str())
            .collect();
        assert_eq!(shown.len(), 14);
        assert_eq!(shown[..5], ["w0", "w1", "w2", "x", "e0"]);
        assert_eq!(
            digest.more,
            [
                "1 more error `dangling-ref`",
                "6 more warnings `invalid-default`"
            ]
        );
    }
}
