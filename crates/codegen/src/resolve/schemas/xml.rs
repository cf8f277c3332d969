//! Which schemas have a form in XML, and which: objects of plain values, of arrays and of objects that have one.
//!
//! What is neither, such as a union, a map or JSON of any kind, has none that could be told from its schema: there a body
//! stays text.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::kinds::Kinds;
use super::marks::{self, Marks, NodeType};
use super::merged::{Merged, Object};
use super::parts::{self, Part};
use super::{DEEPEST, Schemas, merge};
use crate::ir::{XmlContent, XmlElement, XmlMember, XmlNode, XmlObject};
use crate::naming::{self, Scope};
use crate::resolve::refs;

/// The keyword for which a schema has no form in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit(pub &'static str);

impl Unfit {
    /// In words.
    pub fn reason(self) -> String {
        match self {
            Self("xml.name") => {
                "its schema leaves an element without a name of its own, by `xml.name`".to_owned()
            }
            Self(keyword) => format!("its schema has no form in XML, by `{keyword}`"),
        }
    }
}

/// The objects that were asked for, and those within them.
#[derive(Default)]
pub struct Forms {
    scope: Scope,
    known: HashMap<Vec<Part>, usize>,
    all: Vec<Form>,
    /// How many of them are described.
    described: usize,
}

struct Form {
    key: Vec<Part>,
    object: XmlObject,
    /// The objects that members are of.
    within: Vec<usize>,
    unfit: Option<Unfit>,
}

impl Forms {
    /// All of them, and those that have no form: nothing leads to these.
    pub fn finish(self) -> Vec<XmlObject> {
        self.all.into_iter().map(|form| form.object).collect()
    }

    /// Hands down why an object has no form to those that hold it; what was described before is settled.
    fn settle(&mut self, first: usize) {
        let mut holders: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut open = Vec::new();
        for (index, form) in self.all.iter().enumerate().skip(first) {
            for within in &form.within {
                holders.entry(*within).or_default().push(index);
                let is_settled = *within < first;
                open.extend((is_settled && self.unfit(*within).is_some()).then_some(*within));
            }
            open.extend(form.unfit.map(|_| index));
        }
        while let Some(index) = open.pop() {
            let unfit = self.unfit(index);
            for holder in holders.remove(&index).unwrap_or_default() {
                if let Some(form) = self.all.get_mut(holder).filter(|one| one.unfit.is_none()) {
                    form.unfit = unfit;
                    open.push(holder);
                }
            }
        }
    }

    fn unfit(&self, index: usize) -> Option<Unfit> {
        self.all.get(index).and_then(|form| form.unfit)
    }
}

/// What a schema is in XML, before it has a name there.
enum What {
    Plain(XmlContent),
    Object(usize),
    List(Vec<Part>),
}

/// One body, or one object, that is looked at.
struct Walk<'s, 'a> {
    schemas: &'s mut Schemas<'a>,
    /// The objects that it holds.
    within: Vec<usize>,
}

impl<'a> Schemas<'a> {
    /// The element that a body of the schema at `pointer` is.
    ///
    /// # Errors
    /// It has no form in XML.
    pub fn xml(&mut self, pointer: &str) -> Result<XmlElement, Unfit> {
        let mut walk = Walk::of(self);
        let root = walk.root(pointer);
        let within = walk.within;
        let first = self.xml.described;
        while let Some(form) = self.xml.all.get(self.xml.described) {
            let key = form.key.clone();
            let mut walk = Walk::of(self);
            let members = walk.object(&key);
            let within = walk.within;
            let index = self.xml.described;
            if let Some(form) = self.xml.all.get_mut(index) {
                form.unfit = members.as_ref().err().copied();
                form.object.members = members.unwrap_or_default();
                form.within = within;
            }
            self.xml.described += 1;
        }
        self.xml.settle(first);
        match within.iter().find_map(|index| self.xml.unfit(*index)) {
            Some(unfit) => Err(unfit),
            None => root,
        }
    }
}

impl<'s, 'a> Walk<'s, 'a> {
    fn of(schemas: &'s mut Schemas<'a>) -> Self {
        Self {
            schemas,
            within: Vec::new(),
        }
    }

