//! A node of the contract with its places, of which findings are made.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::{Document, Places};

/// A node of the contract and its places.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) places: &'a Places,
}

impl<'a> Node<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self {
            value: &document.root,
            places: &document.places,
        }
    }

    /// The child with this value, of this name.
    pub(super) fn child(self, name: &str, value: &'a Value) -> Self {
        Self {
            value,
            ..self.shown_at(name)
        }
    }

    /// The same node, to be shown at its field `name`.
    pub(super) fn shown_at(self, name: &str) -> Self {
        Self {
            places: self.places.child(name).unwrap_or(self.places),
            ..self
        }
    }

    /// A finding about the node, shown at its key.
    pub(super) fn finding(
        self,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message, help).at(self.places.place().clone())
    }

    /// A finding about the value of the node: shown at the value where it is a plain one.
    pub(super) fn value_finding(
        self,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        let place = match self.value {
            Value::Array(_) | Value::Object(_) => self.places.place(),
            _ if self.places.node.range().is_empty() => self.places.place(),
            _ => &self.places.node,
        };
        Diagnostic::error(code, message, help).at(place.clone())
    }
}
