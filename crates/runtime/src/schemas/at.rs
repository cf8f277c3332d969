//! A Schema Object and where it stands, so that what is below it can be asked about.

use jsonschema::JsonType;
use serde_json::Value;

use super::Schemas;
use crate::violation::{escaped, unescaped};

/// A Schema Object of the contract.
#[derive(Clone)]
pub(crate) struct At<'s> {
    schemas: &'s Schemas,
    /// Its JSON Pointer.
    pub(crate) pointer: String,
    /// The object itself; it may be a `$ref`.
    pub(crate) schema: &'s Value,
}

/// More steps than these lead in a circle.
const MAX_STEPS: usize = 16;

impl<'s> At<'s> {
    pub(super) fn new(schemas: &'s Schemas, pointer: String, schema: &'s Value) -> Self {
        Self {
            schemas,
            pointer,
            schema,
        }
    }

    /// The schema of a member, also one that `allOf`, `anyOf` or `oneOf` brings; `None` where the schema says nothing of it.
    pub(crate) fn property(&self, name: &str) -> Option<Self> {
        self.named(name).or_else(|| {
            let find = |at: &Self| {
                let any = at.child("additionalProperties", None)?;
                any.schema.is_object().then_some(any)
            };
            self.find(&find, 0)
        })
    }

    /// Whether the schema names this member.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.named(name).is_some()
    }

    fn named(&self, name: &str) -> Option<Self> {
        self.find(&|at: &Self| at.child("properties", Some(name)), 0)
    }

    /// Whether the schema is meant to take members that it does not name: it says so, or names none.
    pub(crate) fn takes_any(&self) -> bool {
        let others = self.find(&|at: &Self| at.child("additionalProperties", None), 0);
        match others {
            Some(others) => *others.schema != false,
            None => self
                .find(&|at: &Self| at.child("properties", None), 0)
                .is_none(),
        }
    }

    /// The schema of the item at `index`.
    pub(crate) fn item(&self, index: usize) -> Option<Self> {
        let find = |at: &Self| {
            let first = at.child("prefixItems", Some(&index.to_string()));
            first.or_else(|| at.child("items", None))
        };
        self.find(&find, 0)
    }

    /// The types that the schema allows, by their names; none where it does not say.
    pub(crate) fn types(&self) -> Vec<&'static str> {
        let found = self.find(&|at: &Self| at.child("type", None), 0);
        match found.map(|at| at.schema) {
            Some(Value::Array(several)) => several.iter().filter_map(type_named).collect(),
            Some(one) => type_named(one).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// What is at `pointer` (JSON Pointer) into `sent`, a value of the schema.
    pub(super) fn of_value(&self, sent: &Value, pointer: &str) -> Option<Self> {
        let mut at = self.clone();
        let mut node = sent;
        for token in pointer.split('/').skip(1) {
            let name = unescaped(token);
            (at, node) = match node {
                Value::Array(items) => {
                    let index = name.parse().ok()?;
                    (at.item(index)?, items.get(index)?)
                }
                members => (at.property(&name)?, members.get(&*name)?),
            };
        }
        Some(at)
    }

    /// What `find` finds in the schema, its `$ref` followed, or in a part of it.
    fn find(&self, find: &dyn Fn(&Self) -> Option<Self>, depth: usize) -> Option<Self> {
        if depth > MAX_STEPS {
            return None;
        }
        if let Some(found) = find(self) {
            return Some(found);
        }
        if let Some(reference) = self.schema.get("$ref").and_then(Value::as_str)
            && let Some(pointer) = reference.strip_prefix('#').and_then(crate::percent::decode)
            && let Some(target) = self.schemas.at(&pointer)
            && let Some(found) = target.find(find, depth + 1)
        {
            return Some(found);
        }
        ["allOf", "anyOf", "oneOf"].iter().find_map(|keyword| {
            let parts = self.schema.get(keyword)?.as_array()?;
            parts.iter().enumerate().find_map(|(index, part)| {
                let pointer = format!("{}/{keyword}/{index}", self.pointer);
                Self::new(self.schemas, pointer, part).find(find, depth + 1)
            })
        })
    }

    fn child(&self, keyword: &str, name: Option<&str>) -> Option<Self> {
        let value = self.schema.get(keyword)?;
        let (pointer, schema) = match (name, value) {
            (None, schema) => (format!("{}/{keyword}", self.pointer), schema),
            (Some(name), Value::Array(list)) => (
                format!("{}/{keyword}/{name}", self.pointer),
                list.get(name.parse::<usize>().ok()?)?,
            ),
            (Some(name), members) => (
                format!("{}/{keyword}/{}", self.pointer, escaped(name)),
                members.get(name)?,
            ),
        };
        Some(Self::new(self.schemas, pointer, schema))
    }
}

fn type_named(name: &Value) -> Option<&'static str> {
    let name: JsonType = name.as_str()?.parse().ok()?;
    Some(name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    static SCHEMAS: Schemas = Schemas::new(
        r##"{
            "a": {"allOf": [{"$ref": "#/b"}], "properties": {"x/y": {"type": "string"}}},
            "b": {"properties": {"z": true}, "additionalProperties": {"type": "integer"}},
            "c": {"prefixItems": [{"type": "string"}], "items": {"$ref": "#/a"}},
            "d": {"$ref": "#/d", "properties": {"n": {"type": ["integer", "null"]}}}
        }"##,
    );

    #[test]
    fn what_is_below_is_found_through_references_and_parts() {
        let at = SCHEMAS.at("/a").unwrap();
        let pointer = |name: &str| at.property(name).map(|at| at.pointer);
        assert_eq!(pointer("x/y").as_deref(), Some("/a/properties/x~1y"));
        assert_eq!(pointer("z").as_deref(), Some("/b/properties/z"));
        assert_eq!(pointer("q").as_deref(), Some("/b/additionalProperties"));
        assert!(at.takes_any() && at.names("z") && !at.names("q"));
        let list = SCHEMAS.at("/c").unwrap();
        let item = |index| list.item(index).map(|at| at.pointer);
        assert_eq!(item(0).as_deref(), Some("/c/prefixItems/0"));
        assert_eq!(item(1).as_deref(), Some("/c/items"));
        assert!(SCHEMAS.at("/d").unwrap().property("x").is_none());
    }

    #[test]
    fn the_types_of_a_value_are_found_where_it_stands() {
        let types = |at: Option<At<'_>>| at.map(|at| at.types());
        let list = SCHEMAS.at("/c").unwrap();
        let sent = serde_json::json!(["a", {"x/y": "b", "q": 1}]);
        assert_eq!(types(list.of_value(&sent, "/1/x~1y")), Some(vec!["string"]));
        assert_eq!(types(list.of_value(&sent, "/1/q")), Some(vec!["integer"]));
        assert_eq!(types(list.of_value(&sent, "/1")), Some(vec![]));
        assert_eq!(types(list.of_value(&sent, "/2")), None);
        let several = SCHEMAS.at("/d").unwrap().property("n");
        assert_eq!(types(several), Some(vec!["integer", "null"]));
    }
}
