//! Reads YAML and JSON documents, and keeps where each node stood.

mod json;
mod places;
mod scalar;
mod yaml;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Source};
use crate::pointer;

pub(crate) use places::{Below, Places};

/// How deeply nodes may be nested: `serde_json` reads 128 levels back.
const MAX_DEPTH: usize = 120;

/// A document as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) root: Value,
    pub(crate) places: Places,
    /// The files that it was read from.
    pub(crate) files: Vec<PathBuf>,
}

impl Document {
    /// The document's tree, in the order of the file.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Where the node at a JSON Pointer (RFC 6901) stands; where there is no such node, its nearest ancestor.
    pub fn place(&self, pointer: &str) -> Place {
        self.places.find(pointer).place().clone()
    }

    fn new(root: Value, places: Places) -> Self {
        Self {
            root,
            places,
            files: Vec::new(),
        }
    }

    /// The files that it was read from, the first of which points at the others.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Puts `value` under the key `name` of the root.
    pub(crate) fn set(&mut self, name: &str, value: Value, places: Places) {
        let is_new = value.as_object().is_some_and(|members| !members.is_empty());
        if let (Value::Object(members), Below::Members(below)) =
            (&mut self.root, &mut self.places.below)
            && (is_new || members.contains_key(name))
        {
            members.insert(name.to_owned(), value);
            below.insert(name.to_owned(), places);
        }
    }

    /// The node that the keys and indices of `path` lead to, and its places.
    pub(crate) fn node_mut(&mut self, path: &[String]) -> Option<(&mut Value, &mut Places)> {
        let mut here = (&mut self.root, &mut self.places);
        for name in path {
            here = (pointer::child_mut(here.0, name)?, here.1.child_mut(name)?);
        }
        Some(here)
    }
}

/// Reads the document in a file. What it refers to in other files is brought in when it is lowered.
///
/// # Errors
/// One diagnostic for each thing that is wrong with it.
pub fn file(path: &Path) -> Result<Document, Diagnostics> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        Diagnostic::error(
            Code::UnreadableFile,
            format!("cannot read `{name}`: {error}"),
            "check the path and the permissions of the file",
        )
    })?;
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(&name, error))?;
    let mut document = self::text(&name, &text)?;
    document.files.push(path.to_owned());
    Ok(document)
}

fn not_utf8(name: &str, error: std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let source = Source::new(name, String::from_utf8_lossy(error.as_bytes()).into_owned());
    Diagnostic::error(Code::NotUtf8, "the file is not UTF-8", "save it as UTF-8").at(Place::new(
        Arc::new(source),
        at,
        at,
    ))
}

/// Reads the document in `text`, which messages call `name`.
///
/// # Errors
/// One diagnostic for each thing that is wrong with it.
pub fn text(name: &str, text: &str) -> Result<Document, Diagnostics> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Arc::new(Source::new(name, text));
    if json::is_json(&source) {
        json::read(&source)
    } else {
        yaml::read(&source)
    }
}

fn empty(source: &Arc<Source>) -> Diagnostic {
    Diagnostic::error(
        Code::EmptyDocument,
        "the file holds no document",
        "write one, or name another file",
    )
    .at(Place::new(Arc::clone(source), 0, 0))
}

fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::TooDeep,
        format!("more than {MAX_DEPTH} levels of nodes"),
        "give inner schemas a name under `components` and point at them by `$ref`",
    )
    .at(place)
}

fn duplicate(key: &str, place: Place, first: &Places) -> Diagnostic {
    Diagnostic::error(
        Code::DuplicateKey,
        format!("the key `{key}` is here twice"),
        "remove one of the two, or rename it",
    )
    .at(place)
    .with(first.place().clone(), "first here")
}

/// How many nodes there are in `value`.
pub(crate) fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// A finding for the first node of `document` that is nested too deeply.
pub(crate) fn depth(document: &Document) -> Option<Diagnostic> {
    fn deepest(places: &Places, left: usize) -> Option<Diagnostic> {
        let Some(left) = left.checked_sub(1) else {
            return Some(too_deep(places.place().clone()));
        };
        match &places.below {
            Below::Nothing => None,
            Below::Items(items) => items.iter().find_map(|item| deepest(item, left)),
            Below::Members(members) => members.values().find_map(|member| deepest(member, left)),
        }
    }
    deepest(&document.places, MAX_DEPTH + 1)
}

#[cfg(test)]
mod tests;
