//! How values stand in XML.

/// The members of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlObject {
    /// Name of the static that describes them.
    pub name: String,
    /// In order.
    pub members: Vec<XmlMember>,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlMember {
    /// Name in JSON.
    pub json: String,
    /// What it is.
    pub node: XmlNode,
    /// The element or attribute; where it is text, its content counts alone.
    pub element: XmlElement,
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlNode {
    /// An attribute.
    Attribute,
    /// An element.
    Element,
    /// An element for each item.
    Elements {
        /// Whether no element is an array without items.
        or_none: bool,
    },
    /// The text of the object's own element.
    Text,
    /// The same as CDATA.
    CData,
}

/// An element, or an attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlElement {
    /// Local name.
    pub local: String,
    /// Prefix.
    pub prefix: Option<String>,
    /// URI of the namespace.
    pub namespace: Option<String>,
    /// What stands in it.
    pub content: XmlContent,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq)]
pub enum XmlContent {
    /// A string.
    String,
    /// A number.
    Number,
    /// A truth value.
    Boolean,
    /// The members that the static of this name describes.
    Object(String),
    /// Items, each an element.
    List(Box<XmlElement>),
}
