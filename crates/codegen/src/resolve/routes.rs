//! Path templates to one tree of segments.

use super::operations::Place;
use super::template::{self, Segment, Template};
use super::{ambiguity, refs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Ending, Operation, Route};

/// An operation, and where its template stands.
pub struct Mounted<'p> {
    /// Where the operation stands.
    pub place: &'p Place<'p>,
    /// The paths of its servers.
    pub bases: Vec<String>,
}

/// The tree of all templates. Below the first of its servers' paths each operation has its place; below a further one it
/// gives way to those that have theirs there.
pub fn resolve(
    lowered: &Lowered,
    mounted: &[Mounted<'_>],
    operations: &[Operation],
    found: &mut Diagnostics,
) -> Vec<Route> {
    let mut routes = Routes {
        lowered,
        mounted,
        nodes: vec![Route::default()],
    };
    let most = mounted.iter().map(|one| one.bases.len()).max();
    for round in 0..most.unwrap_or(0) {
        for (number, one) in mounted.iter().enumerate() {
            if let Some(base) = one.bases.get(round) {
                let node = found.take(routes.node(base, one.place));
                if let Some(node) = node {
                    routes.end(node, number, operations, round > 0, found);
                }
            }
        }
    }
    for one in mounted {
        found.extend(fragment(lowered, one.place));
    }
    routes.order();
    found.extend(ambiguity::warnings(lowered, &routes.nodes, mounted));
    routes.nodes
}

struct Routes<'a> {
    lowered: &'a Lowered,
    mounted: &'a [Mounted<'a>],
    nodes: Vec<Route>,
}

impl Routes<'_> {
    /// The number of the node at the end of the template below `base`.
    fn node(&mut self, base: &str, place: &Place<'_>) -> Result<usize, Diagnostic> {
        let path = format!("{base}{}", Template::of(place.path).path);
        let mut number = 0;
        for text in path.strip_prefix('/').unwrap_or(&path).split('/') {
            let Some(segment) = template::segment(text) else {
                return Err(unsupported(self.lowered, place, text));
            };
            let next = self.nodes.len();
            let Some(node) = self.nodes.get_mut(number) else {
                break;
            };
            number = below(node, segment, next);
            if number == next {
                self.nodes.push(Route::default());
            }
        }
        Ok(number)
    }

    /// Lets operation `number` end at `node`.
    fn end(
        &mut self,
        node: usize,
        number: usize,
        operations: &[Operation],
        gives_way: bool,
        found: &mut Diagnostics,
    ) {
        let Some((node, place)) = self.nodes.get_mut(node).zip(self.mounted.get(number)) else {
            return;
        };
        let place = place.place;
        let when = Template::of(place.path).when();
        let is_rival = |known: &Ending| {
            let other = self.mounted.get(known.operation);
            let other = other.map(|other| Template::of(other.place.path).when());
            known.method == place.method && other.as_ref() == Some(&when)
        };
        let mut ending = Ending {
            method: place.method.to_owned(),
            when: when.clone(),
            operation: number,
        };
        let mut rivals = node
            .operations
            .iter_mut()
            .filter(|known| is_rival(known))
            .peekable();
        if rivals.peek().is_some() {
            // What a request must carry may tell what its path does not.
            for rival in rivals.filter(|rival| rival.when == when) {
                rival.when.extend(required(operations, rival.operation));
            }
            ending.when.extend(required(operations, number));
        }
        let same = |known: &&Ending| known.method == ending.method && known.when == ending.when;
        match node
            .operations
            .iter()
            .find(same)
            .map(|known| known.operation)
        {
            None => node.operations.push(ending),
            Some(known) if known == number => {}
            Some(known) => {
                let other = self.mounted.get(known).map(|other| other.place);
                let finding = equal(self.lowered, place, other);
                found.push(if gives_way {
                    finding.warning()
                } else {
                    finding
                });
            }
        }
    }

    /// Puts what asks for more before what asks for less.
    fn order(&mut self) {
        for node in &mut self.nodes {
            node.operations
                .sort_by_key(|ending| std::cmp::Reverse(ending.when.len()));
            let text = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
            node.patterns
                .sort_by_key(|(texts, _)| std::cmp::Reverse(text(texts)));
        }
    }
}

/// The constants of an operation's required parameters.
fn required(operations: &[Operation], number: usize) -> Vec<crate::ir::When> {
    operations
        .get(number)
        .map_or_else(Vec::new, |operation| operation.constants.clone())
}

/// The number of the node below `node`: `next` where there is none yet.
fn below(node: &mut Route, segment: Segment, next: usize) -> usize {
    match segment {
        Segment::Literal(text) => *node.literals.entry(text).or_insert(next),
        Segment::Variable => *node.variable.get_or_insert(next),
        Segment::Pattern(texts) => {
            let known = node.patterns.iter().find(|(known, _)| *known == texts);
            let number = known.map_or(next, |(_, number)| *number);
            if number == next {
                node.patterns.push((texts, next));
            }
            number
        }
    }
}

fn equal(lowered: &Lowered, place: &Place<'_>, other: Option<&Place<'_>>) -> Diagnostic {
    let name = |place: &Place<'_>| format!("{} {}", place.method, place.path);
    let of = other.map_or_else(String::new, |other| format!(", `{}`", name(other)));
    let finding = lowered.error(
        Code::EqualPaths,
        &refs::join("/paths", place.path),
        format!(
            "nothing tells requests for `{}` from those for another operation{of}",
            name(place)
        ),
        "neither names of variables nor fragments are a part of a request: keep one, or skip the other",
    );
    match other {
        Some(other) => finding.with(lowered.place(&other.pointer), "also here"),
        None => finding,
    }
}

