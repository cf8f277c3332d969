//! Merges a conjunction: `allOf`, and what stands beside `$ref`.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::{Map, Number, Value};

use super::kinds::Kinds;
use super::members::{self, Described};
use super::merged::{Group, Merged};
use super::node::{self, Node};
use super::parts::{Circle, Part, Source};

/// More schemas one within the other are checked as they stand.
const DEEPEST: usize = 100;

/// What `parts` say together.
///
/// # Errors
/// A schema that holds only if it holds.
pub fn merge<'a>(source: Source<'a>, parts: &[Part]) -> Result<Merged<'a>, Circle> {
    let mut walk = Walk {
        source,
        merged: Merged::default(),
        objects: Vec::new(),
        arrays: 0,
        is_closed: false,
        path: Vec::new(),
        seen: HashSet::new(),
    };
    for part in parts {
        match part {
            Part::At(pointer) => walk.at(pointer, parts.len() == 1)?,
            Part::Own { pointer, without } => walk.own_part(pointer, *without),
            Part::Only(kinds) => walk.only(*kinds),
        }
    }
    Ok(walk.finish())
}

struct Walk<'a> {
    source: Source<'a>,
    merged: Merged<'a>,
    /// The schemas that speak of members.
    objects: Vec<Described<'a>>,
    /// How many schemas speak of items.
    arrays: usize,
    /// `unevaluatedProperties: false` of the only part.
    is_closed: bool,
    /// The schemas around the one that is looked at.
    path: Vec<String>,
    seen: HashSet<String>,
}

impl<'a> Walk<'a> {
    fn only(&mut self, kinds: Kinds) {
        self.merged.kinds = self.merged.kinds.and(kinds);
        self.merged.own.push(Part::Only(kinds));
    }

    fn own_part(&mut self, pointer: &str, without: Option<&'static str>) {
        if let Node::Object(members) = self.source.node(pointer) {
            self.own(members, pointer, without, false);
        }
    }

    /// The schema at `pointer`, with all that it refers to.
    fn at(&mut self, pointer: &str, alone: bool) -> Result<(), Circle> {
        if self.path.iter().any(|above| above == pointer) {
            return Err(Circle(pointer.to_owned()));
        }
        if self.path.len() >= DEEPEST {
            self.merged.hard.push((Kinds::ALL, "allOf"));
            return Ok(());
        }
        if !self.seen.insert(pointer.to_owned()) {
            return Ok(());
        }
        let members = match self.source.node(pointer) {
            Node::Boolean(true) => return Ok(()),
            Node::Boolean(false) => {
                self.only(Kinds::NONE);
                return Ok(());
            }
            Node::Object(members) => members,
        };
        if self.path.is_empty() {
            self.merged.notes.add(members, pointer);
            // Other schemas may extend it by `allOf` and be used in its place (Discriminator Object).
            self.merged.object.open |= members.contains_key("discriminator");
        }
        self.path.push(pointer.to_owned());
        if let Some(reference) = node::text(members, "$ref")
            && let Some(target) = self.source.target(reference)
        {
            self.at(&target, false)?;
        }
        for below in node::list(members, "allOf", pointer) {
            self.at(&below, false)?;
        }
        for name in ["oneOf", "anyOf"] {
            if let Some(below) = super::parts::only(members, name, pointer) {
                self.at(&below, false)?;
            }
        }
        self.path.pop();
        self.own(members, pointer, None, alone);
        Ok(())
    }

    /// The keywords of one schema by itself.
    fn own(
        &mut self,
        members: &'a Map<String, Value>,
        pointer: &str,
        without: Option<&'static str>,
        alone: bool,
    ) {
        let merged = &mut self.merged;
        merged.own.push(Part::Own {
            pointer: pointer.to_owned(),
            without,
        });
        if let Some(ty) = members.get("type") {
            merged.kinds = merged.kinds.and(Kinds::of_type(ty));
        }
        values(merged, members);
        strings(merged, members, pointer);
        bounds(merged, members);
        self.array(members, pointer);
        self.object(members, pointer, alone);
        for keyword in ["oneOf", "anyOf"] {
            if without != Some(keyword) {
                self.group(members, keyword, pointer);
            }
        }
        self.logic(members);
    }

