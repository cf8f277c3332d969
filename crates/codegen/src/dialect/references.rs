//! `$ref`: local, well-formed, and leading to an object of the kind that stands in its place.

use std::collections::HashMap;

use serde_json::Value;

use super::fields::SECTIONS;
use super::findings;
use super::node::Node;
use super::walk::object_at;
use crate::bundle;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::load::{Below, Document, Places};
use crate::pointer;

/// A `$ref` within the document.
pub(super) struct Reference<'a> {
    /// The JSON Pointer's parts, unescaped.
    tokens: Vec<String>,
    /// The name of the object that stands in its place.
    object: &'static str,
    /// The value of `$ref`.
    node: Node<'a>,
    /// What it is when it leads nowhere: documentation stops nothing.
    severity: Severity,
}

impl<'a> Reference<'a> {
    /// Reads the URI reference `text`; with it comes the same reference without percent-encoding.
    pub(super) fn parse(
        text: &str,
        object: &'static str,
        node: Node<'a>,
        severity: Severity,
    ) -> Result<(Self, String), Diagnostic> {
        let Some(fragment) = text.strip_prefix('#') else {
            return Err(node.finding(
                Code::ExternalRef,
                format!("`{text}` points into another document, which is not supported yet"),
                "bring what it points at into this document, under `components`",
            ));
        };
        let malformed = || {
            node.finding(
                Code::MalformedRef,
                format!("`{text}` is no JSON Pointer in a fragment (RFC 6901, section 6)"),
                "write it as `#/components/schemas/Name`",
            )
        };
        let pointer = pointer::percent_decode(fragment).ok_or_else(malformed)?;
        let tokens = pointer::tokens(&pointer).ok_or_else(malformed)?;
        Ok((
            Self {
                tokens,
                object,
                node,
                severity,
            },
            format!("#{pointer}"),
        ))
    }
}

/// Findings about references that lead nowhere, elsewhere, or in a circle.
pub(super) fn check(document: &Document, references: &[Reference<'_>]) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut known = HashMap::new();
    let mut wanting = Wanting::of(document, references);
    for reference in references {
        let finding = check_one(document, reference, &mut known, &mut wanting);
        found.extend(finding.map(|finding| Diagnostic {
            severity: reference.severity,
            ..finding
        }));
    }
    found
}

fn check_one(
    document: &Document,
    reference: &Reference<'_>,
    known: &mut HashMap<Vec<String>, bool>,
    wanting: &mut Wanting<'_>,
) -> Option<Diagnostic> {
    let text = reference.node.value.as_str().unwrap_or("");
    let finding = |code, message: String, help| Some(reference.node.finding(code, message, help));
    if pointer::at(document.root(), &reference.tokens).is_none() {
        let help = wanting.help(reference, text);
        let message = format!("nothing stands at `{text}`");
        return Some(reference.node.finding(Code::DanglingRef, message, help));
    }
    let there = object_at(&reference.tokens);
    if there != Some(reference.object) {
        let there = there.map_or("no object that can be referred to".to_owned(), |name| {
            findings::a(name)
        });
        let object = findings::a(reference.object);
        return finding(
            Code::MismatchedRef,
            format!("{object} must stand here, but at `{text}` stands {there}"),
            "point at such an object, or move what is meant to where such objects stand",
        );
    }
    if !ends(document.root(), &reference.tokens, known) {
        return finding(
            Code::CyclicRef,
            format!("`{text}` leads only to further references and back to itself"),
            bundle::CIRCLE,
        );
    }
    None
}

/// The references that lead nowhere.
struct Wanting<'a> {
    /// Where the objects stand that have them.
    tokens: HashMap<*const Places, Vec<String>>,
    /// How many were told.
    told: usize,
    document: &'a Document,
}

impl<'a> Wanting<'a> {
    fn of(document: &'a Document, references: &[Reference<'_>]) -> Self {
        let root = document.root();
        let astray = references
            .iter()
            .filter(|one| pointer::at(root, &one.tokens).is_none());
        let mut tokens: HashMap<_, _> = astray
            .map(|one| (std::ptr::from_ref(one.node.places), Vec::new()))
            .collect();
        if !tokens.is_empty() {
            find(&document.places, &mut Vec::new(), &mut tokens);
        }
        Self {
            tokens,
            told: 0,
            document,
        }
    }

    fn help(&mut self, reference: &Reference<'_>, text: &str) -> String {
        let told = self.told;
        self.told += 1;
        let section = SECTIONS.iter().find(|one| one.object == reference.object);
        let section = section.map(|section| section.name);
        let here = self.tokens.get(&std::ptr::from_ref(reference.node.places));
        let here = here.map(Vec::as_slice);
        bundle::dangling(self.document.root(), text, section, here, told)
    }
}

/// Writes down where the objects stand that hold the `wanted` values.
fn find(here: &Places, tokens: &mut Vec<String>, wanted: &mut HashMap<*const Places, Vec<String>>) {
    let mut below = |name: String, child: &Places| {
        if let Some(found) = wanted.get_mut(&std::ptr::from_ref(child)) {
            found.clone_from(tokens);
        }
        tokens.push(name);
        find(child, tokens, wanted);
        tokens.pop();
    };
    match &here.below {
        Below::Nothing => {}
        Below::Items(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, child)| below(index.to_string(), child));
        }
        Below::Members(members) => members
            .iter()
            .for_each(|(name, child)| below(name.clone(), child)),
    }
}

/// Whether the chain of references from the node at `tokens` ends; `known` remembers those asked about before.
fn ends(root: &Value, tokens: &[String], known: &mut HashMap<Vec<String>, bool>) -> bool {
    let mut chain: Vec<Vec<String>> = Vec::new();
    let mut here = tokens.to_vec();
    let ends = loop {
        if let Some(known) = known.get(&here) {
            break *known;
        }
        // Until it is known better, a chain that comes back here does not end.
        known.insert(here.clone(), false);
        chain.push(here.clone());
        let next = pointer::at(root, &here)
            .and_then(|value| value.get("$ref")?.as_str()?.strip_prefix('#'))
            .and_then(|fragment| pointer::tokens(&pointer::percent_decode(fragment)?));
        match next {
            Some(next) => here = next,
            None => break true,
        }
    };
    for link in chain {
        known.insert(link, ends);
    }
    ends
}
