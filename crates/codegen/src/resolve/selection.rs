//! Which operations are generated.

use std::collections::HashSet;

use openapiv3::Operation;

use crate::diagnostic::{Code, Diagnostic, nearest};

/// What is wanted of a document: all of it, or some of its operations.
///
/// A selector is a tag, an `operationId`, `METHOD /path` or the name of a webhook, as the document spells them; one that
/// selects nothing is an error. What no selected operation refers to is not generated; the callbacks of a selected one are.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    only: Vec<String>,
    skip: Vec<String>,
    /// Methods and paths that no request reaches.
    unreachable: HashSet<(String, String)>,
}

impl Selection {
    /// Generates what this selector selects, and what others given here do; nothing else.
    pub fn only(&mut self, selector: impl Into<String>) {
        self.only.push(selector.into());
    }

    /// Leaves out what this selector selects, because it cannot be generated. Where it can, the skip is an error: it would
    /// hide the operation for no reason.
    pub fn skip(&mut self, selector: impl Into<String>) {
        self.skip.push(selector.into());
    }

    /// The same without these operations, each of a method and a path.
    pub(super) fn without(&self, unreachable: HashSet<(String, String)>) -> Self {
        Self {
            unreachable,
            ..self.clone()
        }
    }

    /// The skips without which `generates` still answers yes, those before them being left away.
    pub(super) fn needless(&self, generates: impl Fn(&Self) -> bool) -> Vec<Diagnostic> {
        let mut without = self.clone();
        let mut found = Vec::new();
        for skip in &self.skip {
            let mut less = without.clone();
            less.skip.retain(|one| one != skip);
            if generates(&less) {
                found.push(needless(skip));
                without = less;
            }
        }
        found
    }
}

/// A selection on its way over a document's operations.
pub struct Sieve<'s> {
    selection: &'s Selection,
    met: HashSet<&'s str>,
    names: HashSet<String>,
}

impl<'s> Sieve<'s> {
    /// Before the first operation.
    pub fn new(selection: &'s Selection) -> Self {
        Self {
            selection,
            met: HashSet::new(),
            names: HashSet::new(),
        }
    }

    /// Whether this operation is generated.
    pub fn takes(&mut self, method: &str, path: &str, operation: &Operation) -> bool {
        let unreachable = &self.selection.unreachable;
        let is_reached =
            unreachable.is_empty() || !unreachable.contains(&(method.to_owned(), path.to_owned()));
        self.selects(&[format!("{method} {path}")], operation) && is_reached
    }

    /// Whether this operation of a webhook is generated.
    pub fn takes_webhook(&mut self, method: &str, name: &str, operation: &Operation) -> bool {
        self.selects(&[name.to_owned(), format!("{method} {name}")], operation)
    }

    fn selects(&mut self, names: &[String], operation: &Operation) -> bool {
        let Selection { only, skip, .. } = self.selection;
        if only.is_empty() && skip.is_empty() {
            return true;
        }
        let names = names.iter().chain(&operation.operation_id);
        let names: Vec<&String> = names.chain(&operation.tags).collect();
        self.names.extend(names.iter().copied().cloned());
        let mut selected = |selectors: &'s [String]| {
            let matching = selectors.iter().filter(|one| names.contains(one));
            let met: Vec<&str> = matching.map(String::as_str).collect();
            self.met.extend(&met);
            !met.is_empty()
        };
        let (is_wanted, is_skipped) = (selected(only), selected(skip));
        (only.is_empty() || is_wanted) && !is_skipped
    }

    /// One error for each selector that selected nothing.
    pub fn unknown(self) -> Vec<Diagnostic> {
        let Selection { only, skip, .. } = self.selection;
        let all = only.iter().chain(skip);
        let unknown = all.filter(|selector| !self.met.contains(selector.as_str()));
        let names = || self.names.iter().map(String::as_str);
        unknown
            .map(|selector| {
                // Of several that are equally near, always the same.
                let near = nearest(
                    selector,
                    names()
                        .collect::<std::collections::BTreeSet<_>>()
                        .into_iter(),
                );
                let help = near.map_or_else(
                    || {
                        "select by a tag, an operationId, `METHOD /path` or the name of a webhook"
                            .to_owned()
                    },
                    |near| format!("did you mean `{near}`?"),
                );
                let message =
                    format!("no operation has the tag, operationId, path or webhook `{selector}`");
                Diagnostic::error(Code::UnknownSelector, message, help)
            })
            .collect()
    }
}

fn needless(skip: &str) -> Diagnostic {
    Diagnostic::error(
        Code::NeedlessSkip,
        format!("`{skip}` is skipped, but it can be generated"),
        "remove the skip; to generate less, name what you want with `only`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::{resolve_selected, testing};

    const DOCUMENT: &str = r#"
        paths:
          /a:
            get: { operationId: a, tags: [one], responses: { '204': { description: x } } }
            post: { tags: [one, two], responses: { '204': { description: x } } }
          /b:
            get:
              operationId: b
              tags: [two]
              parameters: [{ $ref: '#/components/parameters/c' }, { $ref: '#/components/parameters/d' }]
              responses: { '204': { description: x } }
        components:
          parameters:
            c: { name: c, in: query, schema: { type: string } }
            d: { name: c, in: query, schema: { type: integer } }
    "#;

    fn selected(only: &[&str], skip: &[&str]) -> Result<Vec<String>, Vec<&'static str>> {
        let mut selection = Selection::default();
        only.iter().for_each(|one| selection.only(*one));
        skip.iter().for_each(|one| selection.skip(*one));
        match resolve_selected(&testing::lowered(DOCUMENT), &selection) {
            Ok(resolved) => Ok(resolved
                .api
                .operations
                .into_iter()
                .map(|one| one.name)
                .collect()),
            Err(found) => Err(found.iter().map(|one| one.code.name()).collect()),
        }
    }

    fn names(names: &[&str]) -> Result<Vec<String>, Vec<&'static str>> {
        Ok(names.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn a_selector_is_a_tag_an_id_or_a_path() {
        assert_eq!(selected(&["one"], &[]), names(&["a", "post_a"]));
        assert_eq!(selected(&["a"], &[]), names(&["a"]));
        assert_eq!(selected(&["POST /a"], &[]), names(&["post_a"]));
        assert_eq!(selected(&[], &["b"]), names(&["a", "post_a"]));
        assert_eq!(selected(&[], &["two"]), names(&["a"]));
        assert_eq!(selected(&["a", "b"], &["b"]), names(&["a"]));
    }

    #[test]
    fn what_cannot_be_generated_is_left_out_by_its_name_only() {
        let refused = selected(&[], &[]).unwrap_err();
        assert!(refused.contains(&"duplicate-parameter"), "{refused:?}");
        assert_eq!(selected(&[], &["b", "a"]), Err(vec!["needless-skip"]));
        assert_eq!(selected(&["one"], &["b"]), Err(vec!["needless-skip"]));
    }

    #[test]
    fn a_selector_of_nothing_is_an_error() {
        assert_eq!(selected(&["ones"], &[]), Err(vec!["unknown-selector"]));
        assert_eq!(
            selected(&["one"], &["PUT /a"]),
            Err(vec!["unknown-selector"])
        );
    }
}
