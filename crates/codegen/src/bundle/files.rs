//! The files of a document, each read once.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use super::resources::Resources;
use super::target::Target;
use crate::diagnostic::Diagnostics;
use crate::load::{self, Document, Places};
use crate::pointer;

/// One file and what it calls its parts.
pub(super) struct File {
    pub(super) path: Option<PathBuf>,
    pub(super) document: Document,
    pub(super) resources: Resources,
}

/// All files; the first is the document itself.
pub(super) struct Files {
    pub(super) all: Vec<File>,
    by_path: HashMap<PathBuf, Option<usize>>,
}

impl Files {
    pub(super) fn new(document: Document, path: Option<&Path>) -> Self {
        let mut files = Self {
            all: Vec::new(),
            by_path: HashMap::new(),
        };
        files.add(document, path.map(normal));
        files
    }

    fn add(&mut self, document: Document, path: Option<PathBuf>) -> usize {
        let number = self.all.len();
        if let Some(path) = &path {
            self.by_path.insert(path.clone(), Some(number));
        }
        self.all.push(File {
            path,
            resources: Resources::of(&document.root),
            document,
        });
        number
    }

    pub(super) fn get(&self, number: usize) -> Option<&File> {
        self.all.get(number)
    }

    /// Where `relative` leads from a file; `None` where the file stands nowhere.
    pub(super) fn path(&self, from: usize, relative: &str) -> Option<PathBuf> {
        let base = self.get(from)?.path.as_ref()?;
        let folder = base.parent().unwrap_or(Path::new(""));
        Some(normal(&folder.join(relative)))
    }

    /// The file at `path`, read if it was not yet. A file with faults is none, and they are told once.
    pub(super) fn read(&mut self, path: &Path) -> Result<Option<usize>, Diagnostics> {
        if let Some(known) = self.by_path.get(path) {
            return Ok(*known);
        }
        match load::file(path) {
            Ok(document) => Ok(Some(self.add(document, Some(path.to_owned())))),
            Err(found) => {
                self.by_path.insert(path.to_owned(), None);
                Err(found)
            }
        }
    }

    /// The node at a target.
    pub(super) fn find(&self, target: &Target) -> Option<(&Value, &Places)> {
        let document = &self.get(target.file)?.document;
        let mut here = (&document.root, &document.places);
        for token in &target.tokens {
            here = (pointer::child(here.0, token)?, here.1.child(token)?);
        }
        Some(here)
    }

    /// The paths of all that was read.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.all
            .iter()
            .filter_map(|file| file.path.clone())
            .collect()
    }
}

/// `path` without `.` and without `..` after a name.
fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_path() {
        for (path, wanted) in [
            ("a/./b/../c.yaml", "a/c.yaml"),
            ("../a.yaml", "../a.yaml"),
            ("a/../../b.yaml", "../b.yaml"),
            ("/a/../b", "/b"),
        ] {
            assert_eq!(normal(Path::new(path)), Path::new(wanted));
        }
    }
}
