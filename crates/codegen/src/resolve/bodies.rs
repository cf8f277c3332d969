//! Request Body Objects.

use super::operations::Place;
use super::schemas::{Schemas, Spot, Typed};
use super::written::Written;
use super::{docs, field_encodings, media_types, multipart, refs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Body, BodyType, BodyValue, Encoding, MediaBody, Type, XmlElement};
use crate::naming::{self, Scope};

/// What the operation's request carries.
///
/// # Errors
/// A schema that cannot be generated.
pub fn resolve(
    lowered: &Lowered,
    place: &Place<'_>,
    type_name: &str,
    schemas: &mut Schemas<'_>,
    found: &mut Diagnostics,
) -> Result<Option<Body>, Diagnostic> {
    let Some(body) = Written::at(lowered, &format!("{}/requestBody", place.pointer))? else {
        return Ok(None);
    };
    let mut bodies = Bodies {
        lowered,
        schemas,
        name: type_name,
        id: &place.id,
    };
    let mut media = Vec::new();
    for key in body.keys("content") {
        let pointer = refs::join(&body.below("content"), key);
        media.extend(bodies.media(key, &pointer)?);
    }
    name_variants(&mut media);
    let Some(first) = media.first() else {
        let warning = lowered.error(
            Code::NoMediaType,
            &body.pointer,
            "a request body without a media type is no body, and is ignored",
            "name its media type, or remove `requestBody`",
        );
        found.push(warning.warning());
        return Ok(None);
    };
    let ty = if media.iter().all(|one| one.value == first.value) {
        BodyType::One(first.value.clone())
    } else {
        BodyType::PerMediaType(
            schemas.claim([format!("{type_name}Body"), format!("{type_name}Content")]),
        )
    };
    Ok(Some(Body {
        required: body.flag("required") == Some(true),
        docs: docs::or(body.text("description"), || {
            docs::paragraphs(&[Some(&format!("What `{}` is sent.", place.id))])
        }),
        ty,
        media,
    }))
}

/// Gives each kind of value a variant: named after how it is read, else after its media type.
fn name_variants(media: &mut [MediaBody]) {
    let mut scope = Scope::reserving(&["Self"]);
    let mut known: Vec<(BodyValue, String)> = Vec::new();
    for one in media {
        if let Some((_, variant)) = known.iter().find(|(value, _)| *value == one.value) {
            one.variant.clone_from(variant);
            continue;
        }
        let essence = media_types::essence(&one.media_type);
        let subtype = essence.split('/').next_back().unwrap_or_default();
        one.variant = scope.claim_first([
            media_types::variant(&one.encoding, essence).to_owned(),
            naming::upper_camel(subtype),
        ]);
        known.push((one.value.clone(), one.variant.clone()));
    }
}

/// What all media types of a body are resolved with.
pub struct Bodies<'s, 'a> {
    pub lowered: &'s Lowered,
    pub schemas: &'s mut Schemas<'a>,
    /// What names of types begin with.
    pub name: &'s str,
    /// The operation's id.
    pub id: &'s str,
}

impl Bodies<'_, '_> {
    fn media(&mut self, key: &str, pointer: &str) -> Result<Option<MediaBody>, Diagnostic> {
        let essence = media_types::essence(key);
        if !media_types::is_media_type(essence) {
            // No body is of it; the dialect has named it.
            return Ok(None);
        }
        let Some(object) = Written::at(self.lowered, pointer)? else {
            return Ok(None);
        };
        let schema = object.value.get("schema").map(|_| object.below("schema"));
        let schema = schema.as_deref();
        let (encoding, value, typed) =
            if media_types::is_json(essence) || self.is_json_range(essence, schema) {
                let typed = self.typed(schema, Type::Any)?;
                (
                    Encoding::Json,
                    BodyValue::Type(typed.ty.clone()),
                    Some(typed),
                )
            } else if let Some(root) = self.xml(essence, schema) {
                let typed = self.typed(schema, Type::Any)?;
                let value = BodyValue::Type(typed.ty.clone());
                (Encoding::Xml(root), value, Some(typed))
            } else if media_types::is_form(essence) {
                let typed = self.typed(schema, Type::Any)?;
                let fields = field_encodings::of(self.lowered, &object, schema)?;
                let encoding = Encoding::FormBySchema(fields);
                (encoding, BodyValue::Type(typed.ty.clone()), Some(typed))
            } else if media_types::is_multipart(essence) {
                let (value, parts) = multipart::resolve(self, essence, &object, schema)?;
                (Encoding::Parts(parts), value, None)
            } else if media_types::is_text(essence) {
                let typed = self.text(essence, schema)?;
                (
                    Encoding::Text,
                    BodyValue::Type(typed.ty.clone()),
                    Some(typed),
                )
            } else {
                (Encoding::Stream, BodyValue::Stream, None)
            };
        let schema = match &encoding {
            Encoding::Stream | Encoding::Parts(_) => None,
            _ => schema,
        };
        Ok(Some(MediaBody {
            media_type: key.to_owned(),
            encoding,
            value,
            constraints: typed.map(|typed| typed.constraints).unwrap_or_default(),
            variant: String::new(),
            schema: schema.unwrap_or_default().to_owned(),
        }))
    }

    fn typed(&mut self, schema: Option<&str>, otherwise: Type) -> Result<Typed, Diagnostic> {
        match schema {
            Some(pointer) => self.schemas.at(&Spot {
                pointer: pointer.to_owned(),
                name: format!("{}Request", self.name),
                owner: self.id.to_owned(),
                docs: format!("What `{}` is sent.", self.id),
            }),
            None => Ok(Typed::plain(otherwise)),
        }
    }

