//! Makes one document of many: what a `$ref` points at in another file comes into `components`, and every `$ref` that is
//! left is a plain JSON Pointer into the document itself. Each node keeps its own file and place.
//!
//! | a `$ref` | becomes |
//! | --- | --- |
//! | into another file, where a Reference or Schema Object may stand | `#/components/<kind>/<name>`, the name taken from the fragment or the file |
//! | the whole of an entry of `components`, into another file | what it points at: the entry's own name is the best there is |
//! | of a Path Item or a Media Type Object, wherever it points | what it points at, with what stands beside it |
//! | where no reference may stand (`paths`, `properties`, an operation, ...), as other tools allow | what it points at |
//! | to a place of this document of which the specification says nothing (`#/definitions/A`) | as one into another file |
//! | to an `$anchor`, by an `$id`, percent-encoded | the plain pointer |
//! | a Security Requirement Object's name of a scheme that is a URI | the plain pointer |
//! | `$dynamicRef` that can only lead to one place | `$ref` |
//!
//! Nothing is fetched from a network.

mod components;
mod files;
mod names;
mod remedies;
mod requirements;
mod resources;
mod target;
mod visit;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::dialect::{Holds, OPENAPI, object_at};
use crate::load::Document;
use crate::pointer;

use files::Files;
pub(crate) use remedies::{CIRCLE, CORRECT, dangling};
use target::Target;

/// How many nodes all that is written out in place of a `$ref` may have together.
const MAX_INLINED: usize = 500_000;

/// Brings together what `document`, read from the file at `path`, points at. Without a path no other file is read.
pub(crate) fn bundle(document: Document, path: Option<&Path>) -> Result<Document, Diagnostics> {
    if !has_work(&document.root) {
        return Ok(document);
    }
    let mut bundle = Bundle {
        files: Files::new(document.clone(), path),
        homes: HashMap::new(),
        names: names::Names::default(),
        pending: VecDeque::new(),
        inlining: Vec::new(),
        seen: HashSet::new(),
        left: MAX_INLINED,
        found: Diagnostics::new(),
    };
    let mut document = document;
    let mut read = std::mem::take(&mut document.files);
    bundle.run(&mut document);
    let mut found = bundle.found;
    read.extend(bundle.files.paths().into_iter().skip(1));
    document.files = read;
    found.extend(crate::load::depth(&document));
    found.or(document)
}

/// Whether some `$ref` is more than a plain pointer to an object that may be referred to. What looks like one in an
/// example does no harm.
fn has_work(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_work),
        Value::Object(members) => {
            let is_plain = |text: &str| {
                let target = text.strip_prefix('#').filter(|text| !text.contains('%'));
                let object = target
                    .and_then(pointer::tokens)
                    .and_then(|tokens| object_at(&tokens));
                object.is_some_and(|name| !visit::is_written_out(name))
            };
            let text = |name: &str| members.get(name).and_then(Value::as_str);
            text("$ref").is_some_and(|text| !is_plain(text))
                || text("$id").is_some()
                || text("$dynamicRef").is_some()
                || members.get("security").is_some_and(requirements::has_work)
                || members.values().any(has_work)
        }
        _ => false,
    }
}

/// A target as a component of one kind.
type Component = (&'static str, Target);

struct Bundle {
    files: Files,
    /// The local references under which targets stand in the document.
    homes: HashMap<Component, String>,
    names: names::Names,
    /// What has a home and is not yet in it.
    pending: VecDeque<Pending>,
    /// What is being written out in place of a `$ref`.
    inlining: Vec<Target>,
    /// The faulty references that were found, by file and offset: a node may be visited several times.
    seen: HashSet<(String, usize)>,
    left: usize,
    found: Diagnostics,
}

struct Pending {
    section: &'static str,
    name: String,
    target: Target,
}

impl Bundle {
    fn run(&mut self, document: &mut Document) {
        self.claim_entries();
        let mut root = Target::root(0);
        let holds = Holds::Object(&OPENAPI);
        self.visit(&mut document.root, &mut document.places, &holds, &mut root);
        let (components, places) = self.components(&document.places);
        document.set("components", components, places);
    }

    fn say(&mut self, finding: Diagnostic) {
        let place = finding.place.as_ref();
        let place = place.map(|place| (place.file().to_owned(), place.range().start));
        if place.is_none_or(|place| self.seen.insert(place)) {
            self.found.push(finding);
        }
    }
}

/// The text of a `$ref` with nothing beside it.
fn only_reference(value: &Value) -> Option<&str> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    members.get("$ref")?.as_str()
}

#[cfg(test)]
mod tests;
