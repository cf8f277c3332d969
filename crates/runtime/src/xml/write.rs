//! From a value to text.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesStart, BytesText, Event};
use serde_json::Value;

use super::character::is_legal;
use super::{Content, Element, Member, Name, Node};

/// The namespace of `nil` (XML Schema 1.1, part 1, section 2.7).
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

pub(super) fn document(value: &Value, root: &Element) -> Option<Vec<u8>> {
    let mut document = Document {
        writer: Writer::new(Vec::with_capacity(128)),
        declared: Vec::new(),
    };
    document.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    document.element(root, value)?;
    Some(document.writer.into_inner())
}

struct Document {
    writer: Writer<Vec<u8>>,
    /// The namespaces that hold here, by their prefixes.
    declared: Vec<(Option<&'static str>, &'static str)>,
}

impl Document {
    fn event(&mut self, event: Event<'_>) -> Option<()> {
        self.writer.write_event(event).ok()
    }

    fn element(&mut self, element: &Element, value: &Value) -> Option<()> {
        let around = self.declared.len();
        let mut start = BytesStart::new(element.name.qualified());
        self.declare(&element.name, &mut start);
        if value.is_null() {
            start.push_attribute(("xmlns:xsi", XSI));
            start.push_attribute(("xsi:nil", "true"));
        }
        self.attributes(element, value, &mut start)?;
        if is_empty(&element.content, value) {
            self.event(Event::Empty(start))?;
        } else {
            self.event(Event::Start(start.borrow()))?;
            self.inner(element, value)?;
            self.event(Event::End(start.to_end()))?;
        }
        self.declared.truncate(around);
        Some(())
    }

    /// Declares the namespace of `name`, unless that holds already.
    fn declare(&mut self, name: &Name, start: &mut BytesStart<'_>) {
        let Some(namespace) = name.namespace else {
            return;
        };
        let mut known = self.declared.iter().rev();
        let known = known.find(|(prefix, _)| *prefix == name.prefix);
        if known.is_some_and(|(_, known)| *known == namespace) {
            return;
        }
        match name.prefix {
            Some(prefix) => start.push_attribute((format!("xmlns:{prefix}").as_str(), namespace)),
            None => start.push_attribute(("xmlns", namespace)),
        }
        self.declared.push((name.prefix, namespace));
    }

    fn attributes(
        &mut self,
        element: &Element,
        value: &Value,
        start: &mut BytesStart<'_>,
    ) -> Option<()> {
        let Content::Object(object) = element.content else {
            return Some(());
        };
        let is_attribute = |member: &&Member| member.node == Node::Attribute;
        for member in object.0.iter().filter(is_attribute) {
            let name = &member.element.name;
            match value.get(member.json) {
                // What is null is left out (OpenAPI 3.2, XML Object, "Handling null Values").
                None | Some(Value::Null) => {}
                Some(value) => {
                    let text = text(value)?;
                    // A namespace without a prefix holds for no attribute.
                    if name.prefix.is_some() {
                        self.declare(name, start);
                    }
                    start.push_attribute((name.qualified().as_str(), &*text));
                }
            }
        }
        Some(())
    }

    fn inner(&mut self, element: &Element, value: &Value) -> Option<()> {
        match element.content {
            Content::Object(object) => {
                for member in object.0 {
                    if let Some(value) = value.get(member.json) {
                        self.member(member, value)?;
                    }
                }
                Some(())
            }
            Content::List(item) => {
                let mut items = value.as_array()?.iter();
                items.try_for_each(|value| self.element(item, value))
            }
            Content::String | Content::Number | Content::Boolean => {
                self.event(Event::Text(BytesText::new(&text(value)?)))
            }
        }
    }

    fn member(&mut self, member: &Member, value: &Value) -> Option<()> {
        match member.node {
            Node::Attribute => Some(()),
            Node::Element => self.element(&member.element, value),
            Node::Elements { .. } if value.is_null() => Some(()),
            Node::Elements { .. } => {
                let mut items = value.as_array()?.iter();
                items.try_for_each(|value| self.element(&member.element, value))
            }
            Node::Text | Node::CData if value.is_null() => Some(()),
            Node::Text => self.event(Event::Text(BytesText::new(&text(value)?))),
            Node::CData => {
                let text = text(value)?;
                let mut sections = BytesCData::escaped(&text);
                sections.try_for_each(|section| self.event(Event::CData(section)))
            }
        }
    }
}

/// Whether nothing stands between the tags.
fn is_empty(content: &Content, value: &Value) -> bool {
    match (content, value) {
        (_, Value::Null) => true,
        (Content::Object(object), Value::Object(members)) => {
            let mut inner = object.0.iter().filter(|one| one.node != Node::Attribute);
            !inner.any(|member| members.contains_key(member.json))
        }
        (Content::List(_), Value::Array(items)) => items.is_empty(),
        (_, Value::String(text)) => text.is_empty(),
        _ => false,
    }
}

/// A value as text; none where it is none, or has a character that XML has not.
fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => text.chars().all(is_legal).then(|| text.as_str().into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Bool(value) => Some(value.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
