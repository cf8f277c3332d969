//! `content` of a response: which forms it has, and what the handler gives for each.
//!
//! | media type | form |
//! | --- | --- |
//! | `application/json`, `text/json`, `+json` | the schema's type; media types of one schema are one form |
//! | `application/jsonl`, `application/x-ndjson`, `application/json-seq` and their like | a stream of `itemSchema`'s type; without it, of the items of `schema`, or of `schema` itself where that is no list: so 3.0 and 3.1 documents mean it. Of a `schema` of strings, text |
//! | `text/event-stream` | a stream of events, of `itemSchema`'s type where there is one |
//! | XML of a schema that has a form in it | the schema's type; with JSON of the same schema it is one form |
//! | `text/*`, other XML | text |
//! | `*/*`, `application/*` with a schema that is neither text nor octets | JSON: nothing else can be written from a schema alone |
//! | other ranges | octets and their media type |
//! | all else | octets |

use openapiv3::{MediaType, Response as Object};
use serde_json::Value;

use super::Builder;
use crate::diagnostic::Diagnostic;
use crate::dialect::Lowered;
use crate::ir::{Content, Type, XmlElement};
use crate::naming;
use crate::resolve::media_types::{essence, is_json, is_xml, with_charset};
use crate::resolve::refs::{self, At};
use crate::resolve::schemas::{Schemas, Spot, Unfit};
use crate::resolve::written::Written;

/// One form of a response's content.
pub struct Form<'a> {
    kind: Kind,
    /// Its media types as the document wrote them, and the first one's object.
    media_types: Vec<String>,
    object: &'a MediaType,
    /// The schema that all of them have.
    schema: Option<&'a Value>,
    /// What it is as XML, where one of them is XML.
    root: Option<XmlElement>,
    /// Why it is none.
    pub unfit: Option<Unfit>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Items,
    Events,
    Text,
    Octets,
    Range,
}

impl Form<'_> {
    /// What tells its variant from that of another form: the media subtype.
    pub fn suffix(&self) -> String {
        let plain = |one: &&String| essence(one).eq_ignore_ascii_case("application/json");
        let media_type = self.media_types.iter().find(plain);
        let media_type = media_type.or(self.media_types.first());
        let media_type = media_type.map(String::as_str).unwrap_or_default();
        match media_type.split_once('/') {
            Some(("*", "*")) => "Any".to_owned(),
            Some((kind, "*")) => naming::upper_camel(kind),
            Some((_, subtype)) => naming::upper_camel(subtype),
            None => naming::upper_camel(media_type),
        }
    }
}

/// The forms of a response's content in the document's order.
pub fn forms<'a>(
    lowered: &'a Lowered,
    schemas: &mut Schemas<'_>,
    response: &At<'a, Object>,
) -> Vec<Form<'a>> {
    let mut forms: Vec<Form<'a>> = Vec::new();
    for (media_type, object) in &response.node.content {
        let pointer = refs::join(&format!("{}/content", response.pointer), media_type);
        let schema = lowered.schemas().pointer(&format!("{pointer}/schema"));
        let mut kind = kind(media_type);
        let has_items = lowered
            .schemas()
            .pointer(&format!("{pointer}/itemSchema"))
            .is_some();
        if kind == Kind::Items && !has_items && is_text(lowered, schema) {
            kind = Kind::Text;
        }
        let (mut root, mut unfit) = (None, None);
        if is_xml(essence(media_type)) && schema.is_some() {
            match schemas.xml(&format!("{pointer}/schema")) {
                Ok(element) => (kind, root) = (Kind::Json, Some(element)),
                Err(keyword) => unfit = Some(keyword),
            }
        }
        let same = |form: &&mut Form<'_>| {
            let json = form.kind == Kind::Json && kind == Kind::Json;
            json && form.schema == schema
        };
        match forms.iter_mut().find(same) {
            Some(form) => {
                form.media_types.push(media_type.clone());
                form.root = form.root.take().or(root);
            }
            None => forms.push(Form {
                kind,
                media_types: vec![media_type.clone()],
                object,
                schema,
                root,
                unfit,
            }),
        }
    }
    forms
}

/// Whether the items of a body are written one by one, each by its own schema.
pub fn is_sequence(media_type: &str) -> bool {
    matches!(kind(media_type), Kind::Items | Kind::Events)
}

fn kind(media_type: &str) -> Kind {
    let essence = essence(media_type).to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match subtype {
        "json" => Kind::Json,
        _ if is_json(&essence) => Kind::Json,
        "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "ndjson" | "x-ndjson" | "json-seq" => {
            Kind::Items
        }
        _ if subtype.ends_with("+json-seq") => Kind::Items,
        "event-stream" => Kind::Events,
        "*" => Kind::Range,
        "xml" => Kind::Text,
        _ if kind == "text" || subtype.ends_with("+xml") => Kind::Text,
        _ => Kind::Octets,
    }
}

