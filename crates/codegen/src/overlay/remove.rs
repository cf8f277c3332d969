//! `remove`: takes the nodes that a target selects out of what holds them.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::load::{Below, Document};

/// Removes the nodes at `paths`, which are distinct and all exist.
pub(super) fn remove(
    document: &mut Document,
    paths: Vec<Vec<String>>,
    place: &Place,
    found: &mut Diagnostics,
) {
    let mut by_parent: BTreeMap<Vec<String>, HashSet<String>> = BTreeMap::new();
    for mut path in paths {
        match path.pop() {
            Some(last) => {
                by_parent.entry(path).or_default().insert(last);
            }
            None => found.push(
                Diagnostic::error(
                    Code::UpdateMismatch,
                    "the root of a document cannot be removed",
                    "name the parts to remove, or leave the whole document out",
                )
                .at(place.clone()),
            ),
        }
    }
    // A parent sorts before what is below it: from the end, no removal moves a path still to come.
    for (parent, names) in by_parent.into_iter().rev() {
        remove_below(document, &parent, &names);
    }
}

fn remove_below(document: &mut Document, parent: &[String], names: &HashSet<String>) {
    let Some((value, places)) = document.node_mut(parent) else {
        return;
    };
    match (value, &mut places.below) {
        (Value::Object(members), Below::Members(places)) => {
            members.retain(|name, _| !names.contains(name));
            places.retain(|name, _| !names.contains(name));
        }
        (Value::Array(items), Below::Items(places)) => {
            drop_items(items, names);
            drop_items(places, names);
        }
        _ => {}
    }
}

fn drop_items<T>(items: &mut Vec<T>, names: &HashSet<String>) {
    let mut index = 0;
    items.retain(|_| {
        let keep = !names.contains(&index.to_string());
        index += 1;
        keep
    });
}
