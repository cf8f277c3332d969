//! The tree of a contract's path templates.

mod pattern;
mod when;

pub use when::When;

/// A node of the tree: what may follow in a path. The first of a contract's nodes is the root.
///
/// A template is taken without its first `/` and split at each `/`; so `/` is one empty segment, and `/a/`
/// ends in an empty one.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    edges: &'static [Edge],
    operations: &'static [(&'static str, usize)],
    variants: &'static [(&'static str, &'static [When], usize)],
}

/// A segment, and the number of the node that it leads to.
#[derive(Clone, Copy, Debug)]
pub enum Edge {
    /// This text, percent-decoded.
    Literal(&'static str, usize),
    /// Text and parameters in turn, neither empty but for the first and the last text: `{a}.{b}` is `["", ".", ""]`.
    Pattern(&'static [&'static str], usize),
    /// Any segment that is not empty: a parameter.
    Variable(usize),
}

/// Where a parameter stands in the path: start and end, in bytes.
pub(crate) type Captures = Vec<(usize, usize)>;

impl Node {
    /// A node with these segments below it: first the literal ones in the order of their bytes, then the others in the order
    /// in which they are tried. The methods of the path that ends here are in upper case, each with the operation's number.
    #[must_use]
    pub const fn new(edges: &'static [Edge], operations: &'static [(&'static str, usize)]) -> Self {
        Self {
            edges,
            operations,
            variants: &[],
        }
    }

    /// The same, with operations that are told apart by more than their methods. They come before the others, the first that
    /// fits being taken.
    #[must_use]
    pub const fn variants(
        mut self,
        variants: &'static [(&'static str, &'static [When], usize)],
    ) -> Self {
        self.variants = variants;
        self
    }

    /// The operations of this method for which `holds`, in the order in which they are tried.
    pub(crate) fn operation(&self, method: &str, holds: impl Fn(&When) -> bool) -> Option<usize> {
        let mut variants = self.variants.iter();
        let variant = variants.find(|(own, when, _)| *own == method && when.iter().all(&holds));
        let mut plain = self.operations.iter();
        variant.map(|(_, _, number)| *number).or_else(|| {
            plain
                .find(|(own, _)| *own == method)
                .map(|(_, number)| *number)
        })
    }

    /// The methods of the path, each with an operation's number.
    pub(crate) fn methods(&self) -> impl Iterator<Item = (&'static str, usize)> + use<> {
        let variants = self.variants.iter();
        let variants = variants.map(|(method, _, number)| (*method, *number));
        self.operations.iter().copied().chain(variants)
    }

    fn ends(&self) -> bool {
        !self.operations.is_empty() || !self.variants.is_empty()
    }
}

/// The node of `path`, which starts with `/`, and the parts of it that are parameters.
///
/// At each segment a literal wins over a pattern, and a pattern over a parameter; a path that leads nowhere is left again.
/// Every node is visited once at most, since one path leads to it.
pub(crate) fn find(nodes: &'static [Node], path: &str) -> Option<(&'static Node, Captures)> {
    let mut captures = Captures::new();
    path.strip_prefix('/')?;
    let node = descend(nodes, 0, path, Some(1), &mut captures)?;
    Some((node, captures))
}

fn descend(
    nodes: &'static [Node],
    number: usize,
    path: &str,
    start: Option<usize>,
    captures: &mut Captures,
) -> Option<&'static Node> {
    let node = nodes.get(number)?;
    let Some(start) = start else {
        return node.ends().then_some(node);
    };
    let rest = path.get(start..)?;
    let length = rest.find('/').unwrap_or(rest.len());
    let segment = rest.get(..length)?;
    let next = (length < rest.len()).then_some(start + length + 1);
    let decoded = crate::percent::decode(segment);
    let text = decoded.as_deref().unwrap_or(segment);
    let before = |edge: &Edge| matches!(edge, Edge::Literal(literal, _) if *literal < text);
    let from = node.edges.partition_point(before);
    if let Some(Edge::Literal(literal, below)) = node.edges.get(from)
        && *literal == text
        && let Some(found) = descend(nodes, *below, path, next, captures)
    {
        return Some(found);
    }
    let known = captures.len();
    for edge in node.edges {
        let below = match edge {
            Edge::Literal(..) => continue,
            Edge::Pattern(texts, below) => {
                let Some(parts) = pattern::captures(texts, segment) else {
                    continue;
                };
                captures.extend(parts.into_iter().map(|(s, e)| (start + s, start + e)));
                below
            }
            Edge::Variable(below) if !segment.is_empty() => {
                captures.push((start, start + length));
                below
            }
            Edge::Variable(_) => continue,
        };
        if let Some(found) = descend(nodes, *below, path, next, captures) {
            return Some(found);
        }
        captures.truncate(known);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Edge::{Literal, Pattern, Variable};
    use super::*;

    /// `/`, `/a/b/d`, `/a/{x}/c`, `/a/`, `/a/{x}.{y}`, `/a/{x}`.
    static TREE: &[Node] = &[
        Node::new(&[Literal("", 1), Literal("a", 2)], &[]),
        Node::new(&[], &[("GET", 0)]),
        Node::new(
            &[
                Literal("", 3),
                Literal("b", 4),
                Pattern(&["", ".", ""], 8),
                Variable(6),
            ],
            &[],
        ),
        Node::new(&[], &[("GET", 3)]),
        Node::new(&[Literal("d", 5)], &[]),
        Node::new(&[], &[("GET", 1)]),
        Node::new(&[Literal("c", 7)], &[("GET", 5)]),
        Node::new(&[], &[("GET", 2)]),
        Node::new(&[], &[("GET", 4)]),
    ];

    fn find(path: &str) -> Option<(usize, Vec<&str>)> {
        let (node, captures) = super::find(TREE, path)?;
        let segments = captures.into_iter().map(|(s, e)| &path[s..e]).collect();
        Some((node.operations[0].1, segments))
    }

    #[test]
    fn literals_win_and_dead_ends_are_left() {
        assert_eq!(find("/"), Some((0, vec![])));
        assert_eq!(find("/a/b/d"), Some((1, vec![])));
        assert_eq!(find("/a/b/c"), Some((2, vec!["b"])));
        assert_eq!(find("/a/b%2Fd/c"), Some((2, vec!["b%2Fd"])));
        assert_eq!(find("/%61/%62/d"), Some((1, vec![])));
        assert_eq!(find("/a/b"), Some((5, vec!["b"])));
    }

    #[test]
    fn patterns_come_before_parameters() {
        assert_eq!(find("/a/b.json"), Some((4, vec!["b", "json"])));
        assert_eq!(find("/a/b."), Some((5, vec!["b."])));
        assert_eq!(find("/a/b.c/c"), Some((2, vec!["b.c"])));
    }

    #[test]
    fn a_trailing_slash_is_another_path() {
        assert_eq!(find("/a/"), Some((3, vec![])));
        for path in ["", "*", "/a", "/a/b/d/", "/a//c", "/a%2Fb/d"] {
            assert_eq!(find(path), None, "{path}");
        }
    }
}
