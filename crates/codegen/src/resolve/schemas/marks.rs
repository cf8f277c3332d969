//! XML Objects (OpenAPI 3.1.1, section 4.8.26; OpenAPI 3.2, "XML Object").

use serde_json::{Map, Value};

/// What a schema, and what refers to it, say of it in `xml`: the nearest of them counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks<'a> {
    /// `name`.
    pub name: Option<&'a str>,
    /// `prefix`.
    pub prefix: Option<&'a str>,
    /// `namespace`.
    pub namespace: Option<&'a str>,
    /// `nodeType`, or what says the same in 3.1.
    pub node: Option<NodeType>,
}

/// `nodeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeType {
    /// `element`; `wrapped: true`.
    Element,
    /// `attribute`; `attribute: true`.
    Attribute,
    /// `text`.
    Text,
    /// `cdata`.
    CData,
    /// `none`.
    None,
}

impl<'a> Marks<'a> {
    /// Adds those of a schema; what is there already stands nearer to the value and wins.
    pub fn add(&mut self, schema: &'a Map<String, Value>) {
        let Some(Value::Object(xml)) = schema.get("xml") else {
            return;
        };
        let text = |name| {
            let text = xml.get(name).and_then(Value::as_str);
            text.filter(|text| !text.is_empty())
        };
        self.name = self.name.or_else(|| text("name"));
        if self.namespace.is_none() {
            self.prefix = self.prefix.or_else(|| text("prefix"));
        }
        self.namespace = self.namespace.or_else(|| text("namespace"));
        let is = |name| xml.get(name) == Some(&Value::Bool(true));
        self.node = self.node.or_else(|| match text("nodeType") {
            Some("element") => Some(NodeType::Element),
            Some("attribute") => Some(NodeType::Attribute),
            Some("text") => Some(NodeType::Text),
            Some("cdata") => Some(NodeType::CData),
            Some("none") => Some(NodeType::None),
            _ if is("attribute") => Some(NodeType::Attribute),
            _ if is("wrapped") => Some(NodeType::Element),
            _ => None,
        });
    }
}

/// Whether `text` can be the local name of an element (Namespaces in XML 1.0, section 4).
pub fn is_name(text: &str) -> bool {
    let mut all = text.chars();
    let starts = |c: char| c.is_alphabetic() || c == '_';
    all.next().is_some_and(starts) && all.all(|c| c.is_alphanumeric() || "_-.".contains(c))
}