    /// The element that a body is, where its schema has a form in XML.
    fn xml(&mut self, essence: &str, schema: Option<&str>) -> Option<XmlElement> {
        let schema = schema.filter(|_| media_types::is_xml(essence))?;
        self.schemas.xml(schema).ok()
    }

    /// Text: a plain value, where the schema tells of one. Other XML is left to the handler.
    fn text(&mut self, essence: &str, schema: Option<&str>) -> Result<Typed, Diagnostic> {
        let is_plain = |schema: &str| {
            let kinds = ["string", "integer", "number", "boolean"];
            Written::schema(self.lowered, schema)
                .and_then(|schema| schema.text("type"))
                .is_some_and(|name| kinds.contains(&name))
        };
        match schema.filter(|schema| !media_types::is_xml(essence) && is_plain(schema)) {
            Some(schema) => self.typed(Some(schema), Type::String),
            None => Ok(Typed::plain(Type::String)),
        }
    }

    /// Whether a range stands for JSON: its schema tells of more than octets.
    fn is_json_range(&self, essence: &str, schema: Option<&str>) -> bool {
        let schema = schema.and_then(|pointer| Written::schema(self.lowered, pointer));
        media_types::spans_json(essence)
            && schema.is_some_and(|schema| {
                let structured = ["properties", "items", "allOf", "oneOf", "anyOf"];
                match schema.text("type") {
                    Some(name) => name != "string",
                    None => structured
                        .iter()
                        .any(|name| schema.value.get(name).is_some()),
                }
            })
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{BodyType, BodyValue, Encoding, Type};
    use crate::resolve::testing;

    const SCHEMAS: &str = r#"
        A: { type: object, properties: { a: { type: string } } }
        B: { type: object, properties: { b: { type: string } } }
        Any: { type: object }
    "#;

    fn body(fields: &str) -> crate::ir::Body {
        let api = testing::api(&testing::operation(fields, SCHEMAS));
        api.operations[0].body.clone().unwrap()
    }

    #[test]
    fn one_schema_is_one_type_whatever_the_media_type() {
        let body = body(
            r#"
            requestBody:
              required: true
              content:
                application/json: { schema: { $ref: '#/components/schemas/A' } }
                application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/A' } }
            "#,
        );
        let a = BodyValue::Type(Type::Model("A".into()));
        assert_eq!(body.ty, BodyType::One(a));
        assert_eq!(body.media[1].encoding, Encoding::Form);
        assert_eq!(
            body.media[0].schema,
            "/paths/~1things/post/requestBody/content/application~1json/schema"
        );
    }

    #[test]
    fn different_schemas_are_variants() {
        let body = body(
            r#"
            requestBody:
              content:
                application/json: { schema: { $ref: '#/components/schemas/A' } }
                application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/B' } }
            "#,
        );
        assert!(!body.required);
        assert_eq!(body.ty, BodyType::PerMediaType("MakeThingBody".into()));
    }

    #[test]
    fn every_media_type_is_read() {
        let one = |key: &str, schema: &str| {
            let fields = format!("requestBody: {{ content: {{ '{key}': {{ {schema} }} }} }}");
            let mut media = body(&fields).media;
            let one = media.remove(0);
            (one.value, one.encoding)
        };
        let value = |key: &str, schema: &str| one(key, schema).0;
        let text = "schema: { type: string, maxLength: 3 }";
        let a = "schema: { $ref: '#/components/schemas/A' }";
        assert_eq!(value("text/csv", text), BodyValue::Type(Type::String));
        let number = "schema: { type: integer }";
        assert_eq!(value("text/plain", number), BodyValue::Type(Type::Int64));
        let any = "schema: { $ref: '#/components/schemas/Any' }";
        assert_eq!(value("application/xml", any), BodyValue::Type(Type::String));
        assert_eq!(value("application/json", ""), BodyValue::Type(Type::Any));
        assert_eq!(value("image/*", text), BodyValue::Stream);
        assert_eq!(value("*/*", ""), BodyValue::Stream);
        assert_eq!(value("application/x-ndjson", a), BodyValue::Stream);
        let model = BodyValue::Type(Type::Model("A".into()));
        assert_eq!(one("*/*", a), (model.clone(), Encoding::Json));
        assert_eq!(value("application/soap+xml", a), model);
        assert_eq!(one("application/*+json", a), (model, Encoding::Json));
    }

    #[test]
    fn values_share_a_variant() {
        let body = body(
            r#"
            requestBody:
              content:
                application/json: { schema: { $ref: '#/components/schemas/A' } }
                text/json: { schema: { $ref: '#/components/schemas/A' } }
                application/b+json: { schema: { $ref: '#/components/schemas/B' } }
                image/png: {}
                image/*: {}
            "#,
        );
        let variants: Vec<_> = body.media.iter().map(|one| one.variant.as_str()).collect();
        assert_eq!(variants, ["Json", "Json", "BJson", "Stream", "Stream"]);
    }

    #[test]
    fn what_is_no_body_is_a_warning() {
        let warnings = |fields: &str| testing::warnings(&testing::operation(fields, SCHEMAS));
        assert_eq!(warnings("requestBody: { content: {} }"), ["no-media-type"]);
        assert_eq!(
            warnings("requestBody: { content: { form-data: {} } }"),
            ["invalid-key", "no-media-type"]
        );
    }
}
