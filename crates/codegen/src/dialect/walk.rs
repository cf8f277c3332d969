//! One walk over the document, driven by the table of fields: it refuses what the table does not know and brings the
//! rest to both forms at once.

use serde_json::{Map, Value};

use super::fields::{Field, Holds, Keys, OPENAPI, Object, Rest, SCHEMA, Standing};
use super::references::Reference;
use super::version::Version;
use super::{findings, json_schema, keys, keywords, objects, openapi30};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{Document, Places};

/// A node of the contract and its places.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) places: &'a Places,
}

impl<'a> Node<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self {
            value: &document.root,
            places: &document.places,
        }
    }

    /// The child with this value, of this name.
    pub(super) fn child(self, name: &str, value: &'a Value) -> Self {
        Self {
            value,
            ..self.shown_at(name)
        }
    }

    /// The same node, to be shown at its field `name`.
    pub(super) fn shown_at(self, name: &str) -> Self {
        Self {
            places: self.places.child(name).unwrap_or(self.places),
            ..self
        }
    }

    /// A finding about the node, shown at its key.
    pub(super) fn finding(
        self,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message, help).at(self.places.place().clone())
    }

    /// A finding about the value of the node: shown at the value where it is a plain one.
    pub(super) fn value_finding(
        self,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        let place = match self.value {
            Value::Array(_) | Value::Object(_) => self.places.place(),
            _ if self.places.node.range().is_empty() => self.places.place(),
            _ => &self.places.node,
        };
        Diagnostic::error(code, message, help).at(place.clone())
    }
}

/// One node in both forms.
pub(super) struct Forms {
    /// OpenAPI 3.0.
    pub(super) openapi: Value,
    /// Schema Objects in JSON Schema 2020-12.
    pub(super) schemas: Value,
}

impl Forms {
    fn same(value: &Value) -> Self {
        Self {
            openapi: value.clone(),
            schemas: value.clone(),
        }
    }
}

