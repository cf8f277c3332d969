//! Paths that fit two templates, of which neither is the more concrete one.

use std::collections::HashSet;

use super::routes::Mounted;
use super::template::Template;
use super::{overlap, refs};
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;
use crate::ir::Route;

/// How many pairs of nodes are looked at for one node of the tree, and how many patterns for one segment, at most, so that a
/// hostile document costs no more than its length.
const PAIRS: usize = 64;

/// Two nodes that one path can lead to, and whether each is more concrete than the other at some segment.
#[derive(Clone, Copy)]
struct Pair {
    nodes: [usize; 2],
    concrete: [bool; 2],
}

/// One warning for each two templates that some path fits, where each is more concrete than the other at some segment.
/// The router decides at the first such segment, for the more concrete one.
pub fn warnings(lowered: &Lowered, nodes: &[Route], mounted: &[Mounted<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![Pair {
        nodes: [0, 0],
        concrete: [false, false],
    }];
    let mut budget = nodes.len().saturating_mul(PAIRS);
    while let Some(pair) = open.pop()
        && budget > 0
    {
        budget -= 1;
        let [Some(one), Some(other)] = pair.nodes.map(|number| nodes.get(number)) else {
            continue;
        };
        if pair.concrete == [true, true] {
            let operation = |node: &Route| node.operations.first().map(|one| one.operation);
            let (first, second) = (operation(one), operation(other));
            if let (Some(first), Some(second)) = (first, second)
                && let (Some(first), Some(second)) = (mounted.get(first), mounted.get(second))
                && seen.insert((first.place.path, second.place.path))
            {
                found.push(ambiguous(lowered, first.place.path, second.place.path));
            }
        }
        open.extend(below(pair, one, other));
    }
    found
}

/// The pairs of nodes below a pair that one segment can lead to. Of the first two that differ, the first is the one that is
/// tried first.
fn below(pair: Pair, one: &Route, other: &Route) -> Vec<Pair> {
    let is_one = pair.nodes[0] == pair.nodes[1];
    let mut pairs = Vec::new();
    let mut push = |nodes: [usize; 2], [first, second]: [bool; 2]| {
        let concrete = [pair.concrete[0] || first, pair.concrete[1] || second];
        pairs.push(Pair { nodes, concrete });
    };
    for (text, below) in &one.literals {
        if let Some(same) = other.literals.get(text) {
            push([*below, *same], [false, false]);
        }
        for variable in open(other, text) {
            push([*below, variable], [true, false]);
        }
    }
    for (number, (texts, below)) in one.patterns.iter().enumerate() {
        let first = if is_one { number } else { 0 };
        for (others, there) in other.patterns.iter().skip(first).take(PAIRS) {
            if let Some(concrete) = overlap::compare(texts, others) {
                push([*below, *there], concrete);
            }
        }
        if let Some(variable) = other.variable {
            push([*below, variable], [true, false]);
        }
    }
    if let (Some(variable), Some(same)) = (one.variable, other.variable) {
        push([variable, same], [false, false]);
    }
    if is_one {
        return pairs;
    }
    for (text, below) in &other.literals {
        for variable in open(one, text) {
            push([variable, *below], [false, true]);
        }
    }
    for ((_, below), variable) in other.patterns.iter().zip(one.variable.iter().cycle()) {
        push([*variable, *below], [false, true]);
    }
    pairs
}

/// The nodes below that a segment of this text leads to by a variable.
fn open(node: &Route, text: &str) -> Vec<usize> {
    let is = [text.to_owned()];
    let patterns = node.patterns.iter().take(PAIRS);
    let fitting = patterns.filter(|(texts, _)| overlap::compare(&is, texts).is_some());
    let variable = node.variable.filter(|_| !text.is_empty());
    fitting.map(|(_, below)| *below).chain(variable).collect()
}

fn ambiguous(lowered: &Lowered, first: &str, second: &str) -> Diagnostic {
    let [shown, other] = [first, second].map(|path| Template::of(path).path);
    let finding = lowered.error(
        Code::AmbiguousPaths,
        &refs::join("/paths", second),
        format!("some paths fit both `{shown}` and `{other}`: they go to `{shown}`"),
        "of two templates the one wins that has text where the other has a variable, at the first segment where they differ so, or else more text there",
    );
    let place = lowered.place(&refs::join("/paths", first));
    finding.warning().with(place, "this one is served")
}
