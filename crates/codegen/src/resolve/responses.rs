//! Response Objects: one variant for each status, and for each media type where there are several.

use openapiv3::{
    HeaderStyle, MediaType, ParameterSchemaOrContent, ReferenceOr, Response as Object, StatusCode,
};

use super::media_types::{essence, is_json};
use super::operations::Place;
use super::refs::At;
use super::schemas::{Schemas, Spot};
use super::{docs, refs, statuses};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Content, Header, HeaderValue, Literal, Presence, Response, Status, Type};
use crate::naming::{self, Scope};

/// The documented answers of an operation: the statuses in the document's order, `default` last.
pub fn resolve<'a>(
    lowered: &'a Lowered,
    place: &Place<'a>,
    type_name: &str,
    schemas: &mut Schemas<'a>,
    found: &mut Diagnostics,
) -> Vec<Response> {
    let declared = &place.operation.responses;
    let statuses = declared
        .responses
        .iter()
        .map(|(code, response)| match code {
            StatusCode::Code(code) => (code.to_string(), Status::Code(*code), response),
            StatusCode::Range(class) => (format!("{class}XX"), Status::Range(*class), response),
        });
    let default = declared
        .default
        .iter()
        .map(|response| ("default".to_owned(), Status::Default, response));
    let mut scope = Scope::reserving(&["Self"]);
    let mut all = Vec::new();
    for (key, status, response) in statuses.chain(default) {
        let mut builder = Builder {
            lowered,
            place,
            type_name,
            schemas,
            scope: &mut scope,
            found: &mut *found,
        };
        let variants = builder.variants(&key, status, response);
        all.extend(found.take(variants).into_iter().flatten());
    }
    if declared.responses.is_empty() && declared.default.is_none() {
        found.push(lowered.error(
            Code::NoResponse,
            &place.pointer,
            "this operation documents no response",
            "document at least one",
        ));
    }
    all
}

struct Builder<'b, 'a> {
    lowered: &'a Lowered,
    place: &'b Place<'a>,
    type_name: &'b str,
    schemas: &'b mut Schemas<'a>,
    scope: &'b mut Scope,
    found: &'b mut Diagnostics,
}

impl<'a> Builder<'_, 'a> {
    fn variants(
        &mut self,
        key: &str,
        status: Status,
        response: &'a ReferenceOr<Object>,
    ) -> Result<Vec<Response>, Diagnostic> {
        let pointer = refs::join(&format!("{}/responses", self.place.pointer), key);
        let response = refs::follow(self.lowered, response, &pointer)?;
        let name = match status {
            Status::Code(code) => statuses::variant(code),
            Status::Range(class) => statuses::range(class),
            Status::Default => "Default".to_owned(),
        };
        let mut contents: Vec<Option<(&String, &MediaType)>> =
            response.node.content.iter().map(Some).collect();
        if contents.is_empty() {
            contents.push(None);
        }
        let several = contents.len() > 1;
        let mut variants = Vec::with_capacity(contents.len());
        for content in contents {
            let suffix = content
                .filter(|_| several)
                .map_or("", |(media_type, _)| media_type);
            let suffix = if several {
                naming::upper_camel(suffix.rsplit('/').next().unwrap_or(""))
            } else {
                String::new()
            };
            let variant = self.scope.claim(format!("{name}{suffix}"));
            let key_of_content = content.map(|(media_type, _)| media_type.clone());
            let content = match content {
                Some((media_type, object)) => {
                    self.content(media_type, object, &response, &variant)?
                }
                None => None,
            };
            variants.push(Response {
                docs: docs::or(
                    Some(&format!("{key}: {}", response.node.description)),
                    String::new,
                ),
                variant,
                status,
                key: key.to_owned(),
                pointer: response.pointer.clone(),
                media_type: key_of_content,
                content,
                headers: self.headers(&response)?,
            });
        }
        Ok(variants)
    }

    fn content(
        &mut self,
        media_type: &str,
        object: &MediaType,
        response: &At<'_, Object>,
        variant: &str,
    ) -> Result<Option<Content>, Diagnostic> {
        let pointer = refs::join(&format!("{}/content", response.pointer), media_type);
        let unsupported = |what: &str| {
            self.lowered.error(
                Code::UnsupportedMediaType,
                &pointer,
                format!("a response of `{media_type}` {what} is not supported"),
                "an overlay can replace or remove it",
            )
        };
        if object.schema.is_none() {
            return Err(unsupported("without a schema"));
        }
        let spot = Spot {
            pointer: format!("{pointer}/schema"),
            name: format!("{}{variant}Body", self.type_name),
            owner: format!("{}{variant}", self.type_name),
            docs: format!("What `{}` answers.", self.place.id),
        };
        let typed = self.schemas.at(&spot)?;
        let essence = essence(media_type);
        if is_json(essence) {
            return Ok(Some(Content::Json {
                media_type: essence.to_owned(),
                ty: typed.ty,
            }));
        }
        if essence.starts_with("text/") && typed.ty == Type::String {
            return Ok(Some(Content::Text {
                media_type: with_charset(media_type),
            }));
        }
        Err(unsupported("with this schema"))
    }

    fn headers(&mut self, response: &At<'a, Object>) -> Result<Vec<Header>, Diagnostic> {
        let mut scope = Scope::reserving(&["body", "status"]);
        let mut headers = Vec::new();
        for (name, header) in &response.node.headers {
            // Described by `content`, says the specification (Response Object, `headers`).
            let pointer = refs::join(&format!("{}/headers", response.pointer), name);
            if name.eq_ignore_ascii_case("content-type") {
                let ignored = self.lowered.error(
                    Code::IgnoredHeader,
                    &pointer,
                    format!(
                        "the header field `{name}` of a response is ignored, says the specification"
                    ),
                    "remove it: `content` says the same",
                );
                self.found.push(ignored.warning());
                continue;
            }
            headers.push(self.header(name, header, &pointer, &mut scope)?);
        }
        Ok(headers)
    }

    fn header(
        &mut self,
        name: &str,
        header: &'a ReferenceOr<openapiv3::Header>,
        pointer: &str,
        scope: &mut Scope,
    ) -> Result<Header, Diagnostic> {
        let header = refs::follow(self.lowered, header, pointer)?;
        let openapiv3::Header {
            description,
            style: HeaderStyle::Simple,
            required,
            format,
            ..
        } = header.node;
        let unsupported = |what: &str| {
            self.lowered.error(
                Code::UnsupportedHeader,
                &header.pointer,
                format!("the header field `{name}` {what}, which is not supported"),
                "an overlay can replace or remove it",
            )
        };
        let ParameterSchemaOrContent::Schema(schema) = format else {
            return Err(unsupported("has `content`"));
        };
        let wire = name.to_ascii_lowercase();
        if let Some(constant) = constant(self.lowered, schema) {
            return Ok(Header {
                wire,
                value: HeaderValue::Constant(constant),
            });
        }
        let spot = Spot {
            pointer: format!("{}/schema", header.pointer),
            name: format!("{}{}", self.type_name, naming::upper_camel(name)),
            owner: name.to_owned(),
            docs: format!("The header field `{name}`."),
        };
        let typed = self.schemas.at(&spot)?;
        if !matches!(
            typed.ty,
            Type::String | Type::Boolean | Type::Int32 | Type::Int64 | Type::Uuid | Type::Uri
        ) {
            return Err(unsupported("is not of a plain value"));
        }
        let description = description.as_deref().or(typed.description.as_deref());
        Ok(Header {
            wire,
            value: HeaderValue::Given {
                name: scope.claim(naming::snake(name)),
                docs: docs::or(description, || format!("The header field `{name}`.")),
                ty: typed.ty,
                presence: if *required {
                    Presence::Required
                } else {
                    Presence::Optional
                },
            },
        })
    }
}

