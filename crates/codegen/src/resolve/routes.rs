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

/// An operation that has no place in the tree: another one that nothing tells it from comes before it, or nothing tells the
/// variables of its template apart.
pub struct Unreachable {
    /// Its method and its path.
    pub key: (String, String),
    /// What is said of it.
    pub finding: Diagnostic,
}

/// The tree of all templates, and the operations that have no place in it. Below the first of its servers' paths each
/// operation has its place, if it comes before those that nothing tells it from; below a further one it gives way to those
/// that have theirs there.
pub fn resolve(
    lowered: &Lowered,
    mounted: &[Mounted<'_>],
    operations: &[Operation],
    found: &mut Diagnostics,
) -> (Vec<Route>, Vec<Unreachable>) {
    let mut routes = Routes {
        mounted,
        nodes: vec![Route::default()],
    };
    let mut rivals = vec![Rivals::default(); mounted.len()];
    let most = mounted.iter().map(|one| one.bases.len()).max();
    for round in 0..most.unwrap_or(0) {
        for (number, one) in mounted.iter().enumerate() {
            if let Some(base) = one.bases.get(round) {
                let Some(rivals) = rivals.get_mut(number) else {
                    continue;
                };
                match segments(base, one.place) {
                    Err(segment) => rivals.unsupported = Some(segment),
                    Ok(segments) => {
                        let node = routes.node(segments);
                        let rival = routes.end(node, number, operations);
                        rivals.is_served |= rival.is_none();
                        rivals.first = rivals.first.or(rival);
                    }
                }
            }
        }
    }
    let mut unreachable = Vec::new();
    for (one, rivals) in mounted.iter().zip(rivals) {
        let rival = rivals.first.and_then(|first| mounted.get(first));
        let finding = match (rivals.unsupported, rival) {
            (Some(segment), _) => unsupported(lowered, one.place, &segment),
            (None, Some(rival)) => equal(lowered, one.place, rival.place, rivals.is_served),
            (None, None) => continue,
        };
        if rivals.is_served {
            found.push(finding);
        } else {
            unreachable.push(Unreachable {
                key: (one.place.method.to_owned(), one.place.path.to_owned()),
                finding,
            });
        }
    }
    for one in mounted {
        found.extend(fragment(lowered, one.place));
    }
    routes.order();
    found.extend(ambiguity::warnings(lowered, &routes.nodes, mounted));
    (routes.nodes, unreachable)
}

/// What an operation meets on its way into the tree.
#[derive(Clone, Default)]
struct Rivals {
    /// The first that it gave way to.
    first: Option<usize>,
    /// It has a place all the same.
    is_served: bool,
    /// The segment of its template that stands for no one thing.
    unsupported: Option<String>,
}

struct Routes<'a> {
    mounted: &'a [Mounted<'a>],
    nodes: Vec<Route>,
}

impl Routes<'_> {
    /// The number of the node at the end of these segments.
    fn node(&mut self, segments: Vec<Segment>) -> usize {
        let mut number = 0;
        for segment in segments {
            let next = self.nodes.len();
            let Some(node) = self.nodes.get_mut(number) else {
                break;
            };
            number = below(node, segment, next);
            if number == next {
                self.nodes.push(Route::default());
            }
        }
        number
    }

    /// Lets operation `number` end at `node`; if nothing tells it from one that ends there, that one is the answer.
    fn end(&mut self, node: usize, number: usize, operations: &[Operation]) -> Option<usize> {
        let (node, place) = self.nodes.get_mut(node).zip(self.mounted.get(number))?;
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
        if let Some(known) = node.operations.iter().find(same) {
            return Some(known.operation).filter(|known| *known != number);
        }
        node.operations.push(ending);
        None
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

/// The segments of the operation's template below `base`; the text of one whose variables nothing parts.
fn segments(base: &str, place: &Place<'_>) -> Result<Vec<Segment>, String> {
    let path = format!("{base}{}", Template::of(place.path).path);
    let texts = path.strip_prefix('/').unwrap_or(&path).split('/');
    texts
        .map(|text| template::segment(text).ok_or_else(|| text.to_owned()))
        .collect()
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

fn equal(lowered: &Lowered, place: &Place<'_>, other: &Place<'_>, is_served: bool) -> Diagnostic {
    let [here, there] = [place, other].map(|place| format!("{} {}", place.method, place.path));
    let left_out = if is_served {
        "left out below one of its servers"
    } else {
        "left out"
    };
    lowered
        .error(
            Code::EqualPaths,
            &place.pointer,
            format!("`{here}` is {left_out}: nothing tells its requests from those for `{there}`"),
            "neither names of variables nor fragments are a part of a request: give it a path of its own, here or through an overlay",
        )
        .warning()
        .with(lowered.place(&other.pointer), "this one is served")
}

fn unsupported(lowered: &Lowered, place: &Place<'_>, segment: &str) -> Diagnostic {
    lowered
        .error(
            Code::UnsupportedPath,
            &refs::join("/paths", place.path),
            format!(
                "`{} {}` is left out: nothing tells where the variables of the segment `{segment}` begin and end",
                place.method, place.path
            ),
            "write each variable in braces, and text between two of them",
        )
        .warning()
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
        assert_eq!(testing::warnings(&document(&equal)), ["equal-paths"]);
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
        assert_eq!(testing::warnings(&same), ["path-fragment", "equal-paths"]);
        let api = testing::api(&same);
        assert_eq!(
            (api.operations.len(), api.routes[1].operations.len()),
            (1, 1)
        );
        assert!(api.routes[1].operations[0].when.is_empty());
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
        assert_eq!(warnings(&["/{a}.json", "/x{b}"]), ["ambiguous-paths"]);
        assert_eq!(
            warnings(&["/a.json/{x}", "/{y}.json/b"]),
            ["ambiguous-paths"]
        );
        for clear in [
            ["/a/{x}", "/a/b"],
            ["/{x}/b", "/{x}/c"],
            ["/a/{x}", "/b/{x}"],
            ["/a/{x}/c", "/{y}/b/d"],
            ["/report.json", "/{name}.json"],
            ["/v{a}", "/v1.{a}"],
            ["/x{a}", "/y{a}"],
        ] {
            assert_eq!(warnings(&clear), [""; 0], "{clear:?}");
        }
    }

    #[test]
    fn an_operation_whose_variables_nothing_parts_is_left_out() {
        let document = document(&[
            ("/{a}{b}", "get", ""),
            ("/a/{b", "get", ""),
            ("/c", "get", ""),
        ]);
        let warnings = testing::warnings(&document);
        assert_eq!(warnings, ["unsupported-path", "unsupported-path"]);
        assert_eq!(testing::api(&document).operations.len(), 1);
    }
}
