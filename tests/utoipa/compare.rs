//! Holds a view's schemas against the contract's, keyword by keyword.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// What came of it; each line names a schema, the way into it, and a keyword.
#[derive(Default)]
pub struct Comparison {
    /// How many schemas were compared.
    pub compared: usize,
    /// What the view says and the contract does not.
    pub added: Vec<String>,
    /// What the contract says and the view does not.
    pub lost: BTreeSet<String>,
    /// Schemas of the contract that are not in the view at all.
    pub missing: Vec<String>,
}

/// Compares `view`, an OpenAPI document by utoipa, with `contract`.
pub fn compare(view: &Value, contract: &Value) -> Comparison {
    let mut comparison = Comparison::default();
    let schemas = |document: &Value| -> Map<String, Value> {
        document["components"]["schemas"]
            .as_object()
            .cloned()
            .unwrap_or_default()
    };
    let (views, sources) = (schemas(view), schemas(contract));
    let mut walk = Walk {
        view,
        contract,
        visited: BTreeSet::new(),
        comparison: &mut comparison,
    };
    for (name, source) in &sources {
        match views.get(name) {
            Some(view) => walk.schema(name, view, source),
            // A text or a number without values of its own is no type of its own: it is compared where it stands.
            None if is_plain(source) => {}
            // Nor is what only lends its members to others.
            None if !stands_alone(contract, name) => {}
            None => walk.comparison.missing.push(name.clone()),
        }
        walk.visited.insert(name.clone());
    }
    let visited = walk.visited;
    let parameters = parameters(contract);
    for (name, view) in views.iter().filter(|(name, _)| !visited.contains(*name)) {
        // The values of a parameter are a type as well.
        if parameters
            .iter()
            .any(|values| *values == set(&view["enum"]))
        {
            continue;
        }
        comparison.added.push(format!("the schema {name}"));
    }
    comparison
}

struct Walk<'a> {
    view: &'a Value,
    contract: &'a Value,
    /// Names in the view that stand for something in the contract.
    visited: BTreeSet<String>,
    comparison: &'a mut Comparison,
}

impl Walk<'_> {
    fn schema(&mut self, at: &str, view: &Value, source: &Value) {
        if let (Some(view), Some(source)) = (reference(view), reference(source))
            && view == source
        {
            return;
        }
        let view = self.followed(view);
        let source = follow(self.contract, source);
        self.comparison.compared += 1;
        let (Some(view), Some(source)) = (view.as_object(), source.as_object()) else {
            if view != source {
                self.comparison
                    .added
                    .push(format!("{at}: {view} for {source}"));
            }
            return;
        };
        for (keyword, said) in view {
            let unsigned = keyword == "minimum"
                && source
                    .get("format")
                    .is_some_and(|format| format == "uint32");
            if says_nothing(view, keyword, said) || unsigned && *said == 0 {
                continue;
            }
            match source.get(keyword) {
                Some(known) => self.keyword(at, keyword, said, known),
                None => self
                    .comparison
                    .added
                    .push(format!("{at} {keyword}: {said}")),
            }
        }
        for keyword in source.keys().filter(|keyword| !view.contains_key(*keyword)) {
            self.comparison.lost.insert(format!("{at} {keyword}"));
        }
    }

    fn keyword(&mut self, at: &str, keyword: &str, view: &Value, source: &Value) {
        match keyword {
            "properties" => self.properties(at, view, source),
            "items" => self.schema(&format!("{at}[]"), view, source),
            "required" | "enum" => {
                if set(view) != set(source) {
                    self.comparison
                        .added
                        .push(format!("{at} {keyword}: {view} for {source}"));
                }
            }
            // utoipa knows no format of unsigned integers; it says `minimum` instead.
            "format" if *view == "int32" && *source == "uint32" => {}
            // An empty schema and `true` are one (JSON Schema 2020-12, core, section 4.3.2).
            "additionalProperties" if *view == json!({}) && *source == json!(true) => {}
            _ => {
                if view != source {
                    self.comparison
                        .added
                        .push(format!("{at} {keyword}: {view} for {source}"));
                }
            }
        }
    }

    fn properties(&mut self, at: &str, view: &Value, source: &Value) {
        let none = Map::new();
        let views = view.as_object().unwrap_or(&none);
        let sources = source.as_object().unwrap_or(&none);
        for (name, view) in views {
            match sources.get(name) {
                Some(source) => self.schema(&format!("{at}.{name}"), view, source),
                None => self.comparison.added.push(format!("{at}.{name}")),
            }
        }
        for name in sources.keys().filter(|name| !views.contains_key(*name)) {
            self.comparison.lost.insert(format!("{at}.{name}"));
        }
    }

    fn followed(&mut self, schema: &Value) -> Value {
        if let Some(name) = reference(schema).and_then(|text| text.rsplit('/').next()) {
            self.visited.insert(name.to_owned());
        }
        follow(self.view, schema)
    }
}