    fn root(&mut self, pointer: &str) -> Result<XmlElement, Unfit> {
        let (what, marks) = self.what(vec![Part::At(pointer.to_owned())])?;
        let is_element = matches!(marks.node, None | Some(NodeType::Element | NodeType::None));
        if matches!(what, What::Plain(_)) || !is_element {
            return Err(Unfit("type"));
        }
        if let What::Object(index) = what {
            // Why this has no form says more than that it has no name.
            self.within.push(index);
        }
        // No name can be inferred for what stands in a body itself (OpenAPI 3.2, XML Object, "XML Node Names").
        let component = self.component(pointer).ok_or(Unfit("xml.name"));
        let name = marks.name.map_or(component, |name| Ok(name.to_owned()))?;
        self.element(what, &marks, &name, 0)
    }

    /// The name of the schema of `components` that the one at `pointer` is, or refers to.
    fn component(&self, pointer: &str) -> Option<String> {
        let source = self.schemas.source;
        let schema = source.0.pointer(pointer)?;
        let reference = schema.get("$ref").and_then(Value::as_str);
        let named = |pointer: &str| refs::component(&format!("#{pointer}"), "schemas");
        match reference {
            Some(reference) => named(&source.target(reference)?),
            None => named(pointer),
        }
    }

    /// What a conjunction is in XML, and what is said of that.
    fn what(&mut self, parts: Vec<Part>) -> Result<(What, Marks<'a>), Unfit> {
        let source = self.schemas.source;
        let (key, notes) = parts::follow(source, parts).map_err(|_| Unfit("$ref"))?;
        let merged = merge::merge(source, &key).map_err(|_| Unfit("$ref"))?;
        if let Some(keyword) = merged.hard() {
            return Err(Unfit(keyword));
        }
        if let Some(group) = merged.groups.first() {
            return Err(Unfit(group.keyword));
        }
        let kinds = kinds(&merged);
        let is_open = merged.values.is_none();
        let what = if kinds == Kinds::STRING {
            What::Plain(XmlContent::String)
        } else if kinds == Kinds::BOOLEAN {
            What::Plain(XmlContent::Boolean)
        } else if Kinds::NUMBER.has(kinds) && !kinds.is_none() {
            What::Plain(XmlContent::Number)
        } else if kinds == Kinds::OBJECT && is_open {
            What::Object(self.form(key, &notes.xml))
        } else if kinds == Kinds::ARRAY && is_open {
            What::List(items(merged)?)
        } else {
            return Err(Unfit("type"));
        };
        Ok((what, notes.xml))
    }

    /// The number of the object that `key` is.
    fn form(&mut self, key: Vec<Part>, marks: &Marks<'_>) -> usize {
        if let Some(index) = self.schemas.xml.known.get(&key) {
            return *index;
        }
        let name = match (key.as_slice(), marks.name) {
            ([Part::At(pointer)], _) if pointer.starts_with("/components/schemas/") => {
                self.schemas.stand(pointer).name
            }
            (_, Some(name)) => name.to_owned(),
            _ => "object".to_owned(),
        };
        let forms = &mut self.schemas.xml;
        let name = forms.scope.claim(format!("{}_XML", naming::shouty(&name)));
        let index = forms.all.len();
        forms.known.insert(key.clone(), index);
        forms.all.push(Form {
            key,
            object: XmlObject {
                name,
                members: Vec::new(),
            },
            within: Vec::new(),
            unfit: None,
        });
        index
    }

    /// The members of an object.
    fn object(&mut self, key: &[Part]) -> Result<Vec<XmlMember>, Unfit> {
        let merged = merge::merge(self.schemas.source, key).map_err(|_| Unfit("$ref"))?;
        let object = merged.object;
        if let Some(keyword) = kept(&object) {
            return Err(Unfit(keyword));
        }
        let mut members = Vec::with_capacity(object.properties.len());
        for (name, parts) in &object.properties {
            let required = object.required.contains(name);
            members.push(self.member(name, parts.clone(), required)?);
        }
        are_distinct(&members)?;
        Ok(members)
    }

    fn member(&mut self, json: &str, parts: Vec<Part>, required: bool) -> Result<XmlMember, Unfit> {
        let (what, marks) = self.what(parts)?;
        let (node, element) = match (what, marks.node) {
            (What::List(items), None | Some(NodeType::None)) => {
                let name = marks.name.unwrap_or(json);
                let item = self.item(items, name, 0)?;
                (XmlNode::Elements { or_none: required }, item)
            }
            (what, None | Some(NodeType::Element)) => {
                (XmlNode::Element, self.element(what, &marks, json, 0)?)
            }
            (what @ What::Plain(_), Some(NodeType::Attribute)) => {
                (XmlNode::Attribute, self.element(what, &marks, json, 0)?)
            }
            (what @ What::Plain(_), Some(node @ (NodeType::Text | NodeType::CData))) => {
                let is_text = node == NodeType::Text;
                let node = if is_text {
                    XmlNode::Text
                } else {
                    XmlNode::CData
                };
                // What is only text has no name.
                (node, self.element(what, &Marks::default(), "text", 0)?)
            }
            (_, Some(NodeType::Attribute)) => return Err(Unfit("xml.attribute")),
            (_, Some(_)) => return Err(Unfit("xml.nodeType")),
        };
        Ok(XmlMember {
            json: json.to_owned(),
            node,
            element,
        })
    }

