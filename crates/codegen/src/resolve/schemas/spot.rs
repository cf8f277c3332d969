//! Where a schema stands, and what a type is called that stands there.

use serde_json::Value;

use super::node::{self, Node};
use crate::resolve::refs;
use crate::{naming, pointer};

/// Where a schema stands and what an inline type there is called.
#[derive(Clone, Debug)]
pub struct Spot {
    /// JSON Pointer.
    pub pointer: String,
    /// Name of the type, if it needs one.
    pub name: String,
    /// What patterns are named after.
    pub owner: String,
    /// Rustdoc of the type, if the schema has none.
    pub docs: String,
}

impl Spot {
    /// Of a named schema.
    pub fn component(name: &str, rust: &str) -> Self {
        Self {
            pointer: refs::join("/components/schemas", name),
            name: rust.to_owned(),
            owner: name.to_owned(),
            docs: format!("The schema `{name}`."),
        }
    }

    /// Of a property.
    pub fn property(&self, wire: &str) -> Self {
        Self {
            pointer: refs::join(&format!("{}/properties", self.pointer), wire),
            name: format!("{}{}", self.name, naming::upper_camel(wire)),
            owner: wire.to_owned(),
            docs: format!("The `{wire}` of [`{}`].", self.name),
        }
    }

    /// Of the items of an array.
    pub fn item(&self) -> Self {
        Self {
            docs: format!("One item of {}", lower_first(&self.docs)),
            ..self.below("items", "Item")
        }
    }

    /// Of an item of a tuple.
    pub fn place(&self, index: usize) -> Self {
        self.below(
            &format!("prefixItems/{index}"),
            &format!("Item{}", index + 1),
        )
    }

    /// Of the values of a map.
    pub fn value(&self) -> Self {
        Self {
            docs: format!("One value of {}", lower_first(&self.docs)),
            ..self.below("additionalProperties", "Value")
        }
    }

    /// Of a type of a union.
    pub fn variant(&self, pointer: &str, name: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            name: format!("{}{name}", self.name),
            owner: self.owner.clone(),
            docs: format!("The `{name}` of [`{}`].", self.name),
        }
    }

    fn below(&self, tokens: &str, name: &str) -> Self {
        Self {
            pointer: format!("{}/{tokens}", self.pointer),
            name: format!("{}{name}", self.name),
            owner: self.owner.clone(),
            docs: self.docs.clone(),
        }
    }

    /// Of the schema that `tokens` of a JSON Pointer lead to from here.
    pub fn walk<'t>(self, root: &Value, mut tokens: impl Iterator<Item = &'t str>) -> Self {
        let mut here = self;
        while let Some(token) = tokens.next() {
            let mut next = || pointer::unescaped(tokens.next().unwrap_or_default());
            here = match token {
                "properties" => here.property(&next()),
                "items" => here.item(),
                "additionalProperties" => here.value(),
                "patternProperties" => {
                    let pointer = refs::join(&format!("{}/{token}", here.pointer), &next());
                    Self {
                        pointer,
                        ..here.value()
                    }
                }
                "prefixItems" => here.place(next().parse().unwrap_or_default()),
                // What holds together has one name.
                "allOf" => here.below(&format!("{token}/{}", next()), ""),
                "oneOf" | "anyOf" => {
                    let index = next();
                    let pointer = format!("{}/{token}/{index}", here.pointer);
                    let name = variant(root, &pointer, index.parse().unwrap_or_default());
                    here.variant(&pointer, &name)
                }
                "$defs" | "definitions" => {
                    let name = next();
                    let below = format!("{}/{token}", here.pointer);
                    Self {
                        pointer: refs::join(&below, &name),
                        name: naming::upper_camel(&name),
                        docs: format!("The schema `{name}`."),
                        owner: name,
                    }
                }
                other => here.below(other, &naming::upper_camel(&pointer::unescaped(other))),
            };
        }
        here
    }
}

/// The name of a type of a union, by what stands at `pointer`: of the schema it refers to, its `title`, or its `type`.
pub fn variant(root: &Value, pointer: &str, index: usize) -> String {
    let numbered = || format!("Variant{}", index + 1);
    let Some(Node::Object(members)) = root.pointer(pointer).map(Node::of) else {
        return numbered();
    };
    if let Some(reference) = node::text(members, "$ref") {
        let last = reference.rsplit('/').next().unwrap_or_default();
        return naming::upper_camel(&pointer::unescaped(last));
    }
    if let Some(title) = node::text(members, "title").filter(|title| title.len() <= 40) {
        return naming::upper_camel(title);
    }
    let constant = root.pointer(pointer).and_then(refs::only);
    if let Some(text) = constant.and_then(Value::as_str) {
        return naming::upper_camel(text);
    }
    let ty = node::text(members, "type");
    if let Some(format) = node::text(members, "format").filter(|_| ty == Some("string")) {
        return naming::upper_camel(format);
    }
    match ty {
        Some("array") => {
            let items = format!("{pointer}/items");
            match root.pointer(&items).and_then(|items| items.get("$ref")) {
                Some(_) => format!("{}List", variant(root, &items, index)),
                None => "Array".to_owned(),
            }
        }
        Some("object") | None => numbered(),
        Some(name) => naming::upper_camel(name),
    }
}

fn lower_first(text: &str) -> String {
    match text.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => text
            .strip_prefix("One ")
            .map_or_else(|| text.to_owned(), |rest| format!("one {rest}")),
    }
}