/// The only value that the schema of a header field allows.
fn constant(lowered: &Lowered, schema: &ReferenceOr<openapiv3::Schema>) -> Option<Literal> {
    let schema = match schema {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { reference } => {
            let name = refs::component(reference, "schemas")?;
            lowered
                .openapi()
                .components
                .as_ref()?
                .schemas
                .get(&name)?
                .as_item()?
        }
    };
    let openapiv3::SchemaKind::Type(openapiv3::Type::String(string)) = &schema.schema_kind else {
        return None;
    };
    match string.enumeration.as_slice() {
        [Some(only)] => Some(Literal::String(only.clone())),
        _ => None,
    }
}

/// The media type with the charset that a Rust `String` has.
fn with_charset(media_type: &str) -> String {
    if media_type.contains(';') {
        media_type.to_owned()
    } else {
        format!("{media_type}; charset=utf-8")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::testing;

    fn responses(fields: &str) -> Vec<Response> {
        let fields = format!("responses:\n{}", fields.trim_matches('\n'));
        let api = testing::api(&testing::operation(
            &fields,
            "A: { type: object, properties: { a: { type: string } } }",
        ));
        api.operations[0].responses.clone()
    }

    #[test]
    fn one_variant_for_each_status_and_media_type() {
        let all = responses(
            "  '200':\n    description: Fine.\n    content: { text/html: { schema: { type: string } }, application/json: { schema: { $ref: '#/components/schemas/A' } } }\n  4XX: { description: No. }\n  default: { description: Else. }",
        );
        let names: Vec<_> = all.iter().map(|one| one.variant.as_str()).collect();
        assert_eq!(names, ["OkHtml", "OkJson", "ClientError", "Default"]);
        assert_eq!(all[0].docs, "200: Fine.");
        let text = Content::Text {
            media_type: "text/html; charset=utf-8".into(),
        };
        assert_eq!(all[0].content, Some(text));
    }

    #[test]
    fn a_header_of_one_value_sends_itself() {
        let all = responses(
            "  '302':\n    description: There.\n    headers:\n      Location: { required: true, schema: { type: string } }\n      Pragma: { required: true, schema: { type: string, enum: [no-cache] } }",
        );
        assert_eq!(
            all[0].headers[1].value,
            HeaderValue::Constant(Literal::String("no-cache".into()))
        );
        assert!(
            matches!(&all[0].headers[0].value, HeaderValue::Given { name, .. } if name == "location")
        );
    }
}
