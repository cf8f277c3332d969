//! The cold path: every violation of a schema, by the crate `jsonschema`.

mod at;
mod broken;
mod choice;
mod message;
mod object;
mod place;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use jsonschema::{Draft, Registry, ValidationOptions, Validator};
use serde_json::{Value, json};

use crate::decode;
use crate::violation::Violation;

pub(crate) use at::At;
use place::Names;

/// More than these are not listed: nobody reads them, and the answer must not outgrow the request.
const MAX_VIOLATIONS: usize = 64;

/// The schemas of a contract: one JSON document in which every Schema Object stands where it stands in the
/// contract, in the form of draft 2020-12.
///
/// Nothing is parsed before it is needed, and each schema is compiled once.
pub struct Schemas {
    text: &'static str,
    document: OnceLock<Option<Document>>,
}

struct Document {
    value: Value,
    registry: Registry<'static>,
    validators: RwLock<HashMap<String, Option<Arc<Validator>>>>,
    names: OnceLock<Names>,
}

const BASE: &str = "specmint:///contract";

impl Schemas {
    /// The document's text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            document: OnceLock::new(),
        }
    }

    /// Every violation of the schema at `pointer` (JSON Pointer), as of a body; 64 at most.
    #[must_use]
    pub fn violations(&self, pointer: &str, value: &Value) -> Vec<Violation> {
        let (Some(document), Some(validator)) = (self.document(), self.validator(pointer)) else {
            return Vec::new();
        };
        let names = document.names.get_or_init(|| Names::of(&document.value));
        let (contract, schema) = (&document.value, self.at(pointer));
        let mut violations: Vec<Violation> = Vec::new();
        for error in validator.iter_errors(value).take(MAX_VIOLATIONS) {
            choice::see_meant(&error, &mut |error| {
                let found = message::violation(error, value, names, contract, schema.as_ref());
                // Members that are not named may be at fault in the same way, and one message may stand for two keywords.
                let is_told = |told: &Violation| {
                    (&told.pointer, &told.message) == (&found.pointer, &found.message)
                };
                if !violations.iter().any(is_told) {
                    violations.push(found);
                }
            });
        }
        violations.truncate(MAX_VIOLATIONS);
        violations
    }

    /// Whether `value` keeps the schema at `pointer`. Nothing keeps a schema that isn't there.
    #[must_use]
    pub fn is_valid(&self, pointer: &str, value: &Value) -> bool {
        self.validator(pointer)
            .is_some_and(|validator| validator.is_valid(value))
    }

    /// The Schema Object at `pointer`.
    pub(crate) fn at(&self, pointer: &str) -> Option<At<'_>> {
        // What has no schema has no pointer; the whole document is none.
        let schema = self.document()?.value.pointer(pointer)?;
        (!pointer.is_empty()).then(|| At::new(self, pointer.to_owned(), schema))
    }

    fn validator(&self, pointer: &str) -> Option<Arc<Validator>> {
        let document = self.document()?;
        {
            let validators = document.validators.read();
            let validators = validators.unwrap_or_else(PoisonError::into_inner);
            if let Some(validator) = validators.get(pointer) {
                return validator.clone();
            }
        }
        let validator = document.compile(pointer).map(Arc::new);
        let validators = document.validators.write();
        let mut validators = validators.unwrap_or_else(PoisonError::into_inner);
        validators.insert(pointer.to_owned(), validator.clone());
        validator
    }

    fn document(&self) -> Option<&Document> {
        let load = || match Document::load(self.text) {
            Ok(document) => Some(document),
            Err(error) => {
                tracing::error!(%error, "the contract's schemas cannot be loaded");
                None
            }
        };
        self.document.get_or_init(load).as_ref()
    }
}

impl Document {
    fn load(text: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let value: Value = serde_json::from_str(text)?;
        let resource = Draft::Draft202012.create_resource(value.clone());
        let registry = Registry::new().add(BASE, resource)?.prepare()?;
        Ok(Self {
            value,
            registry,
            validators: RwLock::default(),
            names: OnceLock::new(),
        })
    }

    fn compile(&self, pointer: &str) -> Option<Validator> {
        self.value.pointer(pointer)?;
        let schema = json!({ "$ref": format!("{BASE}#{}", fragment(pointer)) });
        match options().with_registry(&self.registry).build(&schema) {
            Ok(validator) => Some(validator),
            Err(error) => {
                tracing::error!(pointer, error = %error.masked(), "the schema cannot be compiled");
                None
            }
        }
    }
}

/// Formats are asserted; those with a Rust type by the function that decodes the type.
pub(crate) fn options<'r>() -> ValidationOptions<'r> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("uuid", decode::is_uuid)
        .with_format("date-time", decode::is_date_time)
        .with_format("uri", decode::is_uri)
        .with_format("date", decode::is_date)
        .with_format("ipv4", decode::is_ipv4)
        .with_format("ipv6", decode::is_ipv6)
        .with_format("byte", decode::is_base64)
}

/// `pointer` as a URI fragment (RFC 6901, section 6).
fn fragment(pointer: &str) -> String {
    let mut fragment = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            fragment.push(char::from(byte));
        } else {
            fragment.push_str(&format!("%{byte:02X}"));
        }
    }
    fragment
}

impl fmt::Debug for Schemas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Schemas")
    }
}
