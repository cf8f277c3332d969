//! The contracts, read as a client would read them: which operation a request is, and what may be answered.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// The HTTP methods a Path Item Object may have.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Words of OpenAPI 3.0's own schema dialect: their absence is what lets a 3.0 schema be read as JSON Schema 2020-12.
const DIALECT_OF_3_0: [&str; 4] = ["nullable", "discriminator", "xml", "exclusiveMinimum"];

/// Operations by GET that change something, as contract and operationId.
const WITHOUT_HEAD: [&str; 1] = ["vtex getCredentials"];

/// The contract of the administration, which has a listener of its own.
const OWN: &str = "specmint";

/// One contract, with the validators compiled from it so far.
pub struct Contract {
    pub name: &'static str,
    pub document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// What a path gives the variables of its template.
type Variables = Vec<(String, String)>;

/// One operation of a contract, and what a request's path gave its variables.
pub struct Found {
    pub contract: &'static Contract,
    pub method: String,
    pub template: String,
    pub id: String,
    pub variables: Variables,
}

/// All contracts.
pub fn all() -> &'static [Contract] {
    static ALL: LazyLock<Vec<Contract>> = LazyLock::new(|| {
        vec![
            Contract::new("anchorbrowser", specmint::anchorbrowser::CONTRACT_JSON),
            Contract::new("infisical", specmint::infisical::CONTRACT_JSON),
            Contract::new("applivery", specmint::applivery::CONTRACT_JSON),
            Contract::new("beyond-identity", specmint::beyond_identity::CONTRACT_JSON),
            Contract::new("vtex", specmint::vtex::CONTRACT_JSON),
            Contract::new(OWN, specmint::administration::CONTRACT_JSON),
        ]
    });
    &ALL
}

/// The contracts that the server's first listener serves.
pub fn providers() -> impl Iterator<Item = &'static Contract> {
    all().iter().filter(|contract| contract.name != OWN)
}

/// The operation that `method` on `path` is, in whichever contract has it. `HEAD` is served by `GET`'s operation, unless
/// that changes something.
pub fn find(method: &str, path: &str) -> Option<Found> {
    let method = method.to_lowercase();
    let is_head = method == "head";
    let method = if is_head { "get" } else { &method };
    let mut contracts = all().iter();
    let found = contracts.find_map(|contract| contract.find(method, path));
    found.filter(|found| !(is_head && WITHOUT_HEAD.contains(&found.id.as_str())))
}

/// The methods that the contracts have for `path`, in upper case, sorted.
pub fn methods_of(path: &str) -> Vec<String> {
    let mut found: Vec<String> = METHODS
        .iter()
        .filter(|method| {
            all()
                .iter()
                .any(|contract| contract.find(method, path).is_some())
        })
        .map(|method| method.to_uppercase())
        .collect();
    found.sort();
    found
}

impl Contract {
    fn new(name: &'static str, text: &str) -> Self {
        let document: Value = serde_json::from_str(text).expect("a contract is JSON");
        let version = document["openapi"].as_str().unwrap_or_default();
        if version.starts_with("3.0") {
            for word in DIALECT_OF_3_0 {
                assert!(
                    !text.contains(&format!("\"{word}\":")),
                    "{name} uses `{word}`, which is not read as 2020-12"
                );
            }
        }
        Self {
            name,
            document,
            validators: Mutex::default(),
        }
    }

    /// Every operation, as this contract and its operationId, with each status that it documents.
    pub fn documented(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for item in members(&self.document["paths"]).values() {
            for method in METHODS {
                let operation = &item[method];
                for status in members(&operation["responses"]).keys() {
                    pairs.push((self.operation_id(operation), status.clone()));
                }
            }
        }
        pairs
    }

    fn find(&'static self, method: &str, path: &str) -> Option<Found> {
        let (template, item, variables) = self.item(path)?;
        item[method].is_object().then(|| Found {
            contract: self,
            method: method.to_owned(),
            template: template.to_owned(),
            id: self.operation_id(&item[method]),
            variables,
        })
    }

    /// The Path Item of `path`: of several templates that match, the one that is concrete where another has a variable
    /// (OpenAPI 3.1, section 4.8.8.1).
    fn item(&self, path: &str) -> Option<(&str, &Value, Variables)> {
        let items = members(&self.document["paths"]).iter();
        let matching = items.filter_map(|(template, item)| {
            let variables = matches(template, path)?;
            Some((template.as_str(), item, variables))
        });
        matching.min_by_key(|(template, ..)| -> Vec<bool> {
            let segments = template.split('/');
            segments.map(|segment| segment.starts_with('{')).collect()
        })
    }

    /// An operationId, which is unique only within its contract.
    fn operation_id(&self, operation: &Value) -> String {
        let id = operation["operationId"].as_str();
        format!(
            "{} {}",
            self.name,
            id.expect("every operation has an operationId")
        )
    }

    /// The node at a JSON Pointer, `$ref`s followed, with the pointer it was found at.
    pub fn resolve(&self, pointer: &str) -> Option<(String, &Value)> {
        let node = self.document.pointer(pointer)?;
        match node["$ref"].as_str() {
            Some(reference) => self.resolve(reference.strip_prefix('#')?),
            None => Some((pointer.to_owned(), node)),
        }
    }

    /// What is wrong with `value` by the schema at `pointer`.
    pub fn violations(&self, pointer: &str, value: &Value) -> Vec<String> {
        let validator = self.validator(pointer);
        validator
            .iter_errors(value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect()
    }

    fn validator(&self, pointer: &str) -> Arc<Validator> {
        let mut validators = self.validators.lock().expect("no panic while compiling");
        let entry = validators
            .entry(pointer.to_owned())
            .or_insert_with(|| Arc::new(compile(&self.document, pointer)));
        Arc::clone(entry)
    }
}

/// Compiles the schema at `pointer` of `document`, as JSON Schema 2020-12 with asserted formats.
pub fn compile(document: &Value, pointer: &str) -> Validator {
    let mut root = members(document).clone();
    root.retain(|member, _| member == "components" || member == "paths");
    root.insert("$ref".into(), json!(format!("#{}", fragment(pointer))));
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&Value::Object(root))
        .unwrap_or_else(|error| panic!("the schema at {pointer} does not compile: {error}"))
}

/// A JSON Pointer as a URI fragment: the braces of path templates are no URI characters.
fn fragment(pointer: &str) -> String {
    pointer.replace('{', "%7B").replace('}', "%7D")
}

/// A JSON Pointer's token for `text`.
pub fn token(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}

/// The members of an object; none of anything else.
pub fn members(value: &Value) -> &Map<String, Value> {
    static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE)
}

/// The variables of a path template, when `path` is one of its paths. Empty segments are no values.
fn matches(template: &str, path: &str) -> Option<Variables> {
    let templates: Vec<&str> = template.split('/').collect();
    let segments: Vec<&str> = path.split('/').collect();
    if templates.len() != segments.len() {
        return None;
    }
    let mut variables = Vec::new();
    for (template, segment) in templates.iter().zip(segments) {
        match template
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'))
        {
            Some(_) if segment.is_empty() => return None,
            Some(name) => variables.push((name.to_owned(), segment.to_owned())),
            None if *template == segment => {}
            None => return None,
        }
    }
    Some(variables)
}
