//! The operations of `paths`, in the document's order.

use std::collections::HashSet;

use super::path_items::{self, PathItem};
use super::refs;
use super::selection::Sieve;
use crate::diagnostic::Diagnostics;
use crate::dialect::Lowered;

/// The Path Items of a document.
pub struct Paths {
    items: Vec<Item>,
    total: usize,
    tags: HashSet<Option<String>>,
}

/// A Path Item Object at its path.
pub struct Item {
    /// The key in `paths`.
    pub path: String,
    /// The object.
    pub item: PathItem,
}

impl Paths {
    /// Takes them from the document, with the selected operations only.
    pub fn of(lowered: &Lowered, sieve: &mut Sieve<'_>, found: &mut Diagnostics) -> Self {
        let (mut items, mut total, mut tags) = (Vec::new(), 0, HashSet::new());
        for (path, item) in lowered.openapi().paths.iter() {
            let at = refs::join("/paths", path);
            let item = path_items::of(lowered, item.clone(), at, found);
            let Some(mut item) = found.take(item) else {
                continue;
            };
            total += item.operations.len();
            let operations = item.operations.iter();
            tags.extend(operations.map(|one| one.object.tags.first().cloned()));
            item.operations
                .retain(|one| sieve.takes(&one.method, path, &one.object));
            if !item.operations.is_empty() {
                let path = path.clone();
                items.push(Item { path, item });
            }
        }
        Self { items, total, tags }
    }

    /// How many operations the document has, selected or not.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How many first tags they have, none being one of them.
    pub fn tags(&self) -> usize {
        self.tags.len()
    }

    /// Those with operations, in the document's order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }
}
