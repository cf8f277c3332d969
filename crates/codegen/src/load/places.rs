//! Where each node of a document stood: a tree beside the document's own.

use std::collections::HashMap;

use crate::diagnostic::Place;
use crate::pointer::unescaped;

/// The place of one node, of its key, and of all below it.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The key under which it stands in an object.
    pub(crate) key: Option<Place>,
    /// The node itself.
    pub(crate) node: Place,
    pub(crate) below: Below,
}

/// The places of a node's children.
#[derive(Clone, Debug)]
pub(crate) enum Below {
    Nothing,
    Items(Vec<Places>),
    Members(HashMap<String, Places>),
}

impl Places {
    /// A node without children.
    pub(crate) fn leaf(node: Place) -> Self {
        Self {
            key: None,
            node,
            below: Below::Nothing,
        }
    }

    /// The place of the same object, without a key and with no members.
    pub(crate) fn without_children(&self) -> Self {
        Self {
            key: None,
            node: self.node.clone(),
            below: Below::Members(HashMap::new()),
        }
    }

    /// Where to point for this node: at its key where it has one, which is short and says what it is.
    pub(crate) fn place(&self) -> &Place {
        self.key.as_ref().unwrap_or(&self.node)
    }

    /// The member `name` of an object, or the item whose index `name` is.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        match &self.below {
            Below::Nothing => None,
            Below::Items(items) => items.get(name.parse::<usize>().ok()?),
            Below::Members(members) => members.get(name),
        }
    }

    /// [`Self::child`], to change it.
    pub(crate) fn child_mut(&mut self, name: &str) -> Option<&mut Self> {
        match &mut self.below {
            Below::Nothing => None,
            Below::Items(items) => items.get_mut(name.parse::<usize>().ok()?),
            Below::Members(members) => members.get_mut(name),
        }
    }

    /// The node at a JSON Pointer, or the nearest ancestor there is.
    pub(crate) fn find(&self, pointer: &str) -> &Self {
        let mut here = self;
        for token in pointer.split('/').skip(1) {
            match here.child(&unescaped(token)) {
                Some(child) => here = child,
                None => break,
            }
        }
        here
    }
}
