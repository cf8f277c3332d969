//! Conjunctions: schemas that hold together.
//!
//! `allOf`, what stands beside a `$ref`, a property that several schemas of an `allOf` describe, an alternative of a union with
//! what stands beside the union: all of them are lists of [`Part`]s, and two equal lists are one type.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::kinds::Kinds;
use super::marks::Marks;
use super::node::{self, Node};
use crate::pointer;

/// A schema that holds together with others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The schema at a JSON Pointer.
    At(String),
    /// That schema without its `$ref` and `allOf`, and without the keyword `without`.
    Own {
        /// JSON Pointer.
        pointer: String,
        /// `oneOf` or `anyOf`.
        without: Option<&'static str>,
    },
    /// Any value of these types.
    Only(Kinds),
}

/// The schemas of a document, by JSON Pointer.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a>(pub &'a Value);

impl<'a> Source<'a> {
    /// The schema at `pointer`.
    pub fn node(self, pointer: &str) -> Node<'a> {
        self.0
            .pointer(pointer)
            .map_or(Node::Boolean(true), Node::of)
    }

    /// The JSON Pointer of what a `$ref` leads to.
    pub fn target(self, reference: &str) -> Option<String> {
        let pointer = reference.strip_prefix('#')?;
        if self.0.pointer(pointer).is_some() {
            return Some(pointer.to_owned());
        }
        let decoded = pointer::percent_decode(pointer)?;
        self.0.pointer(&decoded).map(|_| decoded)
    }
}

/// What a schema says besides which values are valid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes<'a> {
    /// `title`.
    pub title: Option<&'a str>,
    /// `description`.
    pub description: Option<&'a str>,
    /// The JSON Pointer of `default`.
    pub default: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `xml`.
    pub xml: Marks<'a>,
}

impl<'a> Notes<'a> {
    /// Adds those of a schema; what is there already stands nearer to the value and wins.
    pub fn add(&mut self, members: &'a Map<String, Value>, pointer: &str) {
        self.title = self.title.or_else(|| node::text(members, "title"));
        self.description = self
            .description
            .or_else(|| node::text(members, "description"));
        if self.default.is_none() {
            let default = members.get("default");
            self.default = default.map(|_| format!("{pointer}/default"));
        }
        self.deprecated |= node::flag(members, "deprecated");
        self.read_only |= node::flag(members, "readOnly");
        self.write_only |= node::flag(members, "writeOnly");
        self.xml.add(members);
    }
}

/// A schema leads only to itself: the JSON Pointer of one of its `$ref`s.
#[derive(Debug, PartialEq, Eq)]
pub struct Circle(pub String);

/// The parts that `parts` lead to: a schema that only refers to one other, by `$ref` or by an `allOf`, `oneOf` or `anyOf` of
/// one, is that other. Parts that allow everything are left out, and so are repeated ones.
pub fn follow<'a>(source: Source<'a>, parts: Vec<Part>) -> Result<(Vec<Part>, Notes<'a>), Circle> {
    let mut notes = Notes::default();
    let mut followed: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        let part = match part {
            Part::At(pointer) => match end(source, pointer, &mut notes)? {
                Some(pointer) => Part::At(pointer),
                None => continue,
            },
            other => other,
        };
        if !followed.contains(&part) {
            followed.push(part);
        }
    }
    Ok((followed, notes))
}

/// The end of a chain of references; nothing when that allows everything.
fn end<'a>(
    source: Source<'a>,
    pointer: String,
    notes: &mut Notes<'a>,
) -> Result<Option<String>, Circle> {
    let mut here = pointer;
    let mut seen = HashSet::new();
    loop {
        let members = match source.node(&here) {
            Node::Boolean(true) => return Ok(None),
            Node::Boolean(false) => return Ok(Some(here)),
            Node::Object(members) => members,
        };
        notes.add(members, &here);
        let mut keywords = node::keywords(members);
        let next = match (keywords.next(), keywords.next()) {
            (None, _) => return Ok(None),
            (Some("$ref"), None) => {
                node::text(members, "$ref").and_then(|reference| source.target(reference))
            }
            (Some(name @ ("allOf" | "oneOf" | "anyOf")), None) => only(members, name, &here),
            _ => None,
        };
        let Some(next) = next else {
            return Ok(Some(here));
        };
        if !seen.insert(std::mem::replace(&mut here, next)) {
            return Err(Circle(here));
        }
    }
}

/// The only schema of a list.
pub fn only(members: &Map<String, Value>, name: &str, pointer: &str) -> Option<String> {
    match members.get(name)?.as_array()?.as_slice() {
        [_] => Some(format!("{pointer}/{name}/0")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(pointer: &str) -> Part {
        Part::At(pointer.to_owned())
    }

    #[test]
    fn what_only_refers_is_what_it_refers_to() {
        let document = json!({
            "a": { "$ref": "#/b", "description": "nearer" },
            "b": { "allOf": [{ "$ref": "#/c~1d" }], "description": "further", "deprecated": true },
            "c/d": { "type": "string" },
            "any": {},
        });
        let source = Source(&document);
        let (parts, notes) = follow(source, vec![at("/a"), at("/any"), at("/c~1d")]).unwrap();
        assert_eq!(parts, [at("/c~1d")]);
        assert_eq!(notes.description, Some("nearer"));
        assert!(notes.deprecated);
    }

    #[test]
    fn a_circle_is_found() {
        let document = json!({ "a": { "allOf": [{ "$ref": "#/b" }] }, "b": { "$ref": "#/a" } });
        assert!(follow(Source(&document), vec![at("/a")]).is_err());
    }

    #[test]
    fn references_may_be_percent_encoded() {
        let document = json!({ "a b": {}, "c%20": {} });
        let source = Source(&document);
        assert_eq!(source.target("#/a%20b").as_deref(), Some("/a b"));
        assert_eq!(source.target("#/c%20").as_deref(), Some("/c%20"));
        assert_eq!(source.target("#/d"), None);
    }
}
