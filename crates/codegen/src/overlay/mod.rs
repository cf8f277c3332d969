//! Applies OpenAPI Overlay documents, so that a vendor's file stays as the vendor wrote it.
//!
//! Overlay Specification 1.0.0, with two choices of our own: an action whose target selects nothing is an error, for it
//! does nothing that its author meant, and `remove` takes away values of every type, not objects and arrays only.

mod action;
mod remove;
mod update;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use crate::builder;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::load::{self, Document};

use action::{Action, Effect};

/// A document with its overlays applied.
#[derive(Clone, Debug)]
pub struct Amended(pub(crate) Document);

impl Amended {
    /// The document as JSON.
    ///
    /// # Errors
    /// A fault of the generator.
    pub fn json(&self) -> Result<String, Diagnostics> {
        builder::json(self.0.root())
    }

    /// The document as YAML.
    ///
    /// # Errors
    /// A fault of the generator.
    pub fn yaml(&self) -> Result<String, Diagnostics> {
        builder::yaml(self.0.root())
    }
}

/// How many nodes all updates together may add: actions that feed on one another would not end otherwise.
const MAX_ADDED: usize = 200_000;

/// Applies `overlays` to `document`, in order.
///
/// Nodes that come from an overlay keep their place there, so that a later diagnostic points into the overlay.
///
/// # Errors
/// One diagnostic for each fault in an overlay, and for each action that cannot be applied.
pub fn apply(document: Document, overlays: &[Document]) -> Result<Amended, Diagnostics> {
    let mut document = document;
    let mut found = Diagnostics::new();
    let mut left = MAX_ADDED;
    for overlay in overlays {
        for action in action::read(overlay, &mut found) {
            act(&mut document, &action, &mut left, &mut found);
        }
    }
    found.extend(load::depth(&document));
    found.or(Amended(document))
}

fn act(document: &mut Document, action: &Action<'_>, left: &mut usize, found: &mut Diagnostics) {
    let path = match JsonPath::parse(action.target) {
        Ok(path) => path,
        Err(error) => {
            found.push(invalid_target(
                action.target,
                &error.to_string(),
                action.place,
            ));
            return;
        }
    };
    let selected = path.query_located(&document.root).dedup();
    let paths: Vec<Vec<String>> = selected
        .locations()
        .map(|path| path.iter().map(token).collect())
        .collect();
    if paths.is_empty() {
        found.push(unmatched(action.target, action.place));
        return;
    }
    match action.effect {
        Effect::Remove => remove::remove(document, paths, action.place, found),
        Effect::Update(value, places) => {
            let Some(rest) = left.checked_sub(size(value).saturating_mul(paths.len())) else {
                found.push(too_large(action.place));
                return;
            };
            *left = rest;
            for path in &paths {
                if let Some((target, here)) = document.node_mut(path) {
                    update::update(target, here, value, places, found);
                }
            }
        }
    }
}

fn token(element: &PathElement<'_>) -> String {
    match element {
        PathElement::Name(name) => (*name).to_owned(),
        PathElement::Index(index) => index.to_string(),
    }
}

/// How many nodes there are in `value`.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

fn too_large(place: &Place) -> Diagnostic {
    Diagnostic::error(
        Code::ExpansionTooLarge,
        format!("the updates add more than {MAX_ADDED} nodes"),
        "narrow the target, or put what is repeated under `components` and point at it by `$ref`",
    )
    .at(place.clone())
}

fn invalid_target(target: &str, reason: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidTarget,
        format!("`{target}` is no JSONPath: {reason}"),
        "write a path as RFC 9535 has it, such as `$.paths['/pets'].get`",
    )
    .at(place.clone())
}

fn unmatched(target: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(
        Code::UnmatchedTarget,
        format!("`{target}` selects nothing"),
        "correct the path, or remove the action if the document no longer needs it",
    )
    .at(place.clone())
}

#[cfg(test)]
mod tests;
