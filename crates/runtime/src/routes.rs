//! The tree of a contract's path templates.

/// A node of the tree: what may follow in a path.
///
/// A template is taken without its first `/` and split at each `/`; so `/` is one empty segment, and `/a/`
/// ends in an empty one.
#[derive(Debug)]
pub struct Node {
    /// Literal segments, percent-decoded, in any order.
    pub literal: &'static [(&'static str, Node)],
    /// What follows a segment that is a parameter.
    pub variable: Option<&'static Node>,
    /// Methods of the path that ends here, in upper case, with the operation's index.
    pub operations: &'static [(&'static str, usize)],
}

/// Where a parameter stands in the path: start and end, in bytes.
pub(crate) type Captures = Vec<(usize, usize)>;

impl Node {
    /// The node of `path`, which starts with `/`, and the segments that are parameters.
    ///
    /// Literals win over parameters; a path that leads nowhere is left again. Every node is visited once at
    /// most, since one path leads to it.
    pub(crate) fn find(&'static self, path: &str) -> Option<(&'static Self, Captures)> {
        let mut captures = Captures::new();
        path.strip_prefix('/')?;
        let node = self.descend(path, Some(1), &mut captures)?;
        Some((node, captures))
    }

    fn descend(
        &'static self,
        path: &str,
        start: Option<usize>,
        captures: &mut Captures,
    ) -> Option<&'static Self> {
        let Some(start) = start else {
            return (!self.operations.is_empty()).then_some(self);
        };
        let rest = path.get(start..)?;
        let length = rest.find('/').unwrap_or(rest.len());
        let segment = rest.get(..length)?;
        let next = (length < rest.len()).then_some(start + length + 1);
        let literal = self.literal.iter().find(|(text, _)| same(text, segment));
        if let Some((_, node)) = literal
            && let Some(found) = node.descend(path, next, captures)
        {
            return Some(found);
        }
        let node = self.variable.filter(|_| !segment.is_empty())?;
        captures.push((start, start + length));
        let found = node.descend(path, next, captures);
        if found.is_none() {
            captures.pop();
        }
        found
    }
}

fn same(literal: &str, segment: &str) -> bool {
    literal == segment
        || (segment.contains('%')
            && crate::percent::decode(segment).is_some_and(|segment| segment == literal))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn end(operation: usize) -> Node {
        Node {
            literal: &[],
            variable: None,
            operations: match operation {
                0 => &[("GET", 0)],
                1 => &[("GET", 1)],
                2 => &[("GET", 2)],
                _ => &[("GET", 3)],
            },
        }
    }

    /// `/`, `/a/b/d`, `/a/{x}/c`, `/a/`.
    static TREE: Node = Node {
        literal: &[("", end(0)), ("a", A)],
        variable: None,
        operations: &[],
    };
    const A: Node = Node {
        literal: &[("b", B), ("", end(3))],
        variable: Some(&X),
        operations: &[],
    };
    const B: Node = Node {
        literal: &[("d", end(1))],
        variable: None,
        operations: &[],
    };
    static X: Node = Node {
        literal: &[("c", end(2))],
        variable: None,
        operations: &[],
    };

    fn find(path: &str) -> Option<(usize, Vec<&str>)> {
        let (node, captures) = TREE.find(path)?;
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
    }

    #[test]
    fn a_trailing_slash_is_another_path() {
        assert_eq!(find("/a/"), Some((3, vec![])));
        for path in ["", "*", "/a", "/a/b", "/a/b/d/", "/a//c", "/a%2Fb/d"] {
            assert_eq!(find(path), None, "{path}");
        }
    }
}
