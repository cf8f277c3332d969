//! Path templates to a tree of segments.

use super::operations::Place;
use super::refs;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;
use crate::ir::Route;

/// The tree as it grows.
#[derive(Debug, Default)]
pub struct Routes {
    root: Route,
}

impl Routes {
    /// Mounts operation `number` at its template below `base`.
    ///
    /// # Errors
    /// A template that is no sequence of whole segments, or that is equal to another one but for the names of its variables.
    pub fn add(
        &mut self,
        lowered: &Lowered,
        base: &str,
        place: &Place<'_>,
        number: usize,
    ) -> Result<(), Diagnostic> {
        let template = format!("{base}{}", place.path);
        let mut node = &mut self.root;
        for segment in template.strip_prefix('/').unwrap_or(&template).split('/') {
            node = match segment_of(segment) {
                Some(Segment::Variable) => node.variable.get_or_insert_default(),
                Some(Segment::Literal) => literal(node, segment),
                None => return Err(mixed(lowered, place, segment)),
            };
        }
        let method = place.method.to_uppercase();
        if node.operations.iter().any(|(known, _)| *known == method) {
            return Err(equal(lowered, place, &method));
        }
        node.operations.push((method, number));
        Ok(())
    }

    /// The whole tree.
    pub fn finish(self) -> Route {
        self.root
    }
}

fn equal(lowered: &Lowered, place: &Place<'_>, method: &str) -> Diagnostic {
    let finding = lowered.error(
        Code::EqualPaths,
        &refs::join("/paths", place.path),
        format!(
            "`{method} {}` is also the path of another operation",
            place.path
        ),
        "templates that differ only in the names of their variables are equal: keep one",
    );
    let mut paths = lowered.openapi().paths.paths.keys();
    match paths.find(|path| *path != place.path && is_equal(path, place.path)) {
        Some(other) => finding.with(lowered.place(&refs::join("/paths", other)), "also here"),
        None => finding,
    }
}

/// Whether two templates differ in the names of their variables only.
fn is_equal(one: &str, other: &str) -> bool {
    let same = |(one, other): (&str, &str)| {
        one == other || (one.starts_with('{') && other.starts_with('{'))
    };
    one.split('/').count() == other.split('/').count()
        && one.split('/').zip(other.split('/')).all(same)
}

fn mixed(lowered: &Lowered, place: &Place<'_>, segment: &str) -> Diagnostic {
    lowered.error(
        Code::UnsupportedPath,
        &refs::join("/paths", place.path),
        format!(
            "the segment `{segment}` is neither plain text nor one variable, which is not supported"
        ),
        "let the variable be a whole segment",
    )
}

fn literal<'r>(node: &'r mut Route, segment: &str) -> &'r mut Route {
    let known = node.literal.iter().position(|(text, _)| text == segment);
    let place = known.unwrap_or(node.literal.len());
    if known.is_none() {
        node.literal.push((segment.to_owned(), Route::default()));
    }
    // The place is within the list: it was found there, or the segment was just pushed.
    #[expect(clippy::indexing_slicing, reason = "the place is within the list")]
    let (_, below) = &mut node.literal[place];
    below
}

enum Segment {
    Literal,
    Variable,
}

fn segment_of(segment: &str) -> Option<Segment> {
    if !segment.contains(['{', '}', '?', '#']) {
        return Some(Segment::Literal);
    }
    let inner = segment.strip_prefix('{')?.strip_suffix('}')?;
    (!inner.is_empty() && !inner.contains(['{', '}'])).then_some(Segment::Variable)
}

/// The names of the variables of a template, in order.
pub fn variables(path: &str) -> Vec<&str> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing;

    #[test]
    fn the_tree_has_a_node_for_each_segment() {
        let api = testing::api(
            r#"
            servers: [{ url: 'https://a.example/base' }]
            paths:
              /a/b: { get: { responses: { '204': { description: x } } } }
              /a/b/: { post: { responses: { '204': { description: x } } } }
            "#,
        );
        let (name, base) = &api.routes.literal[0];
        assert_eq!(name, "base");
        let b = &base.literal[0].1.literal[0].1;
        assert_eq!(b.operations, [("GET".to_owned(), 0)]);
        assert_eq!(b.literal[0].1.operations, [("POST".to_owned(), 1)]);
    }

    #[test]
    fn equal_templates_are_refused() {
        let codes = testing::codes(
            r#"
            paths:
              /{a}: { get: { parameters: [{ name: a, in: path, required: true, schema: { type: string } }], responses: { '204': { description: x } } } }
              /{b}: { get: { parameters: [{ name: b, in: path, required: true, schema: { type: string } }], responses: { '204': { description: x } } } }
            "#,
        );
        assert_eq!(codes, ["equal-paths"]);
    }
}