    fn group(&mut self, members: &'a Map<String, Value>, keyword: &'static str, pointer: &str) {
        let mut all = node::list(members, keyword, pointer);
        if all.len() < 2 {
            return;
        }
        // What nothing is cannot be the one that a value is.
        all.retain(|one| !matches!(self.source.node(one), Node::Boolean(false)));
        let is_any = |one: &String| self.source.node(one).is_any();
        if keyword == "anyOf" && all.iter().any(is_any) {
            return;
        }
        self.merged.groups.push(Group {
            pointer: pointer.to_owned(),
            keyword,
            members: all,
            discriminator: members.get("discriminator").and_then(Value::as_object),
        });
    }

    /// `not`, and `if` with what follows from it.
    fn logic(&mut self, members: &'a Map<String, Value>) {
        match members.get("not").map(Node::of) {
            Some(Node::Boolean(false)) | None => {}
            Some(node) if node.is_any() => self.merged.kinds = Kinds::NONE,
            Some(_) => self.merged.hard.push((Kinds::ALL, "not")),
        }
        if members.contains_key("if")
            && (members.contains_key("then") || members.contains_key("else"))
        {
            self.merged.hard.push((Kinds::ALL, "if"));
        }
    }

    fn array(&mut self, members: &'a Map<String, Value>, pointer: &str) {
        let array = &mut self.merged.array;
        array.min = array.min.max(node::count(members, "minItems"));
        array.max = least(array.max, node::count(members, "maxItems"));
        array.unique |= node::flag(members, "uniqueItems");
        let prefix = node::list(members, "prefixItems", pointer);
        let rest = members.get("items").map(Node::of);
        let unevaluated = members.get("unevaluatedItems").map(Node::of);
        let speaks = !prefix.is_empty() || rest.is_some_and(|rest| !rest.is_any());
        self.arrays += usize::from(speaks);
        if prefix.is_empty() {
            if speaks {
                array.items.push(Part::At(format!("{pointer}/items")));
            }
        } else {
            array.ends = matches!(rest, Some(Node::Boolean(false)))
                || rest.is_none() && matches!(unevaluated, Some(Node::Boolean(false)));
            if !array.ends && rest.is_some_and(|rest| !rest.is_any()) {
                self.merged.hard.push((Kinds::ARRAY, "prefixItems"));
            }
            array.prefix = Some(prefix.into_iter().map(Part::At).collect());
        }
        let counted =
            node::count(members, "minContains") != Some(0) || members.contains_key("maxContains");
        if members.contains_key("contains") && counted {
            self.merged.hard.push((Kinds::ARRAY, "contains"));
        }
        let ends = self.merged.array.ends;
        if unevaluated.is_some_and(|node| !node.is_any()) && !ends && rest.is_none() {
            self.merged.hard.push((Kinds::ARRAY, "unevaluatedItems"));
        }
    }