fn unsupported(lowered: &Lowered, place: &Place<'_>, segment: &str) -> Diagnostic {
    lowered.error(
        Code::UnsupportedPath,
        &refs::join("/paths", place.path),
        format!("nothing tells where the variables of the segment `{segment}` begin and end"),
        "write each variable in braces, and text between two of them",
    )
}

fn fragment(lowered: &Lowered, place: &Place<'_>) -> Option<Diagnostic> {
    let fragment = Template::of(place.path).fragment?;
    let finding = lowered.error(
        Code::PathFragment,
        &refs::join("/paths", place.path),
        format!("clients never send the fragment `#{fragment}`: the path is served without it"),
        "write the path without it",
    );
    Some(finding.warning())
}

#[cfg(test)]
mod tests {
    use crate::ir::When;
    use crate::resolve::testing;

    const DONE: &str = "responses: { '204': { description: x } }";

    /// Operations of these keys of `paths` and methods, each with its further fields.
    fn document(operations: &[(&str, &str, &str)]) -> String {
        let lines = operations.iter().map(|(path, method, fields)| {
            let names = super::template::variables(path);
            let one = |name| {
                format!("{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}")
            };
            let variables: Vec<String> = names.into_iter().map(one).collect();
            let variables = variables.join(", ");
            format!("  '{path}': {{ parameters: [{variables}], {method}: {{ {fields} {DONE} }} }}")
        });
        format!("paths:\n{}\n", lines.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn the_tree_has_a_node_for_each_segment() {
        let paths = document(&[("/a/b", "get", ""), ("/a/b/", "post", "")]);
        let api = testing::api(&format!(
            "servers: [{{ url: 'https://a.example/base' }}]\n{paths}"
        ));
        let base = api.routes[0].literals["base"];
        let b = api.routes[api.routes[base].literals["a"]].literals["b"];
        assert_eq!(api.routes[b].operations[0].method, "GET");
        let slash = &api.routes[api.routes[b].literals[""]];
        assert_eq!(slash.operations[0].operation, 1);
    }

    #[test]
    fn equal_templates_have_different_methods() {
        let equal = [("/{a}", "get", ""), ("/{b}", "get", "")];
        assert_eq!(testing::codes(&document(&equal)), ["equal-paths"]);
        let merged = testing::api(&document(&[("/{a}", "get", ""), ("/{b}", "put", "")]));
        assert_eq!(merged.routes.len(), 2);
        assert_eq!(merged.routes[1].operations.len(), 2);
    }

    #[test]
    fn a_query_tells_operations_apart() {
        let api = testing::api(&document(&[
            ("/a", "get", ""),
            ("/a?b=c", "get", ""),
            ("/a?b", "get", ""),
        ]));
        let endings = &api.routes[1].operations;
        let numbers: Vec<usize> = endings.iter().map(|one| one.operation).collect();
        assert_eq!(numbers, [1, 2, 0]);
        assert_eq!(endings[0].when, [When::Query("b".into(), "c".into())]);
    }

    #[test]
    fn a_constant_that_must_be_sent_tells_operations_apart() {
        let target = |name| {
            format!(
                "parameters: [{{ name: X-Target, in: header, required: true, schema: {{ type: string, enum: [{name}] }} }}],"
            )
        };
        let (a, b, c) = (target("A"), target("B"), target("C"));
        let api = testing::api(&document(&[
            ("/#a", "post", &a),
            ("/#b", "post", &b),
            ("/#c", "post", &c),
        ]));
        let when = |index: usize| api.routes[1].operations[index].when[0].clone();
        assert_eq!(when(0), When::Header("x-target".into(), "A".into()));
        assert_eq!(when(1), When::Header("x-target".into(), "B".into()));
        assert_eq!(when(2), When::Header("x-target".into(), "C".into()));
        let same = document(&[("/#a", "post", &a), ("/#b", "post", &a)]);
        assert_eq!(
            testing::codes(&same),
            ["equal-paths", "path-fragment", "path-fragment"]
        );
    }

    #[test]
    fn further_servers_give_way() {
        let paths = document(&[("/a", "get", ""), ("/v1/a", "get", "")]);
        let document = format!("servers: [{{ url: / }}, {{ url: /v1 }}]\n{paths}");
        assert_eq!(testing::warnings(&document), ["equal-paths"]);
    }

    #[test]
    fn ambiguous_templates_are_named() {
        let warnings = |paths: &[&str]| {
            let operations: Vec<_> = paths.iter().map(|path| (*path, "get", "")).collect();
            testing::warnings(&document(&operations))
        };
        assert_eq!(warnings(&["/a/{x}", "/{y}/b"]), ["ambiguous-paths"]);
        assert_eq!(warnings(&["/{a}.{b}/{x}", "/{y}/b"]), ["ambiguous-paths"]);
        for clear in [
            ["/a/{x}", "/a/b"],
            ["/{x}/b", "/{x}/c"],
            ["/a/{x}", "/b/{x}"],
            ["/a/{x}/c", "/{y}/b/d"],
        ] {
            assert_eq!(warnings(&clear), [""; 0], "{clear:?}");
        }
    }

    #[test]
    fn variables_that_nothing_parts_are_refused() {
        let codes = testing::codes(&document(&[("/{a}{b}", "get", "")]));
        assert_eq!(codes, ["unsupported-path"]);
    }
}
