//! From text to a value.
//!
//! What the description does not know becomes a member all the same, so that a schema can refuse it. No document type is
//! read, so that no entity is ever expanded.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use serde_json::{Map, Number, Value};

use super::character::{is_blank, is_legal};
use super::{Content, Element, Member, Node, Object};
use crate::decode::FromText;

/// Elements within elements: as deep as JSON may be nested.
const DEEPEST: usize = 128;

pub(super) fn document(text: &str, root: &Element) -> Result<Value, String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut document = Document {
        text,
        reader: Reader::from_str(text),
        depth: 0,
        started: false,
    };
    document.reader.config_mut().expand_empty_elements = true;
    document.reader.config_mut().check_comments = true;
    if let Some((place, _)) = text.char_indices().find(|&(_, c)| !is_legal(c)) {
        return Err(document.fault_at("has a character that XML has not", place));
    }
    document.whole(root)
}

struct Document<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    depth: usize,
    /// Whether anything was read: the declaration comes first.
    started: bool,
}

type Read<T> = Result<T, String>;

/// What stands in an element.
#[derive(Default)]
struct Inner {
    members: Map<String, Value>,
    text: String,
}

impl<'t> Document<'t> {
    fn whole(&mut self, root: &Element) -> Read<Value> {
        let mut value = None;
        loop {
            match self.next()? {
                Event::Start(start) if value.is_none() => {
                    if start.local_name().into_inner() != root.name.local {
                        let message = format!("must be the element `{}`", root.name.local);
                        return Err(self.fault(&message));
                    }
                    value = Some(self.content(&start, Some(root.content))?);
                }
                Event::Start(_) => return Err(self.fault("has more than one element")),
                Event::Text(text) if is_blank(&text) => {}
                Event::Eof => return value.ok_or_else(|| self.fault("has no element")),
                _ => return Err(self.fault("is not XML")),
            }
        }
    }