    /// The element that each item of an array is. Without a name of its own it has that of the array (XML Object Examples,
    /// "XML Arrays").
    fn item(&mut self, parts: Vec<Part>, name: &str, level: usize) -> Result<XmlElement, Unfit> {
        let (what, marks) = self.what(parts)?;
        match (&what, marks.node) {
            (_, Some(NodeType::Element)) => {}
            (What::List(_), _) => return Err(Unfit("items")),
            (_, None) => {}
            _ => return Err(Unfit("xml.nodeType")),
        }
        self.element(what, &marks, name, level + 1)
    }

    fn element(
        &mut self,
        what: What,
        marks: &Marks<'a>,
        otherwise: &str,
        level: usize,
    ) -> Result<XmlElement, Unfit> {
        let local = marks.name.unwrap_or(otherwise);
        if level > DEEPEST {
            return Err(Unfit("items"));
        }
        if !marks::is_name(local) || !marks.prefix.is_none_or(marks::is_name) {
            return Err(Unfit("xml.name"));
        }
        let content = match what {
            What::Plain(content) => content,
            What::Object(index) => {
                self.within.push(index);
                let form = self.schemas.xml.all.get(index);
                let name = form.map(|form| form.object.name.clone());
                XmlContent::Object(name.unwrap_or_default())
            }
            What::List(items) => {
                let item = self.item(items, local, level)?;
                XmlContent::List(Box::new(item))
            }
        };
        Ok(XmlElement {
            local: local.to_owned(),
            prefix: marks.prefix.map(str::to_owned),
            namespace: marks.namespace.map(str::to_owned),
            content,
        })
    }
}

/// The types of a value that is there.
fn kinds(merged: &Merged<'_>) -> Kinds {
    let kinds = match &merged.values {
        Some(values) => {
            let of = values.iter().map(|value| Kinds::of(value));
            merged.kinds.and(of.fold(Kinds::NONE, Kinds::or))
        }
        None => merged.kinds,
    };
    kinds.without(Kinds::NULL)
}

fn items(merged: Merged<'_>) -> Result<Vec<Part>, Unfit> {
    let array = merged.array;
    if array.prefix.is_some() {
        return Err(Unfit("prefixItems"));
    }
    match array.ends || array.items.is_empty() {
        true => Err(Unfit("items")),
        false => Ok(array.items),
    }
}

/// The keyword for which an object may have, or has to keep, members that are no properties.
fn kept(object: &Object<'_>) -> Option<&'static str> {
    let is_property = |name: &&str| object.properties.contains_key(*name);
    let depends = object.dependent.iter();
    let mut depends = depends.flat_map(|(name, others)| others.iter().chain([name]));
    let all = [
        (!object.names.is_empty(), "propertyNames"),
        (object.name_pattern.is_some(), "patternProperties"),
        (
            object.open || !object.additional.is_empty(),
            "additionalProperties",
        ),
        (object.min.is_some_and(|min| min > 0), "minProperties"),
        (object.max.is_some(), "maxProperties"),
        (!object.required.iter().all(&is_property), "required"),
        (!depends.all(is_property), "dependentRequired"),
        (object.properties.is_empty() && !object.closed, "properties"),
    ];
    let mut all = all.into_iter();
    all.find(|(is_so, _)| *is_so).map(|(_, keyword)| keyword)
}

/// Whether each member can be told from the others.
fn are_distinct(members: &[XmlMember]) -> Result<(), Unfit> {
    let mut names = HashSet::new();
    let (mut texts, mut elements) = (0, 0);
    for member in members {
        match member.node {
            XmlNode::Text | XmlNode::CData => {
                texts += 1;
                continue;
            }
            XmlNode::Element | XmlNode::Elements { .. } => elements += 1,
            XmlNode::Attribute => {}
        }
        let is_attribute = member.node == XmlNode::Attribute;
        if !names.insert((is_attribute, member.element.local.as_str())) {
            return Err(Unfit("xml.name"));
        }
    }
    match texts > 1 || (texts > 0 && elements > 0) {
        true => Err(Unfit("xml.nodeType")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;
