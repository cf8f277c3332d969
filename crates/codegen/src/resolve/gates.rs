//! What the dialect takes in and no pass reads yet is refused here, by name, so that nothing is dropped in silence. A pass
//! that learns to read a construct takes its line away.

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation};
use serde_json::Value;

use super::paths::Paths;
use super::refs;
use crate::diagnostic::{Code, Diagnostics};
use crate::dialect::Lowered;

type Extensions = IndexMap<String, Value>;

/// Fields that the dialect puts into extensions, and the codes that they are refused by.
const MEDIA_TYPE: &[(&str, Code)] = &[
    ("itemSchema", Code::UnsupportedMediaType),
    ("prefixEncoding", Code::Encoding),
    ("itemEncoding", Code::Encoding),
];

/// Finds what no pass reads yet, as far as the operations reach it.
pub fn check(lowered: &Lowered, paths: &Paths, found: &mut Diagnostics) {
    let mut gates = Gates { lowered, found };
    for item in paths.items() {
        for one in &item.item.operations {
            gates.operation(&one.object, &one.pointer);
        }
    }
}

struct Gates<'a, 'f> {
    lowered: &'a Lowered,
    found: &'f mut Diagnostics,
}

impl Gates<'_, '_> {
    fn refuse(&mut self, code: Code, name: &str, pointer: &str) {
        let at = refs::join(pointer, name);
        self.found.push(self.lowered.error(
            code,
            &at,
            format!("`{name}` is not supported yet"),
            "remove or replace it through an overlay, or leave the operation out of the document",
        ));
    }

    fn extensions(&mut self, there: &Extensions, gates: &[(&str, Code)], pointer: &str) {
        for (name, code) in gates {
            let is_empty = |value: &Value| value.as_object().is_some_and(|map| map.is_empty());
            if there
                .get(&format!("x-specmint-{name}"))
                .is_some_and(|value| !is_empty(value))
            {
                self.refuse(*code, name, pointer);
            }
        }
    }

    fn operation(&mut self, operation: &Operation, pointer: &str) {
        let declared = &operation.responses;
        for response in declared.responses.values().chain(&declared.default) {
            let Ok(response) = refs::follow(self.lowered, response, pointer) else {
                continue;
            };
            for (name, media) in &response.node.content {
                let at = refs::join(&format!("{}/content", response.pointer), name);
                self.media_type(media, &at);
            }
        }
    }

    fn media_type(&mut self, media: &MediaType, pointer: &str) {
        self.extensions(&media.extensions, MEDIA_TYPE, pointer);
    }
}
