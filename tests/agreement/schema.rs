//! The schema of a request body, read from the contract without the server's help.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// A request body's schema.
pub struct Schema {
    /// Where it stands in the contract.
    pub pointer: String,
    /// The Schema Object, with every `$ref` followed.
    pub node: Value,
    validator: Validator,
}

impl Schema {
    /// The schema that an operation's body of a media type has to keep.
    pub fn of(document: &str, operation: &str, media_type: &str) -> Self {
        let document: Value = serde_json::from_str(document).expect("a contract is JSON");
        let (base, _) = operations(&document)
            .into_iter()
            .find(|(_, node)| node["operationId"] == operation)
            .expect("the operation");
        let pointer = format!("{base}/requestBody/content/{}/schema", token(media_type));
        let node = document.pointer(&pointer).expect("a schema");
        let node = inlined(&document, node);
        let mut root = Map::new();
        root.insert("components".into(), document["components"].clone());
        root.insert("paths".into(), document["paths"].clone());
        let fragment = pointer.replace('{', "%7B").replace('}', "%7D");
        root.insert("$ref".into(), json!(format!("#{fragment}")));
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&Value::Object(root))
            .expect("a schema that compiles");
        Self {
            node,
            pointer,
            validator,
        }
    }

    pub fn accepts(&self, body: &Value) -> bool {
        self.validator.is_valid(body)
    }

    pub fn violations(&self, body: &Value) -> Vec<String> {
        self.validator
            .iter_errors(body)
            .map(|error| error.to_string())
            .collect()
    }

    /// The properties, by name.
    pub fn properties(&self) -> Vec<(String, Value)> {
        members(&self.node["properties"])
            .iter()
            .map(|(name, schema)| (name.clone(), schema.clone()))
            .collect()
    }

    pub fn requires(&self, name: &str) -> bool {
        self.node["required"]
            .as_array()
            .is_some_and(|required| required.contains(&json!(name)))
    }
}

/// A schema with what it refers to in its place, and beside that what stands beside the reference; no request body's
/// schema refers to itself. What is `readOnly` is no part of a request: the models of requests have no such member, and
/// overlook one that is sent all the same, whatever its value.
fn inlined(document: &Value, node: &Value) -> Value {
    match node {
        Value::Object(members) => {
            let mut whole: Map<String, Value> = Map::new();
            for (name, value) in members {
                if let ("$ref", Some(reference)) = (name.as_str(), value.as_str()) {
                    let target = document.pointer(reference.trim_start_matches('#'));
                    let target = inlined(document, target.expect("what is referred to"));
                    whole.extend(target.as_object().cloned().unwrap_or_default());
                }
            }
            let beside = members.iter().filter(|(name, _)| *name != "$ref");
            whole.extend(beside.map(|(name, value)| (name.clone(), inlined(document, value))));
            if let Some(Value::Object(properties)) = whole.get_mut("properties") {
                properties.retain(|_, schema| schema["readOnly"] != true);
            }
            Value::Object(whole)
        }
        Value::Array(items) => items.iter().map(|item| inlined(document, item)).collect(),
        _ => node.clone(),
    }
}

/// Every request body of a contract: operation and media type.
pub fn request_bodies(document: &str) -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(document).expect("a contract is JSON");
    let mut found = Vec::new();
    for (_, node) in operations(&document) {
        for media_type in members(&node["requestBody"]["content"]).keys() {
            let id = node["operationId"].as_str().expect("an operationId");
            found.push((id.to_owned(), media_type.clone()));
        }
    }
    found
}

/// A form as an object of strings; `None` where a name is there twice.
pub fn form_value(pairs: &[(String, String)]) -> Option<Value> {
    let mut form = Map::new();
    for (name, value) in pairs {
        if form.insert(name.clone(), json!(value)).is_some() {
            return None;
        }
    }
    Some(Value::Object(form))
}

fn operations(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in members(&document["paths"]) {
        for (method, node) in members(item) {
            if node["operationId"].is_string() {
                found.push((format!("/paths/{}/{method}", token(path)), node));
            }
        }
    }
    found
}

fn members(value: &Value) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE)
}

fn token(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}