    fn object(&mut self, members: &'a Map<String, Value>, pointer: &str, alone: bool) {
        let object = &mut self.merged.object;
        object.min = object.min.max(node::count(members, "minProperties"));
        object.max = least(object.max, node::count(members, "maxProperties"));
        object
            .required
            .extend(node::strings(members.get("required")));
        for (name, below) in node::map(members, "properties", pointer) {
            object
                .properties
                .entry(name)
                .or_default()
                .push(Part::At(below));
        }
        let names = members.get("propertyNames").map(Node::of);
        if names.is_some_and(|names| !names.is_any()) {
            object
                .names
                .push(Part::At(format!("{pointer}/propertyNames")));
        }
        for (name, others) in members
            .get("dependentRequired")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let known = object.dependent.entry(name).or_default();
            known.extend(node::strings(Some(others)));
        }
        if let Some(Value::Object(all)) = members.get("dependentSchemas")
            && !all.values().all(|one| Node::of(one).is_any())
        {
            self.merged.hard.push((Kinds::OBJECT, "dependentSchemas"));
        }
        match members.get("unevaluatedProperties").map(Node::of) {
            None => {}
            Some(node) if node.is_any() => {}
            Some(Node::Boolean(false)) if alone => self.is_closed = true,
            Some(_) => self
                .merged
                .hard
                .push((Kinds::OBJECT, "unevaluatedProperties")),
        }
        self.objects.extend(Described::of(members, pointer));
    }

    fn finish(mut self) -> Merged<'a> {
        if self.arrays > 1 && self.merged.array.prefix.is_some() {
            self.merged.hard.push((Kinds::ARRAY, "prefixItems"));
        }
        members::unite(&mut self.merged, &self.objects);
        if self.is_closed {
            // All that is evaluated is known when nothing depends on the value.
            let known = self.merged.groups.is_empty() && self.merged.object.additional.is_empty();
            if known && self.merged.object.name_pattern.is_none() {
                self.merged.object.closed = true;
            } else {
                self.merged
                    .hard
                    .push((Kinds::OBJECT, "unevaluatedProperties"));
            }
        }
        self.merged
    }
}

fn values<'a>(merged: &mut Merged<'a>, members: &'a Map<String, Value>) {
    let all = members.get("enum").and_then(Value::as_array);
    let all = all.map(|all| all.iter().collect::<Vec<_>>());
    let only = members.get("const").map(|value| vec![value]);
    for list in [all, only].into_iter().flatten() {
        merged.values = Some(match merged.values.take() {
            Some(known) => known
                .into_iter()
                .filter(|one| list.iter().any(|other| is_equal(one, other)))
                .collect(),
            None => list,
        });
    }
}

/// Equality of JSON Schema (Core, 4.2.2): 1 and 1.0 are the same.
pub fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => compare(one, other) == Some(Ordering::Equal),
        _ => one == other,
    }
}

fn strings<'a>(merged: &mut Merged<'a>, members: &'a Map<String, Value>, pointer: &str) {
    merged.min_length = merged.min_length.max(node::count(members, "minLength"));
    merged.max_length = least(merged.max_length, node::count(members, "maxLength"));
    merged.formats.extend(node::text(members, "format"));
    merged.base64 |= node::text(members, "contentEncoding") == Some("base64");
    if let Some(pattern) = node::text(members, "pattern") {
        let pointer = || format!("{pointer}/pattern");
        merged.patterns.entry(pattern).or_insert_with(pointer);
    }
}

fn bounds<'a>(merged: &mut Merged<'a>, members: &'a Map<String, Value>) {
    let bounds = &mut merged.bounds;
    let minimum = node::number(members, "minimum");
    bounds.minimum = stricter(bounds.minimum, minimum, Ordering::Greater);
    let minimum = node::number(members, "exclusiveMinimum");
    bounds.exclusive_minimum = stricter(bounds.exclusive_minimum, minimum, Ordering::Greater);
    let maximum = node::number(members, "maximum");
    bounds.maximum = stricter(bounds.maximum, maximum, Ordering::Less);
    let maximum = node::number(members, "exclusiveMaximum");
    bounds.exclusive_maximum = stricter(bounds.exclusive_maximum, maximum, Ordering::Less);
    if let Some(step) = node::number(members, "multipleOf")
        && !bounds.multiple_of.contains(&step)
    {
        bounds.multiple_of.push(step);
    }
}

fn stricter<'a>(
    one: Option<&'a Number>,
    other: Option<&'a Number>,
    wanted: Ordering,
) -> Option<&'a Number> {
    match (one, other) {
        (Some(one), Some(other)) if compare(other, one) == Some(wanted) => Some(other),
        (None, other) => other,
        (one, _) => one,
    }
}

fn compare(one: &Number, other: &Number) -> Option<Ordering> {
    match (one.as_i64(), other.as_i64()) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

fn least(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