/// Whether a schema is of strings alone.
fn is_text(lowered: &Lowered, schema: Option<&Value>) -> bool {
    let schema = schema.map(|schema| refs::deep(lowered, schema));
    schema.is_some_and(|schema| schema.get("type") == Some(&Value::from("string")))
}

impl<'a> Builder<'_, 'a> {
    pub(super) fn content(
        &mut self,
        form: &Form<'a>,
        response: &At<'a, Object>,
        variant: &str,
        several: bool,
    ) -> Result<Content, Diagnostic> {
        let media_type = form.media_types.first().cloned().unwrap_or_default();
        let pointer = refs::join(&format!("{}/content", response.pointer), &media_type);
        let name = match self.component(response) {
            Some(component) if several => component + &form.suffix(),
            Some(component) => component,
            None => format!("{}{variant}", self.type_name),
        };
        Ok(match form.kind {
            Kind::Json if let Some(root) = &form.root => Content::Xml {
                ty: self.typed(form.object, &pointer, &name)?,
                media_types: form.media_types.clone(),
                root: root.clone(),
            },
            Kind::Json => Content::Json {
                ty: self.typed(form.object, &pointer, &name)?,
                media_types: form.media_types.clone(),
            },
            Kind::Range if self.is_typed_range(&media_type, form.schema) => Content::Json {
                ty: self.typed(form.object, &pointer, &name)?,
                media_types: vec!["application/json".to_owned()],
            },
            Kind::Range => Content::Range { range: media_type },
            Kind::Items => Content::Items {
                ty: match self.item(&pointer) {
                    Some(item) => self.typed_at(item, &name)?,
                    None => Type::Any,
                },
                media_type,
            },
            Kind::Events => Content::Events {
                ty: match self.item_schema(&pointer) {
                    Some(item) => Some(self.typed_at(item, &name)?),
                    None => None,
                },
            },
            Kind::Text => Content::Text {
                media_type: with_charset(&media_type),
            },
            Kind::Octets => Content::Octets { media_type },
        })
    }

    /// Whether a range of media types is JSON in fact: it covers JSON, and its schema is of what has no other form.
    fn is_typed_range(&self, range: &str, schema: Option<&Value>) -> bool {
        let Some(schema) = schema else {
            return false;
        };
        let schema = refs::deep(self.lowered, schema);
        let says = |keyword| schema.get(keyword).is_some();
        let covers = matches!(essence(range), "*/*" | "application/*");
        let shaped = [
            "type",
            "properties",
            "items",
            "allOf",
            "oneOf",
            "anyOf",
            "additionalProperties",
        ]
        .into_iter()
        .any(says);
        covers && shaped && !is_text(self.lowered, Some(schema))
    }

    /// The type of the Media Type Object at `pointer`.
    fn typed(
        &mut self,
        object: &'a MediaType,
        pointer: &str,
        name: &str,
    ) -> Result<Type, Diagnostic> {
        match object.schema {
            Some(_) => self.typed_at(format!("{pointer}/schema"), name),
            None => Ok(Type::Any),
        }
    }

    /// Where the schema of one item of a sequential media type stands, the Media Type Object being at `pointer`.
    fn item(&self, pointer: &str) -> Option<String> {
        self.item_schema(pointer).or_else(|| {
            let whole = format!("{pointer}/schema");
            let schema = Written::schema(self.lowered, &whole)?;
            let is_list =
                schema.text("type") == Some("array") && schema.value.get("items").is_some();
            Some(match is_list {
                true => schema.below("items"),
                false => whole,
            })
        })
    }

    fn item_schema(&self, pointer: &str) -> Option<String> {
        let pointer = format!("{pointer}/itemSchema");
        let is_there = self.lowered.schemas().pointer(&pointer).is_some();
        is_there.then_some(pointer)
    }

    /// The type of the schema at `pointer`.
    fn typed_at(&mut self, pointer: String, name: &str) -> Result<Type, Diagnostic> {
        if let Some((known, _)) = self.types.get(&pointer) {
            return Ok(known.clone());
        }
        let spot = Spot {
            pointer: pointer.clone(),
            name: format!("{name}Body"),
            owner: name.to_owned(),
            docs: format!("What `{}` answers.", self.place.id),
        };
        let typed = self.schemas.at(&spot)?;
        self.types
            .insert(pointer, (typed.ty.clone(), typed.description));
        Ok(typed.ty)
    }
}
