//! One walk over the document, driven by the table of fields: it finds what the table does not know and brings the rest
//! to both forms at once.

use serde_json::{Map, Value};

use super::fields::{
    ANNOTATIONS, Field, Holds, Keys, MEDIA_TYPE, OPENAPI, Object, Rest, SCHEMA, Standing,
};
use super::fits::fits;
use super::node::Node;
use super::references::Reference;
use super::version::Version;
use super::{findings, json_schema, keys, keywords, objects, openapi30};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::load::Document;

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

    fn objects(openapi: Map<String, Value>, schemas: Map<String, Value>) -> Self {
        Self {
            openapi: Value::Object(openapi),
            schemas: Value::Object(schemas),
        }
    }
}

/// What a walk brings back besides the forms.
pub(super) struct Walk<'a> {
    pub(super) version: Version,
    pub(super) found: Diagnostics,
    /// Every `$ref`, in the document's order.
    pub(super) references: Vec<Reference<'a>>,
    /// Whether what is walked is documentation.
    documentation: bool,
    /// How many errors in the documentation at hand became warnings.
    faults: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(version: Version, found: Diagnostics) -> Self {
        Self {
            version,
            found,
            references: Vec::new(),
            documentation: false,
            faults: 0,
        }
    }

    /// Walks a whole document.
    pub(super) fn document(&mut self, document: &'a Document) -> Forms {
        let mut forms = self.object(&OPENAPI, Node::of(document));
        openapi30::document(&mut forms.openapi);
        forms
    }

    /// Adds a finding; what is wrong with documentation stops nothing.
    fn say(&mut self, finding: Diagnostic) {
        if self.documentation {
            self.faults += usize::from(finding.severity == Severity::Error);
            self.found.push(finding.warning());
        } else {
            self.found.push(finding);
        }
    }

    fn say_all(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        for finding in findings {
            self.say(finding);
        }
    }

    /// Both forms of what a field holds; `None` where it is none of what may stand there, which is said.
    fn hold(&mut self, holds: &Holds, node: Node<'a>) -> Option<Forms> {
        match (holds, node.value) {
            (Holds::List(item), Value::Array(items)) => Some(self.list(item, items, node)),
            (Holds::Map(keys, member), Value::Object(members)) => {
                Some(self.map(*keys, member, members, node))
            }
            (Holds::Object(object), Value::Object(_)) => Some(self.object(object, node)),
            (Holds::Schema | Holds::SchemaOrBoolean, Value::Object(_)) => {
                Some(self.object(&SCHEMA, node))
            }
            (Holds::SchemaOrBoolean, Value::Bool(_)) => Some(Forms::same(node.value)),
            (Holds::Schema, Value::Bool(all)) => {
                if !self.version.has_json_schema() {
                    let what = "a schema that is true or false";
                    self.say(findings::other_form(what, self.version, node));
                }
                Some(Forms {
                    openapi: openapi30::boolean(*all),
                    schemas: node.value.clone(),
                })
            }
            (Holds::Choice(choices), Value::String(text)) => {
                if choices.contains(&text.as_str()) {
                    return Some(Forms::same(node.value));
                }
                self.say(findings::invalid_choice(choices, text, node));
                None
            }
            (Holds::Text, Value::Number(_) | Value::Bool(_)) => {
                let text = node.places.node.text();
                self.say(findings::unquoted(text, node));
                Some(Forms::same(&Value::from(text)))
            }
            (Holds::SchemaType, Value::Array(names)) if fits(holds, node.value) => {
                if names.iter().any(Value::is_null) {
                    self.say(findings::unquoted("null", node));
                }
                let text = |name: &Value| Value::from(name.as_str().unwrap_or("null"));
                Some(Forms::same(&names.iter().map(text).collect()))
            }
            (Holds::ExclusiveBound, Value::Bool(_) | Value::Number(_)) => {
                if node.value.is_boolean() == self.version.has_json_schema() {
                    let what = format!("an exclusive bound that is `{}`", node.value);
                    self.say(findings::other_form(&what, self.version, node));
                }
                Some(Forms::same(node.value))
            }
            (Holds::Count, Value::Number(count)) if fits(holds, node.value) => {
                Some(Forms::same(&openapi30::count(count)))
            }
            (holds, value) if fits(holds, value) => Some(Forms::same(value)),
            (holds, _) => {
                self.say(findings::wrong_type(holds, node));
                None
            }
        }
    }

    fn list(&mut self, holds: &Holds, items: &'a [Value], node: Node<'a>) -> Forms {
        let (mut openapi, mut schemas) = (Vec::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            let Some(forms) = self.hold(holds, node.child(&index.to_string(), item)) else {
                continue;
            };
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
            if keys == Keys::MediaType && MEDIA_TYPE.field(name).is_some() {
                self.say(findings::misplaced(name, &MEDIA_TYPE, child));
                continue;
            }
            self.say_all(keys::check(keys, name, child));
            let forms = match holds {
                Holds::List(_) | Holds::Map(..) | Holds::Text if member.is_null() => {
                    self.say(findings::null(name, child));
                    Some(Forms::same(&holds.nothing()))
                }
                _ => self.hold(holds, child),
            };
            let Some(forms) = forms else {
                continue;
            };
            openapi.insert(name.clone(), forms.openapi);
            schemas.insert(name.clone(), forms.schemas);
        }
        Forms::objects(openapi, schemas)
    }

    fn object(&mut self, object: &'static Object, node: Node<'a>) -> Forms {
        let Some(members) = node.value.as_object() else {
            self.say(findings::wrong_type(&Holds::Object(object), node));
            return Forms::same(node.value);
        };
        let is_schema = std::ptr::eq(object, &SCHEMA);
        let mut target = None;
        if object.reference
            && let Some(text) = members.get("$ref")
        {
            self.say_all(findings::siblings(members, object, node, self.version));
            let normal = self.reference(object, node.child("$ref", text));
            if !is_schema || !self.version.has_json_schema() {
                return Forms::same(&openapi30::reference(&normal));
            }
            target = Some(normal);
        }
        let (mut openapi, mut schemas) = (Map::new(), Map::new());
        for (name, member) in members {
            if let (Some(target), "$ref") = (&target, name.as_str()) {
                schemas.insert(name.clone(), Value::from(target.as_str()));
                continue;
            }
            let child = node.child(name, member);
            if let Some((lowered, forms)) = self.member(object, members, name, child) {
                openapi.insert(lowered, forms.openapi);
                schemas.insert(name.clone(), forms.schemas);
            }
        }
        self.missing(object, members, (&mut openapi, &mut schemas), node);
        if is_schema {
            self.say_all(keywords::check(&mut openapi, &mut schemas, node));
            self.say_all(openapi30::schema(&mut openapi, node, self.version));
            json_schema::schema(&mut schemas, self.version);
        } else {
            self.say_all(objects::check(object.name, node));
            openapi30::object(object.name, &mut openapi);
        }
        if let Some(target) = target {
            let annotates = |name: &str| ANNOTATIONS.contains(&name) || name.starts_with("x-");
            if members.keys().all(|name| name == "$ref" || annotates(name)) {
                openapi.clear();
            }
            openapi30::beside(&mut openapi, &target);
        }
        Forms::objects(openapi, schemas)
    }

    /// Finds the fields that should be there; what is asked for loosely comes into the 3.0 form as an empty value.
    fn missing(
        &mut self,
        object: &'static Object,
        members: &Map<String, Value>,
        (openapi, schemas): (&mut Map<String, Value>, &mut Map<String, Value>),
        node: Node<'a>,
    ) {
        for field in object.fields {
            let is_there = members.contains_key(field.name);
            if !is_there && field.is_required(self.version, members) {
                self.say(findings::missing_field(field.name, object, node));
            }
            if openapi.contains_key(field.name) {
                continue;
            }
            let Some(fallback) = field.fallback(self.version, members) else {
                continue;
            };
            if !is_there {
                self.say(findings::missing_field(field.name, object, node).warning());
            }
            if matches!(field.holds, Holds::Schema) {
                schemas.insert(field.name.to_owned(), fallback.clone());
            }
            openapi.insert(field.name.to_owned(), fallback);
        }
    }

    /// A member in both forms, under its name in the 3.0 form; `None` where it has no effect or was refused.
    fn member(
        &mut self,
        object: &'static Object,
        members: &Map<String, Value>,
        name: &str,
        child: Node<'a>,
    ) -> Option<(String, Forms)> {
        if name.starts_with("x-") {
            return Some((name.to_owned(), Forms::same(child.value)));
        }
        let Some(field) = object.field(name) else {
            if let Rest::Patterned(keys, holds) = &object.rest {
                self.say_all(keys::check(*keys, name, child));
                return Some((name.to_owned(), self.hold(holds, child)?));
            }
            let unknown = findings::unknown_field(name, object, members, self.version, child);
            self.say(unknown);
            return None;
        };
        if !field.is_in(self.version) && !self.take_from_elsewhere(object, field, child) {
            return None;
        }
        if std::ptr::eq(object, &SCHEMA) && name == "required" && child.value.is_boolean() {
            self.say(findings::required_flag(child));
            return None;
        }
        if child.value.is_null() && field.null_is_nothing() {
            self.say(findings::null(name, child));
            return None;
        }
        let forms = self.documented(field, child)?;
        Some((openapi30::name(field), forms))
    }

    /// Whether a field of another version is read all the same; it is a finding in any case.
    fn take_from_elsewhere(
        &mut self,
        object: &'static Object,
        field: &Field,
        child: Node<'a>,
    ) -> bool {
        let finding = findings::other_version(field.name, object, field.since, self.version, child);
        let is_keyword = std::ptr::eq(object, &SCHEMA);
        let is_harmless = is_keyword || field.standing == Standing::Kept;
        self.say(if is_harmless {
            finding.warning()
        } else {
            finding
        });
        // Who writes `const` into a document of 3.0, or `nullable` into one of 3.1, means what the other version says.
        is_keyword
    }

    /// What `field` holds; where that is documentation and wrong, it is left out.
    fn documented(&mut self, field: &Field, child: Node<'a>) -> Option<Forms> {
        if field.standing != Standing::Kept {
            return self.hold(&field.holds, child);
        }
        let outer = (self.documentation, self.faults);
        self.documentation = true;
        let forms = self.hold(&field.holds, child);
        let is_wrong = self.faults > outer.1;
        (self.documentation, self.faults) = outer;
        forms.filter(|_| !is_wrong)
    }

    /// Takes note of a `$ref` of a Reference Object (4.8.23) or a Schema Object; gives it without percent-encoding.
    fn reference(&mut self, object: &'static Object, target: Node<'a>) -> String {
        let Some(text) = target.value.as_str() else {
            self.say(findings::wrong_type(&Holds::Text, target));
            return String::new();
        };
        let severity = if self.documentation {
            Severity::Warning
        } else {
            Severity::Error
        };
        match Reference::parse(text, object.name, target, severity) {
            Ok((reference, normal)) => {
                self.references.push(reference);
                normal
            }
            Err(finding) => {
                self.say(finding);
                text.to_owned()
            }
        }
    }
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
