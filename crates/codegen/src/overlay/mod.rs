//! Applies OpenAPI Overlay documents, so that a vendor's file stays as the vendor wrote it.
//!
//! Overlay Specification 1.0.0 and 1.1.0, with two choices of our own: an action whose target selects nothing is an error, for it
//! does nothing that its author meant, and `remove` takes away values of every type, not objects and arrays only.
//!
//! Targets select in the document as it is written: what it refers to in other files is brought in afterwards, so that an
//! overlay can say where a reference leads.

mod action;
mod remedy;
mod remove;
mod update;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use crate::builder;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::load::{self, Document, Places};

use action::{Action, Effect, Version};
pub(crate) use remedy::action as remedy;

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
        document.files.extend(overlay.files.iter().cloned());
        let (version, actions) = action::read(overlay, &mut found);
        for action in actions {
            act(&mut document, &action, version, &mut left, &mut found);
        }
    }
    found.extend(load::depth(&document));
    found.or(Amended(document))
}

fn act(
    document: &mut Document,
    action: &Action<'_>,
    version: Version,
    left: &mut usize,
    found: &mut Diagnostics,
) {
    let Some(paths) = select(document, action.target, action.place, found) else {
        return;
    };
    let (value, places) = match action.effect {
        Effect::Remove => return remove::remove(document, paths, action.place, found),
        Effect::Update(value, places) => (value.clone(), places.clone()),
        Effect::Copy(from, place) => match copied(document, from, place, found) {
            Some(copied) => copied,
            None => return,
        },
    };
    let Some(rest) = left.checked_sub(load::size(&value).saturating_mul(paths.len())) else {
        found.push(too_large(action.place));
        return;
    };
    *left = rest;
    for path in &paths {
        if let Some((target, here)) = document.node_mut(path) {
            update::update(target, here, (&value, &places), version, found);
        }
    }
}

/// The nodes that a JSONPath selects, at least one.
fn select(
    document: &Document,
    path: &str,
    place: &Place,
    found: &mut Diagnostics,
) -> Option<Vec<Vec<String>>> {
    let parsed = match JsonPath::parse(path) {
        Ok(parsed) => parsed,
        Err(error) => {
            found.push(invalid_target(path, &error.to_string(), place));
            return None;
        }
    };
    let selected = parsed.query_located(&document.root).dedup();
    let paths: Vec<Vec<String>> = selected
        .locations()
        .map(|path| path.iter().map(token).collect())
        .collect();
    if paths.is_empty() {
        found.push(unmatched(path, place));
        return None;
    }
    Some(paths)
}

/// The one node that `copy` selects, as it is before the action.
fn copied(
    document: &mut Document,
    from: &str,
    place: &Place,
    found: &mut Diagnostics,
) -> Option<(Value, Places)> {
    let paths = select(document, from, place, found)?;
    let [path] = paths.as_slice() else {
        let message = format!("`{from}` selects {} nodes; `copy` takes one", paths.len());
        let help = "narrow the path until it selects the node that is meant";
        found.push(Diagnostic::error(Code::InvalidTarget, message, help).at(place.clone()));
        return None;
    };
    let (value, places) = document.node_mut(path)?;
    Some((value.clone(), places.clone()))
}

fn token(element: &PathElement<'_>) -> String {
    match element {
        PathElement::Name(name) => (*name).to_owned(),
        PathElement::Index(index) => index.to_string(),
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
