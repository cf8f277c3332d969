//! The members that several schemas describe: `properties`, `patternProperties` and `additionalProperties` together.

use serde_json::{Map, Value};

use super::kinds::Kinds;
use super::merged::Merged;
use super::node::Node;
use super::parts::Part;
use crate::resolve::refs;

/// What one schema says of the members of an object. Its `additionalProperties` is about those that it does not name itself
/// (Core, 10.3.2.3), whatever the other schemas name.
#[derive(Debug)]
pub struct Described<'a> {
    properties: Option<&'a Map<String, Value>>,
    patterns: Option<&'a Map<String, Value>>,
    additional: Option<Node<'a>>,
    pointer: String,
}

impl<'a> Described<'a> {
    /// What a schema of these members says, if it does.
    pub fn of(members: &'a Map<String, Value>, pointer: &str) -> Option<Self> {
        let map = |name| members.get(name).and_then(Value::as_object);
        let described = Self {
            properties: map("properties"),
            patterns: map("patternProperties").filter(|all| !all.is_empty()),
            additional: members.get("additionalProperties").map(Node::of),
            pointer: pointer.to_owned(),
        };
        let speaks = described.patterns.is_some() || described.additional.is_some();
        speaks.then_some(described)
    }

    fn has_no_properties(&self) -> bool {
        self.properties.is_none_or(Map::is_empty)
    }

    fn below(&self) -> Part {
        Part::At(format!("{}/additionalProperties", self.pointer))
    }
}

/// Adds to the properties of `merged` what the schemas say of members that they do not name.
pub fn unite<'a>(merged: &mut Merged<'a>, all: &[Described<'a>]) {
    let lone = all.len() == 1 && merged.object.properties.is_empty();
    for one in all {
        match one.patterns {
            Some(patterns) => pattern(merged, one, patterns, lone),
            None => additional(merged, one),
        }
    }
}

fn additional(merged: &mut Merged<'_>, one: &Described<'_>) {
    let Some(node) = one.additional else { return };
    if node.is_any() {
        merged.object.open = true;
        return;
    }
    let is_own = |name: &str| one.properties.is_some_and(|own| own.contains_key(name));
    if matches!(node, Node::Boolean(false)) {
        if merged.object.properties.keys().any(|name| !is_own(name)) {
            merged.hard.push((Kinds::OBJECT, "additionalProperties"));
        }
        merged.object.closed = true;
        return;
    }
    for (name, parts) in &mut merged.object.properties {
        if !is_own(name) {
            parts.push(one.below());
        }
    }
    merged.object.additional.push(one.below());
}

/// `patternProperties` is a map where one pattern is for all names.
fn pattern<'a>(
    merged: &mut Merged<'a>,
    one: &Described<'a>,
    patterns: &'a Map<String, Value>,
    lone: bool,
) {
    let is_any = |node: &Value| Node::of(node).is_any();
    if patterns.values().all(is_any) && one.additional.is_none_or(Node::is_any) {
        merged.object.open = true;
        return;
    }
    if let Some((pattern, _)) = patterns.iter().next()
        && patterns.len() == 1
        && one.has_no_properties()
    {
        let below = format!("{}/patternProperties", one.pointer);
        let below = Part::At(refs::join(&below, pattern));
        if matches!(pattern.as_str(), "" | ".*" | "^.*" | ".*$" | "^.*$") {
            for parts in merged.object.properties.values_mut() {
                parts.push(below.clone());
            }
            merged.object.additional.push(below);
            return;
        }
        if lone && matches!(one.additional, Some(Node::Boolean(false))) {
            merged.object.name_pattern =
                Some((pattern, format!("{}/patternProperties", one.pointer)));
            merged.object.additional.push(below);
            return;
        }
    }
    merged.hard.push((Kinds::OBJECT, "patternProperties"));
}