/// Whether a keyword of the view's is true of everything: so utoipa writes the empty schema, and that names are text.
fn says_nothing(schema: &Map<String, Value>, keyword: &str, said: &Value) -> bool {
    match keyword {
        "default" => said.is_null() && schema.len() == 1,
        "propertyNames" => *said == json!({"type": "string"}),
        _ => false,
    }
}

/// The values of each parameter that has a list of them.
fn parameters(node: &Value) -> Vec<BTreeSet<String>> {
    let mut found = Vec::new();
    if node["in"].is_string() {
        let schema = &node["schema"];
        let values = [&schema["enum"], &schema["items"]["enum"]].map(set);
        found.extend(values.into_iter().filter(|values| !values.is_empty()));
    }
    found.extend(children(node).flat_map(|(_, child)| parameters(child)));
    found
}

/// Whether anything but a part of `allOf` refers to the schema `name`.
fn stands_alone(node: &Value, name: &str) -> bool {
    children(node).any(|(keyword, child)| {
        let is_it =
            |node: &Value| reference(node).is_some_and(|to| to.ends_with(&format!("/{name}")));
        match child {
            Value::Array(parts) if keyword == "allOf" => parts
                .iter()
                .any(|part| !is_it(part) && stands_alone(part, name)),
            child => is_it(child) || stands_alone(child, name),
        }
    })
}

fn children(node: &Value) -> Box<dyn Iterator<Item = (&str, &Value)> + '_> {
    match node {
        Value::Object(members) => {
            Box::new(members.iter().map(|(name, child)| (name.as_str(), child)))
        }
        Value::Array(items) => Box::new(items.iter().map(|item| ("", item))),
        _ => Box::new(std::iter::empty()),
    }
}

fn is_plain(schema: &Value) -> bool {
    let plain = ["string", "integer", "number", "boolean"];
    let is_plain = |kind: &str| plain.contains(&kind);
    schema["type"].as_str().is_some_and(is_plain) && schema.get("enum").is_none()
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()
}

/// A schema with what it refers to, and with the parts of `allOf` where none says of a keyword what another denies:
/// so utoipa writes a field's own description beside its type's.
fn follow(document: &Value, schema: &Value) -> Value {
    let Some(members) = schema.as_object() else {
        return schema.clone();
    };
    let mut merged = members.clone();
    if let Some(pointer) = reference(schema) {
        let target = document
            .pointer(pointer.trim_start_matches('#'))
            .expect("what is referred to");
        merged.remove("$ref");
        merge(&mut merged, &follow(document, target));
    }
    if let Some(Value::Array(parts)) = merged.remove("allOf") {
        for part in &parts {
            merge(&mut merged, &follow(document, part));
        }
    }
    Value::Object(merged)
}

fn merge(into: &mut Map<String, Value>, part: &Value) {
    for (keyword, value) in part.as_object().into_iter().flatten() {
        let known = into.entry(keyword.clone()).or_insert_with(|| value.clone());
        match (keyword.as_str(), known, value) {
            // What one part requires or describes, the whole does.
            ("required", Value::Array(known), Value::Array(more)) => {
                known.extend(
                    more.iter()
                        .filter(|name| !known.contains(name))
                        .cloned()
                        .collect::<Vec<_>>(),
                );
            }
            ("properties", Value::Object(known), Value::Object(more)) => {
                for (name, schema) in more {
                    let known = known.entry(name).or_insert_with(|| schema.clone());
                    assert_eq!(known, schema, "two meanings of the property {name}");
                }
            }
            ("description" | "title" | "example", ..) => {}
            (_, known, value) => {
                assert_eq!(known, value, "two meanings of {keyword}");
            }
        }
    }
}

fn set(value: &Value) -> BTreeSet<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect()
}
