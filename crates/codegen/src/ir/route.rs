//! The tree of path segments.

use std::collections::BTreeMap;

/// A node of the tree, of which the root is the first: what lies below one place in the paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Segments that are spelled out, percent-decoded, and the number of the node below each.
    pub literals: BTreeMap<String, usize>,
    /// Segments of text and variables in turn, in the order in which they are tried: the texts, and the node below.
    pub patterns: Vec<(Vec<String>, usize)>,
    /// The node below any segment.
    pub variable: Option<usize>,
    /// The operations that end here, in the order in which they are tried.
    pub operations: Vec<Ending>,
}

/// An operation at the end of its path.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// Method, as it stands in requests.
    pub method: String,
    /// What must hold beyond path and method.
    pub when: Vec<When>,
    /// Number of the operation.
    pub operation: usize,
}

/// What tells operations apart that have one path and one method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// The query has a parameter of this name.
    QueryHas(String),
    /// The query has a parameter of this name with this value.
    Query(String, String),
    /// A header field of this name, in lower case, has this value.
    Header(String, String),
}
