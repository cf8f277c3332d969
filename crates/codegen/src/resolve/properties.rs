//! The properties of an object's schema, through references and `allOf`; for what stands part by part on the wire.

use std::collections::HashSet;

use serde_json::Value;

use super::refs;
use super::written::Written;
use crate::dialect::Lowered;

/// Schemas within schemas are looked into up to here.
pub const MAX_DEPTH: usize = 16;

/// What is known of an object.
#[derive(Debug, Default)]
pub struct Properties {
    /// Name and JSON Pointer of each, in the document's order.
    pub all: Vec<(String, String)>,
    /// The names of those that must be there.
    pub required: Vec<String>,
    /// `additionalProperties`, where it is said.
    pub others: Option<bool>,
}

impl Properties {
    /// Whether there is a property of this name.
    pub fn has(&self, name: &str) -> bool {
        self.all.iter().any(|(known, _)| known == name)
    }
}

/// Of the schema at `pointer`.
pub fn of(lowered: &Lowered, pointer: &str) -> Properties {
    let mut properties = Properties::default();
    let mut reader = Reader {
        lowered,
        seen: HashSet::new(),
        into: &mut properties,
    };
    reader.add(pointer, true, 0);
    properties
}

/// Whether the schema at `pointer` is of an object that takes members it does not name.
pub fn is_open(lowered: &Lowered, pointer: &str) -> bool {
    let properties = of(lowered, pointer);
    let schema = Written::schema(lowered, pointer);
    let is_object = schema.is_some_and(|schema| schema.text("type") == Some("object"));
    match properties.others {
        Some(others) => others,
        None => is_object && properties.all.is_empty(),
    }
}

struct Reader<'r> {
    lowered: &'r Lowered,
    /// What was read, by its JSON Pointer and whether it always holds: unions may lead to one schema in many ways.
    seen: HashSet<(String, bool)>,
    into: &'r mut Properties,
}

impl Reader<'_> {
    fn add(&mut self, pointer: &str, always: bool, depth: usize) {
        let schema = Written::schema(self.lowered, pointer).filter(|_| depth < MAX_DEPTH);
        let Some(schema) = schema else {
            return;
        };
        if !self.seen.insert((schema.pointer.clone(), always)) {
            return;
        }
        for name in schema.keys("properties") {
            if !self.into.has(name) {
                let pointer = refs::join(&schema.below("properties"), name);
                self.into.all.push((name.to_owned(), pointer));
            }
        }
        let required = schema.value.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        if always {
            self.into.required.extend(required.map(str::to_owned));
        }
        if let Some(others) = schema.value.get("additionalProperties") {
            let others = *others != Value::Bool(false);
            self.into.others = Some(self.into.others.unwrap_or(true) && others);
        }
        for (keyword, always) in [("allOf", always), ("anyOf", false), ("oneOf", false)] {
            let parts = schema.value.get(keyword).and_then(Value::as_array);
            for index in 0..parts.map_or(0, Vec::len) {
                let pointer = format!("{}/{keyword}/{index}", schema.pointer);
                self.add(&pointer, always, depth + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::testing;

    #[test]
    fn a_union_that_leads_back_to_itself_in_many_ways_is_read_once() {
        let back = vec!["{ $ref: '#/components/schemas/A' }"; 20].join(", ");
        let lowered = testing::lowered(&format!(
            "paths: {{}}\ncomponents: {{ schemas: {{ A: {{ properties: {{ a: {{ type: string }} }}, oneOf: [{back}] }} }} }}"
        ));
        let found = of(&lowered, "/components/schemas/A");
        assert_eq!(found.all.len(), 1);
    }

    #[test]
    fn parts_bring_their_properties() {
        let lowered = testing::lowered(
            r##"
            paths: {}
            components:
              schemas:
                A: { type: object, required: [a], properties: { a: { type: string } } }
                B: { $ref: "#/components/schemas/A" }
            "##,
        );
        let found = of(&lowered, "/components/schemas/B");
        let a = "/components/schemas/A/properties/a";
        assert_eq!(found.all, [("a".to_owned(), a.to_owned())]);
        assert!(found.has("a") && found.required == ["a"] && found.others.is_none());
        assert!(!is_open(&lowered, "/components/schemas/B"));
    }
}