    /// The value of the element that starts here, up to its end; without content, what is not described.
    fn content(&mut self, start: &BytesStart<'t>, content: Option<Content>) -> Read<Value> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(&format!("is nested deeper than {DEEPEST} elements")));
        }
        let object = match content {
            Some(Content::Object(object)) => Some(object),
            _ => None,
        };
        let mut inner = Inner::default();
        let is_nil = self.attributes(start, content, &mut inner.members)?;
        let value = match content {
            Some(Content::List(item)) => Value::Array(self.list(item)?),
            _ => {
                self.inner(object, &mut inner)?;
                self.value(content, inner)?
            }
        };
        self.depth -= 1;
        Ok(if is_nil { Value::Null } else { value })
    }

    fn value(&self, content: Option<Content>, mut inner: Inner) -> Read<Value> {
        let Some(Content::Object(object)) = content else {
            return Ok(match inner.members.is_empty() {
                true => scalar(content, inner.text),
                false => Value::Object(inner.members),
            });
        };
        for member in object.0 {
            match member.node {
                Node::Text | Node::CData => {
                    let text = std::mem::take(&mut inner.text);
                    let value = scalar(Some(member.element.content), text);
                    inner.members.insert(member.json.to_owned(), value);
                }
                Node::Elements { or_none: true } if !inner.members.contains_key(member.json) => {
                    let none = Value::Array(Vec::new());
                    inner.members.insert(member.json.to_owned(), none);
                }
                _ => {}
            }
        }
        match is_blank(&inner.text) {
            true => Ok(Value::Object(inner.members)),
            false => Err(self.fault("has text between elements")),
        }
    }

    /// Takes the attributes that say something of the value. Whether it is null (XML Schema 1.1, part 1, section 2.7.2).
    fn attributes(
        &self,
        start: &BytesStart<'t>,
        content: Option<Content>,
        members: &mut Map<String, Value>,
    ) -> Read<bool> {
        let mut is_nil = false;
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| self.fault("is not XML"))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| self.fault("has a reference to nothing"))?;
            if !value.chars().all(is_legal) {
                return Err(self.fault("has a character that XML has not"));
            }
            let (local, prefix) = attribute.key.decompose();
            let local = local.into_inner();
            match prefix.map(|prefix| prefix.into_inner()) {
                Some("xsi") => {
                    is_nil |= local == "nil" && matches!(value.trim(), "true" | "1");
                    continue;
                }
                Some("xmlns" | "xml") => continue,
                None if local == "xmlns" => continue,
                _ => {}
            }
            let is_attribute = |member: &&Member| {
                member.node == Node::Attribute && member.element.name.local == local
            };
            let object = match content {
                Some(Content::Object(object)) => Some(object),
                // A value has no members.
                Some(_) => continue,
                None => None,
            };
            let known = object.and_then(|object| object.0.iter().find(is_attribute));
            match known {
                Some(member) => {
                    let value = scalar(Some(member.element.content), value.into_owned());
                    members.insert(member.json.to_owned(), value);
                }
                None => {
                    let name = unknown(object, local, '@');
                    members.insert(name, Value::String(value.into_owned()));
                }
            }
        }
        Ok(is_nil)
    }

    /// The elements and the text up to the end of the element around them.
    fn inner(&mut self, object: Option<&Object>, inner: &mut Inner) -> Read<()> {
        let mut repeated = HashSet::new();
        loop {
            let start = match self.next()? {
                Event::Start(start) => start,
                Event::End(_) => return Ok(()),
                Event::Text(text) => {
                    inner.text.push_str(&text.xml10_content());
                    continue;
                }
                Event::CData(text) => {
                    inner.text.push_str(&text.xml10_content());
                    continue;
                }
                Event::GeneralRef(reference) => {
                    self.reference(&reference, &mut inner.text)?;
                    continue;
                }
                _ => return Err(self.fault("is not XML")),
            };
            let local = start.local_name().into_inner().to_owned();
            let is_element = |member: &&Member| {
                matches!(member.node, Node::Element | Node::Elements { .. })
                    && member.element.name.local == local
            };
            let known = object.and_then(|object| object.0.iter().find(is_element));
            let value = self.content(&start, known.map(|member| member.element.content))?;
            let (name, is_list) = match known {
                Some(member) => {
                    let is_list = matches!(member.node, Node::Elements { .. });
                    (member.json.to_owned(), is_list)
                }
                None => (unknown(object, &local, '<'), false),
            };
            add(&mut inner.members, name, value, is_list, &mut repeated);
        }
    }

    /// The items of an array, up to the end of the element around them.
    fn list(&mut self, item: &Element) -> Read<Vec<Value>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Event::Start(start) if start.local_name().into_inner() == item.name.local => {
                    items.push(self.content(&start, Some(item.content))?);
                }
                Event::End(_) => return Ok(items),
                Event::Text(text) if is_blank(&text) => {}
                _ => {
                    let message = format!("must have the element `{}` here", item.name.local);
                    return Err(self.fault(&message));
                }
            }
        }
    }

    /// The next event that says anything of a value.
    fn next(&mut self) -> Read<Event<'t>> {
        loop {
            let event = self.reader.read_event();
            let event = event.map_err(|_| self.fault("is not XML"))?;
            let is_first = !std::mem::replace(&mut self.started, true);
            match event {
                Event::Comment(_) | Event::PI(_) => {}
                Event::Decl(declaration) if is_first => self.declaration(&declaration)?,
                Event::Decl(_) => return Err(self.fault("is not XML")),
                Event::DocType(_) => {
                    return Err(self.fault("must have no document type declaration"));
                }
                // An end that is missing is none that was forgotten by the client.
                Event::Eof if self.depth > 0 => return Err(self.fault("is not XML")),
                event => return Ok(event),
            }
        }
    }

    fn declaration(&self, declaration: &BytesDecl<'_>) -> Read<()> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(name))
                if ["utf-8", "us-ascii"]
                    .iter()
                    .any(|one| name.eq_ignore_ascii_case(one)) =>
            {
                Ok(())
            }
            Some(Ok(_)) => Err(self.fault("must be UTF-8")),
            Some(Err(_)) => Err(self.fault("is not XML")),
        }
    }

    /// What a reference stands for: a character, or an entity that needs no declaration (XML 1.0, section 4.6).
    fn reference(&self, reference: &BytesRef<'_>, text: &mut String) -> Read<()> {
        let character = reference.resolve_char_ref();
        match character.map_err(|_| self.fault("has a reference to nothing"))? {
            Some(c) if is_legal(c) => text.push(c),
            Some(_) => return Err(self.fault("has a character that XML has not")),
            None => {
                let entity = resolve_xml_entity(reference);
                text.push_str(entity.ok_or_else(|| self.fault("has a reference to nothing"))?);
            }
        }
        Ok(())
    }

    fn fault(&self, message: &str) -> String {
        let place = self
            .reader
            .error_position()
            .max(self.reader.buffer_position());
        self.fault_at(message, usize::try_from(place).unwrap_or_default())
    }

    fn fault_at(&self, message: &str, place: usize) -> String {
        let before = self.text.as_bytes().get(..place).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before
            .iter()
            .rev()
            .take_while(|byte| **byte != b'\n')
            .count();
        format!("{message}: line {line}, column {column}")
    }
}

/// The value of a text. What is none of the kind stays a string, which its schema refuses.
fn scalar(content: Option<Content>, text: String) -> Value {
    let value = match content {
        Some(Content::Number) => Number::from_text(text.trim()).map(Value::Number),
        Some(Content::Boolean) => bool::from_text(text.trim()).map(Value::Bool),
        _ => None,
    };
    value.unwrap_or(Value::String(text))
}

/// A name for what is not described, which is that of no member.
fn unknown(object: Option<&Object>, local: &str, sign: char) -> String {
    let is_member = |object: &Object| object.0.iter().any(|member| member.json == local);
    match object.is_some_and(is_member) {
        true => format!("{sign}{local}"),
        false => local.to_owned(),
    }
}

/// What stands there twice is an array, so that the schema of one value refuses it.
fn add(
    members: &mut Map<String, Value>,
    name: String,
    value: Value,
    is_list: bool,
    repeated: &mut HashSet<String>,
) {
    match members.get_mut(&name) {
        None if is_list => {
            members.insert(name, Value::Array(vec![value]));
        }
        None => {
            members.insert(name, value);
        }
        Some(Value::Array(items)) if is_list || repeated.contains(&name) => items.push(value),
        Some(first) => {
            *first = Value::Array(vec![first.take(), value]);
            repeated.insert(name);
        }
    }
}
