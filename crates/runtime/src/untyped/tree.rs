//! Texts under names, and under names within names: what a form, a query or one of its parameters holds.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use crate::decode::Pairs;

/// What stands under a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node<'a> {
    /// Texts, in the order in which they are given.
    Texts(Vec<Cow<'a, str>>),
    /// Further names.
    Members(Members<'a>),
    /// What a text was, where the contract says that it is JSON.
    Json(Value),
}

/// Names, each once, in the order in which they are given.
pub(crate) type Members<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// More names within names than these are refused: they cost many times their octets.
const MAX_DEPTH: usize = 16;

/// [`Members`] as they grow.
#[derive(Debug, Default)]
pub(crate) struct Tree<'a> {
    branches: Vec<(Cow<'a, str>, Branch<'a>)>,
    /// Where each name stands in `branches`.
    places: HashMap<Cow<'a, str>, usize>,
}

#[derive(Debug, Default)]
struct Branch<'a> {
    texts: Vec<Cow<'a, str>>,
    below: Tree<'a>,
}

impl<'a> Tree<'a> {
    /// Adds a text under a name.
    pub(crate) fn push(&mut self, name: Cow<'a, str>, text: Cow<'a, str>) {
        self.branch(name).texts.push(text);
    }

    /// Adds a text under names within names; false where they are too many. An empty last name is an item of a list: `a[]`.
    pub(crate) fn insert<'n>(
        &mut self,
        path: impl Iterator<Item = &'n str>,
        text: Cow<'a, str>,
    ) -> bool {
        let mut path: Vec<&str> = path.take(MAX_DEPTH + 2).collect();
        if path.len() > 1 && path.last() == Some(&"") {
            path.pop();
        }
        let Some((last, above)) = path.split_last() else {
            return false;
        };
        if above.len() >= MAX_DEPTH {
            return false;
        }
        let mut here = self;
        for name in above {
            here = &mut here.branch(Cow::Owned((*name).to_owned())).below;
        }
        here.push(Cow::Owned((*last).to_owned()), text);
        true
    }

    fn branch(&mut self, name: Cow<'a, str>) -> &mut Branch<'a> {
        let place = *self.places.entry(name.clone()).or_insert_with(|| {
            self.branches.push((name, Branch::default()));
            self.branches.len() - 1
        });
        // The place is within the list: it was found there, or the branch was just pushed.
        #[expect(clippy::indexing_slicing, reason = "the place is within the list")]
        let (_, branch) = &mut self.branches[place];
        branch
    }

    /// The names with what stands under each. Where texts and further names stand under one, the names count.
    pub(crate) fn into_members(self) -> Members<'a> {
        let branches = self.branches.into_iter();
        branches
            .map(|(name, Branch { texts, below })| {
                let node = match below.branches.is_empty() {
                    true => Node::Texts(texts),
                    false => Node::Members(below.into_members()),
                };
                (name, node)
            })
            .collect()
    }
}

/// The names with their texts, where no names stand within names.
pub(crate) fn flat(members: Members<'_>) -> Result<Pairs<'_>, Members<'_>> {
    if !members
        .iter()
        .all(|(_, node)| matches!(node, Node::Texts(_)))
    {
        return Err(members);
    }
    let pairs = members.into_iter().filter_map(|(name, node)| match node {
        Node::Texts(texts) => Some((name, texts)),
        Node::Members(_) | Node::Json(_) => None,
    });
    Ok(pairs.collect())
}

/// The opposite of [`flat`].
pub(crate) fn nested(pairs: Pairs<'_>) -> Members<'_> {
    let members = pairs.into_iter();
    members
        .map(|(name, texts)| (name, Node::Texts(texts)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'a>(all: &[&'a str]) -> Node<'a> {
        Node::Texts(all.iter().map(|text| Cow::Borrowed(*text)).collect())
    }

    #[test]
    fn names_gather_what_stands_under_them() {
        let mut tree = Tree::default();
        assert!(tree.insert("a][".split("]["), "1".into()));
        assert!(tree.insert("b][c".split("]["), "2".into()));
        assert!(tree.insert("a".split("]["), "3".into()));
        let below = Node::Members(vec![("c".into(), texts(&["2"]))]);
        let members = tree.into_members();
        let expected = vec![("a".into(), texts(&["1", "3"])), ("b".into(), below)];
        assert_eq!(members, expected);
        assert!(flat(members).is_err());
    }

    #[test]
    fn depth_is_bounded() {
        let mut tree = Tree::default();
        let path = vec!["a"; MAX_DEPTH + 1];
        assert!(!tree.insert(path.iter().copied(), "1".into()));
        assert!(tree.insert(path.iter().copied().skip(1), "1".into()));
    }
}
