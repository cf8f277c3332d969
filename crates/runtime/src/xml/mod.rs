//! XML bodies (OpenAPI 3.1.1, section 4.8.26, "XML Object"; OpenAPI 3.2, "XML Modeling").
//!
//! A description, which is data in generated code, tells how a value of JSON stands in XML. It is read into such a value
//! and written from one, so that types, checks and schemas are the same for both. An element is known by its local name:
//! prefixes are the client's choice, and what is written has those that the contract declares.

mod character;
mod read;
mod write;

use serde_json::Value;

/// An element: its name, and what stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    name: Name,
    content: Content,
}

impl Element {
    /// An element that holds a string.
    #[must_use]
    pub const fn string(local: &'static str) -> Self {
        Self::new(local, Content::String)
    }

    /// An element that holds a number.
    #[must_use]
    pub const fn number(local: &'static str) -> Self {
        Self::new(local, Content::Number)
    }

    /// An element that holds a truth value.
    #[must_use]
    pub const fn boolean(local: &'static str) -> Self {
        Self::new(local, Content::Boolean)
    }

    /// An element that holds the members of an object.
    #[must_use]
    pub const fn object(local: &'static str, object: &'static Object) -> Self {
        Self::new(local, Content::Object(object))
    }

    /// An element that holds the items of an array, each an element: a `wrapped` array.
    #[must_use]
    pub const fn list(local: &'static str, item: &'static Element) -> Self {
        Self::new(local, Content::List(item))
    }

    const fn new(local: &'static str, content: Content) -> Self {
        let name = Name {
            local,
            prefix: None,
            namespace: None,
        };
        Self { name, content }
    }

    /// The same with a `prefix`.
    #[must_use]
    pub const fn prefixed(mut self, prefix: &'static str) -> Self {
        self.name.prefix = Some(prefix);
        self
    }

    /// The same in a `namespace`.
    #[must_use]
    pub const fn in_namespace(mut self, namespace: &'static str) -> Self {
        self.name.namespace = Some(namespace);
        self
    }
}

/// The name of an element or attribute (Namespaces in XML 1.0, section 4).
#[derive(Clone, Copy, Debug)]
struct Name {
    local: &'static str,
    prefix: Option<&'static str>,
    namespace: Option<&'static str>,
}

impl Name {
    fn qualified(&self) -> String {
        match self.prefix {
            Some(prefix) => format!("{prefix}:{}", self.local),
            None => self.local.to_owned(),
        }
    }
}

/// What stands in an element or attribute.
#[derive(Clone, Copy, Debug)]
enum Content {
    String,
    Number,
    Boolean,
    Object(&'static Object),
    List(&'static Element),
}

/// The members of an object.
#[derive(Debug)]
pub struct Object(pub &'static [Member]);

/// A member of an object, by its name in JSON.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    json: &'static str,
    node: Node,
    element: Element,
}

/// What a member is in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Attribute,
    Element,
    Elements { or_none: bool },
    Text,
    CData,
}

impl Member {
    /// An element.
    #[must_use]
    pub const fn element(json: &'static str, element: Element) -> Self {
        Self::new(json, Node::Element, element)
    }

    /// An array, each item of which is an element beside those of other members.
    #[must_use]
    pub const fn elements(json: &'static str, item: Element) -> Self {
        Self::new(json, Node::Elements { or_none: false }, item)
    }

    /// [`Self::elements`] of an array that is always there: no element means that it is empty.
    #[must_use]
    pub const fn elements_or_none(json: &'static str, item: Element) -> Self {
        Self::new(json, Node::Elements { or_none: true }, item)
    }

    /// An attribute, of this name and content.
    #[must_use]
    pub const fn attribute(json: &'static str, attribute: Element) -> Self {
        Self::new(json, Node::Attribute, attribute)
    }

    /// The text of the object's own element; the name that `text` has does not count.
    #[must_use]
    pub const fn text(json: &'static str, text: Element) -> Self {
        Self::new(json, Node::Text, text)
    }

    /// [`Self::text`], written as a CDATA section.
    #[must_use]
    pub const fn cdata(json: &'static str, text: Element) -> Self {
        Self::new(json, Node::CData, text)
    }

    const fn new(json: &'static str, node: Node, element: Element) -> Self {
        Self {
            json,
            node,
            element,
        }
    }
}

/// The value that `text` is.
///
/// # Errors
/// What is wrong with it, and where.
pub(crate) fn read(text: &str, root: &Element) -> Result<Value, String> {
    read::document(text, root)
}

/// `value` as an XML document; none where it is not as described, or has a character that XML has not.
pub(crate) fn write(value: &Value, root: &Element) -> Option<Vec<u8>> {
    write::document(value, root)
}

#[cfg(test)]
mod tests;