/// What a walk brings back besides the forms.
pub(super) struct Walk<'a> {
    pub(super) version: Version,
    pub(super) found: Diagnostics,
    /// Every `$ref`, in the document's order.
    pub(super) references: Vec<Reference<'a>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(version: Version) -> Self {
        Self {
            version,
            found: Diagnostics::new(),
            references: Vec::new(),
        }
    }

    /// Walks a whole document.
    pub(super) fn document(&mut self, document: &'a Document) -> Forms {
        let mut forms = self.object(&OPENAPI, Node::of(document));
        openapi30::document(&mut forms.openapi);
        forms
    }

    fn hold(&mut self, holds: &Holds, node: Node<'a>) -> Forms {
        match (holds, node.value) {
            (Holds::List(item), Value::Array(items)) => self.list(item, items, node),
            (Holds::Map(keys, member), Value::Object(members)) => {
                self.map(*keys, member, members, node)
            }
            (Holds::Object(object), Value::Object(_)) => self.object(object, node),
            (Holds::Schema | Holds::SchemaOrBoolean, Value::Object(_)) => {
                self.object(&SCHEMA, node)
            }
            (Holds::SchemaOrBoolean, Value::Bool(_)) => Forms::same(node.value),
            (Holds::Schema, Value::Bool(all)) if self.version == Version::V31 => {
                if !all {
                    self.found.push(findings::false_schema(node));
                }
                Forms {
                    openapi: Value::Object(Map::new()),
                    schemas: node.value.clone(),
                }
            }
            (Holds::Choice(choices), Value::String(text)) => {
                self.choice(choices, text, node);
                Forms::same(node.value)
            }
            (holds, value) => {
                if !fits(holds, value, self.version) {
                    self.found
                        .push(findings::wrong_type(holds, node, self.version));
                }
                Forms::same(value)
            }
        }
    }

    fn list(&mut self, holds: &Holds, items: &'a [Value], node: Node<'a>) -> Forms {
        let (mut openapi, mut schemas) = (Vec::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            let forms = self.hold(holds, node.child(&index.to_string(), item));
            openapi.push(forms.openapi);
            schemas.push(forms.schemas);
        }
        Forms {
            openapi: Value::Array(openapi),
            schemas: Value::Array(schemas),
        }
    }

    fn map(
        &mut self,
        keys: Keys,
        holds: &Holds,
        members: &'a Map<String, Value>,
        node: Node<'a>,
    ) -> Forms {
        let (mut openapi, mut schemas) = (Map::new(), Map::new());
        for (name, member) in members {
            let child = node.child(name, member);
            self.found.extend(keys::check(keys, name, child));
            let forms = self.hold(holds, child);
            openapi.insert(name.clone(), forms.openapi);
            schemas.insert(name.clone(), forms.schemas);
        }
        Forms {
            openapi: Value::Object(openapi),
            schemas: Value::Object(schemas),
        }
    }

    fn object(&mut self, object: &'static Object, node: Node<'a>) -> Forms {
        let Some(members) = node.value.as_object() else {
            self.found.push(findings::wrong_type(
                &Holds::Object(object),
                node,
                self.version,
            ));
            return Forms::same(node.value);
        };
        if object.reference
            && let Some(target) = members.get("$ref")
        {
            return self.reference(object, members, node, node.child("$ref", target));
        }
        let (mut openapi, mut schemas) = (Map::new(), Map::new());
        for (name, member) in members {
            let child = node.child(name, member);
            let Some((lowered, forms)) = self.member(object, name, child) else {
                continue;
            };
            openapi.insert(lowered, forms.openapi);
            schemas.insert(name.clone(), forms.schemas);
        }
        for field in object.fields {
            if !members.contains_key(field.name) && field.is_required(self.version, members) {
                self.found
                    .push(findings::missing_field(field.name, object, node));
            }
        }
        if std::ptr::eq(object, &SCHEMA) {
            self.found
                .extend(openapi30::schema(&mut openapi, node, self.version));
            self.found.extend(keywords::check(&mut openapi, node));
            json_schema::schema(&mut schemas, self.version);
        } else {
            self.found.extend(objects::check(object.name, node));
            openapi30::object(object.name, &mut openapi);
        }
        Forms {
            openapi: Value::Object(openapi),
            schemas: Value::Object(schemas),
        }
    }

    /// A member in both forms, under its name in the 3.0 form; `None` where it was refused.
    fn member(
        &mut self,
        object: &'static Object,
        name: &str,
        child: Node<'a>,
    ) -> Option<(String, Forms)> {
        if name.starts_with("x-") {
            return Some((name.to_owned(), Forms::same(child.value)));
        }
        if let Some(field) = object.field(name).filter(|field| field.is_in(self.version)) {
            if let Standing::Unsupported(code) = field.standing {
                if !field.is_idle(child.value) {
                    self.found.push(findings::unsupported(
                        code,
                        &format!("`{name}` of the {}", object.name),
                        child,
                    ));
                }
                return None;
            }
            let forms = self.hold(&field.holds, child);
            return Some((openapi30::name(field), forms));
        }
        if let Rest::Patterned(keys, holds) = &object.rest {
            self.found.extend(keys::check(*keys, name, child));
            return Some((name.to_owned(), self.hold(holds, child)));
        }
        self.found
            .push(findings::unknown_field(name, object, self.version, child));
        None
    }

    fn choice(&mut self, choices: &[(&'static str, Standing)], text: &str, node: Node<'a>) {
        match choices.iter().find(|(choice, _)| *choice == text) {
            Some((_, Standing::Unsupported(code))) => {
                self.found
                    .push(findings::unsupported_value(*code, text, node));
            }
            Some(_) => {}
            None => self
                .found
                .push(findings::invalid_choice(choices, text, node)),
        }
    }

    /// A Reference Object (4.8.23) or a Schema Object with `$ref`.
    fn reference(
        &mut self,
        object: &'static Object,
        members: &'a Map<String, Value>,
        node: Node<'a>,
        target: Node<'a>,
    ) -> Forms {
        self.found
            .extend(findings::siblings(members, object, node, self.version));
        let Some(text) = target.value.as_str() else {
            self.found
                .push(findings::wrong_type(&Holds::Text, target, self.version));
            return Forms::same(node.value);
        };
        let (reference, normal) = match Reference::parse(text, object.name, target) {
            Ok(parsed) => parsed,
            Err(finding) => {
                self.found.push(finding);
                return Forms::same(node.value);
            }
        };
        self.references.push(reference);
        let alone =
            |text: &str| Value::Object(Map::from_iter([("$ref".to_owned(), Value::from(text))]));
        // In 3.0 what stands beside is no part of the document; in 2020-12 it would be.
        let schemas = match self.version {
            Version::V30 => alone(text),
            Version::V31 => node.value.clone(),
        };
        Forms {
            openapi: alone(&normal),
            schemas,
        }
    }
}

fn fits(holds: &Holds, value: &Value, version: Version) -> bool {
    match holds {
        Holds::Anything => true,
        Holds::Text => value.is_string(),
        Holds::Boolean => value.is_boolean(),
        Holds::Number => value.is_number(),
        Holds::Count => value.is_u64(),
        Holds::ExclusiveBound if version == Version::V30 => value.is_boolean(),
        Holds::ExclusiveBound => value.is_number(),
        Holds::SchemaType if version == Version::V30 => {
            value.as_str().is_some_and(|name| is_type(name, version))
        }
        Holds::SchemaType => match value {
            Value::String(name) => is_type(name, version),
            Value::Array(names) => {
                !names.is_empty()
                    && names
                        .iter()
                        .all(|name| name.as_str().is_some_and(|name| is_type(name, version)))
            }
            _ => false,
        },
        Holds::Choice(_)
        | Holds::List(_)
        | Holds::Map(..)
        | Holds::Object(_)
        | Holds::Schema
        | Holds::SchemaOrBoolean => false,
    }
}

fn is_type(name: &str, version: Version) -> bool {
    type_names(version).contains(&name)
}

/// The values of `type`.
pub(super) fn type_names(version: Version) -> Vec<&'static str> {
    let mut names = vec!["object", "array", "string", "number", "integer", "boolean"];
    if version == Version::V31 {
        names.push("null");
    }
    names
}

/// The object that stands at the end of `tokens`, the parts of a JSON Pointer, as the table has it.
pub(super) fn object_at(tokens: &[String]) -> Option<&'static str> {
    let mut here = Holds::Object(&OPENAPI);
    for token in tokens {
        here = match here {
            Holds::List(item) => *item,
            Holds::Map(_, member) => *member,
            Holds::Object(object) => below(object, token)?,
            Holds::Schema | Holds::SchemaOrBoolean => below(&SCHEMA, token)?,
            _ => return None,
        };
    }
    match here {
        Holds::Object(object) => Some(object.name),
        Holds::Schema | Holds::SchemaOrBoolean => Some(SCHEMA.name),
        _ => None,
    }
}

fn below(object: &'static Object, name: &str) -> Option<Holds> {
    let field: Option<&'static Field> = object.field(name);
    match (field, &object.rest) {
        (Some(field), _) => Some(field.holds),
        (None, Rest::Patterned(_, holds)) => Some(*holds),
        (None, Rest::Refused) => None,
    }
}
