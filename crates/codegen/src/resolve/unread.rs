//! What no pass reads of Media Type Objects and Encoding Objects: a warning says what is not done, so that nothing is dropped in
//! silence.

use std::collections::HashSet;

use serde_json::Value;

use super::outgoing::Sent;
use super::path_items::Operation;
use super::paths::Paths;
use super::properties::MAX_DEPTH;
use super::responses::is_sequence;
use super::written::Written;
use super::{media_types, refs};
use crate::diagnostic::{Code, Diagnostics};
use crate::dialect::Lowered;

/// Keywords about several members of an object, or about names that it does not list.
const TOGETHER: &[&str] = &[
    "anyOf",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "maxProperties",
    "minProperties",
    "not",
    "oneOf",
    "patternProperties",
    "propertyNames",
    "unevaluatedProperties",
];

/// Finds it, as far as the operations and what is sent reach it.
pub fn check(lowered: &Lowered, paths: &Paths, sent: &Sent, found: &mut Diagnostics) {
    let mut unread = Unread { lowered, found };
    let operations = paths.items().iter().flat_map(|one| &one.item.operations);
    let sent = sent.webhooks.iter().chain(&sent.callbacks);
    let sent = sent.flat_map(|one| &one.item.operations);
    operations.chain(sent).for_each(|one| unread.operation(one));
}

struct Unread<'a, 'f> {
    lowered: &'a Lowered,
    found: &'f mut Diagnostics,
}

impl Unread<'_, '_> {
    fn operation(&mut self, operation: &Operation) {
        self.contents(&format!("{}/requestBody", operation.pointer), false);
        let responses = format!("{}/responses", operation.pointer);
        let all = self.lowered.contract().pointer(&responses);
        for key in all.and_then(Value::as_object).into_iter().flatten() {
            self.contents(&refs::join(&responses, key.0), true);
        }
    }

    /// Of the Request Body or Response Object at `pointer`.
    fn contents(&mut self, pointer: &str, is_response: bool) {
        // What cannot be followed is found where it is read.
        let Ok(Some(body)) = Written::at(self.lowered, pointer) else {
            return;
        };
        for media_type in body.keys("content") {
            let at = refs::join(&body.below("content"), media_type);
            let Ok(Some(media)) = Written::at(self.lowered, &at) else {
                continue;
            };
            self.encodings(&media, &["prefixEncoding", "itemEncoding"]);
            for name in media.keys("encoding") {
                let at = refs::join(&media.below("encoding"), name);
                if let Ok(Some(encoding)) = Written::at(self.lowered, &at) {
                    self.encodings(&encoding, &["encoding", "prefixEncoding", "itemEncoding"]);
                    self.headers(&encoding, is_response);
                }
            }
            if !is_response && media_types::is_multipart(media_types::essence(media_type)) {
                self.together(&media.below("schema"), 0, &mut HashSet::new());
            }
            if media.value.get("itemSchema").is_some() && !(is_response && is_sequence(media_type))
            {
                self.item_schema(&media, media_type);
            }
        }
    }

    fn encodings(&mut self, there: &Written<'_>, names: &[&str]) {
        for name in names {
            let is_empty = |value: &Value| match value {
                Value::Object(members) => members.is_empty(),
                Value::Array(items) => items.is_empty(),
                _ => false,
            };
            if there.value.get(name).is_some_and(|value| !is_empty(value)) {
                self.warn(
                    Code::Encoding,
                    &there.below(name),
                    format!("`{name}` is not read: a part is told by its name, and says itself of what media type it is"),
                    "describe the parts by `properties` of `schema` and `encoding`, or leave them to the handler",
                );
            }
        }
    }

    /// `headers` of an Encoding Object, but for `Content-Type`, which the specification says to ignore there.
    fn headers(&mut self, encoding: &Written<'_>, is_response: bool) {
        let mut names = encoding.keys("headers");
        if !is_response && names.any(|name| !name.eq_ignore_ascii_case("content-type")) {
            self.warn(
                Code::Encoding,
                &encoding.below("headers"),
                "`headers` of a part are not checked",
                "check them in the handler, or describe what they say as a part of its own",
            );
        }
    }

