//! Paths that fit two templates, of which neither is the more concrete one.

use std::collections::HashSet;

use super::refs;
use super::routes::Mounted;
use super::template::Template;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;
use crate::ir::Route;

/// How many pairs of nodes are looked at for one node of the tree, at most, so that a hostile document costs no more than
/// its length.
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

/// The pairs of nodes below a pair that one segment can lead to.
fn below(pair: Pair, one: &Route, other: &Route) -> Vec<Pair> {
    let is_one = pair.nodes[0] == pair.nodes[1];
    let [more_one, more_other] = pair.concrete;
    let mut pairs = Vec::new();
    let mut push = |one: usize, other: usize, first: bool, second: bool| {
        pairs.push(Pair {
            nodes: [one, other],
            concrete: [more_one || first, more_other || second],
        });
    };
    for (text, below) in &one.literals {
        if let Some(same) = other.literals.get(text) {
            push(*below, *same, false, false);
        }
        if let Some(variable) = other.variable.filter(|_| !text.is_empty()) {
            push(*below, variable, true, false);
        }
    }
    for (texts, below) in &one.patterns {
        let mut same = other.patterns.iter().filter(|(known, _)| known == texts);
        if let Some((_, same)) = same.next() {
            push(*below, *same, false, false);
        }
        if let Some(variable) = other.variable {
            push(*below, variable, true, false);
        }
    }
    if let Some(variable) = one.variable {
        if let Some(same) = other.variable {
            push(variable, same, false, false);
        }
        if !is_one {
            let literals = other.literals.iter().filter(|(text, _)| !text.is_empty());
            let patterns = other.patterns.iter().map(|(_, below)| below);
            for below in literals.map(|(_, below)| below).chain(patterns) {
                push(variable, *below, false, true);
            }
        }
    }
    pairs
}

fn ambiguous(lowered: &Lowered, first: &str, second: &str) -> Diagnostic {
    let [shown, other] = [first, second].map(|path| Template::of(path).path);
    let finding = lowered.error(
        Code::AmbiguousPaths,
        &refs::join("/paths", second),
        format!("some paths fit both `{shown}` and `{other}`: they go to `{shown}`"),
        "of two templates the one wins that has text where the other has a variable, at the first segment where they differ so",
    );
    let place = lowered.place(&refs::join("/paths", first));
    finding.warning().with(place, "this one is served")
}