    /// What the schema of a `multipart` body says of its parts together.
    fn together(&mut self, pointer: &str, depth: usize, seen: &mut HashSet<String>) {
        let schema = Written::schema(self.lowered, pointer).filter(|_| depth < MAX_DEPTH);
        let Some(schema) = schema.filter(|schema| seen.insert(schema.pointer.clone())) else {
            return;
        };
        for keyword in TOGETHER {
            if schema.value.get(keyword).is_some() {
                self.warn(
                    Code::UncheckedKeyword,
                    &schema.below(keyword),
                    format!("`{keyword}` is not checked: the parts of a `multipart` body go to the handler as they arrive"),
                    "check it in the handler",
                );
            }
        }
        let parts = schema.value.get("allOf").and_then(Value::as_array);
        for index in 0..parts.map_or(0, Vec::len) {
            self.together(
                &format!("{}/allOf/{index}", schema.pointer),
                depth + 1,
                seen,
            );
        }
    }

    fn item_schema(&mut self, media: &Written<'_>, media_type: &str) {
        let essence = media_types::essence(media_type);
        let (message, help) = if media_types::is_multipart(essence) {
            (
                "`itemSchema` is not read: the handler gets the parts as they are",
                "describe the parts by `properties` of `schema`, or leave them to the handler",
            )
        } else if is_sequence(media_type) {
            (
                "`itemSchema` of a body that arrives is not read: the handler gets its octets as they arrive",
                "read the items from them",
            )
        } else {
            (
                "`itemSchema` has no effect: this media type is not one item after another",
                "describe the content by `schema`",
            )
        };
        let at = media.below("itemSchema");
        self.warn(Code::UnsupportedMediaType, &at, message, help);
    }

    fn warn(&mut self, code: Code, pointer: &str, message: impl Into<String>, help: &str) {
        let finding = self.lowered.error(code, pointer, message, help);
        self.found.push(finding.warning());
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::{resolve, testing};

    fn warnings(operation: &str) -> Vec<String> {
        let fields = testing::operation(operation, "A: { type: string }");
        let resolved = resolve(&testing::lowered_as("3.2.0", &fields)).unwrap();
        let found = resolved.warnings.iter();
        found.map(|one| one.code.name().to_owned()).collect()
    }

    fn request(content: &str) -> Vec<String> {
        warnings(&format!("requestBody: {{ content: {{ {content} }} }}"))
    }

    #[test]
    fn what_is_said_of_parts_together_is_named() {
        let parts = "type: object, properties: { a: { type: string }, b: { type: string } }";
        for (more, found) in [
            ("required: [a], additionalProperties: false", 0),
            ("minProperties: 1, dependentRequired: { a: [b] }", 2),
            ("allOf: [{ maxProperties: 1 }]", 1),
        ] {
            let content = format!("multipart/form-data: {{ schema: {{ {parts}, {more} }} }}");
            assert_eq!(
                request(&content),
                vec!["unchecked-keyword"; found],
                "{more}"
            );
        }
    }

    #[test]
    fn what_no_pass_reads_is_named() {
        let item = "{ itemSchema: { type: object } }";
        let encoded = "{ schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { encoding: { b: { contentType: text/plain } } } } }";
        let unread = ["unsupported-media-type"];
        assert_eq!(request(&format!("application/jsonl: {item}")), unread);
        assert_eq!(request(&format!("multipart/mixed: {item}")), unread);
        assert_eq!(
            request(&format!("multipart/form-data: {encoded}")),
            ["encoding"]
        );
        let headers = "{ schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { headers: { X-B: { schema: { type: string } } } } } }";
        let found = request(&format!("multipart/form-data: {headers}"));
        assert_eq!(found, ["encoding"]);
        let places = "{ prefixEncoding: [{ contentType: text/plain }], itemEncoding: {} }";
        assert_eq!(request(&format!("multipart/mixed: {places}")), ["encoding"]);
        let response = |media_type: &str| {
            warnings(&format!(
                "responses: {{ '200': {{ description: x, content: {{ {media_type}: {item} }} }} }}"
            ))
        };
        assert_eq!(response("application/jsonl"), [""; 0]);
        assert_eq!(response("text/event-stream"), [""; 0]);
        assert_eq!(response("application/pdf"), unread);
    }
}
