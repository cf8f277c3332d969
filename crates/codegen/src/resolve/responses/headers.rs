//! Header Objects of a response (OpenAPI 3.1.1, section 4.8.21).

use std::collections::HashSet;

use openapiv3::{
    HeaderStyle, MediaType, ParameterSchemaOrContent, ReferenceOr, Response as Object,
};
use serde_json::Value;

use super::Builder;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Header, HeaderForm, HeaderValue, Literal, Presence, Type};
use crate::naming::{self, Scope};
use crate::resolve::docs;
use crate::resolve::media_types::{essence, is_json};
use crate::resolve::refs::{self, At};
use crate::resolve::schemas::Spot;

/// What the server itself says of the message it sends (RFC 9112).
const FRAMING: &[&str] = &[
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "trailer",
    "transfer-encoding",
];

impl<'a> Builder<'_, 'a> {
    pub(super) fn headers(&mut self, response: &At<'a, Object>) -> Result<Vec<Header>, Diagnostic> {
        let mut scope = Scope::reserving(&["body", "media_type", "status"]);
        let mut known = HashSet::new();
        let mut headers = Vec::new();
        for (name, header) in &response.node.headers {
            let pointer = refs::join(&format!("{}/headers", response.pointer), name);
            let wire = name.to_ascii_lowercase();
            let ignored = if wire == "content-type" {
                Some((
                    "the specification says so",
                    "remove it: `content` says the same",
                ))
            } else if FRAMING.contains(&wire.as_str()) {
                Some(("the server sends it by itself", "remove it"))
            } else if !known.insert(wire) {
                Some((
                    "it stands here twice: case does not matter in its name",
                    "remove one",
                ))
            } else {
                None
            };
            match ignored {
                Some((why, help)) => {
                    let message =
                        format!("the header field `{name}` of a response is ignored: {why}");
                    let ignored = self
                        .lowered
                        .error(Code::IgnoredHeader, &pointer, message, help);
                    self.found.push(ignored.warning());
                }
                None => headers.push(self.header(name, header, &pointer, response, &mut scope)?),
            }
        }
        Ok(headers)
    }

    fn header(
        &mut self,
        name: &str,
        header: &'a ReferenceOr<openapiv3::Header>,
        pointer: &str,
        response: &At<'a, Object>,
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
        let wire = name.to_ascii_lowercase();
        let (pointer, form) = self.described(&header.pointer, format);
        if let Some(constant) = constant(self.schema(&pointer)) {
            return Ok(Header {
                wire,
                value: HeaderValue::Constant(constant),
            });
        }
        let owner = match refs::component(&format!("#{}", header.pointer), "headers") {
            Some(component) => naming::upper_camel(&component),
            None => {
                let owner = self.component(response);
                owner.unwrap_or_else(|| self.type_name.to_owned()) + &naming::upper_camel(name)
            }
        };
        let (mut ty, inherited) = self.typed_header(format, &pointer, owner, name)?;
        let mut presence = if *required {
            Presence::Required
        } else {
            Presence::Optional
        };
        let form = if wire == "set-cookie" {
            // Each cookie is a field of its own, and none is an empty list.
            presence = Presence::Required;
            ty = match ty {
                list @ Type::Array(_) => list,
                one => Type::Array(Box::new(one)),
            };
            HeaderForm::Each
        } else {
            form
        };
        let description = description.as_deref().or(inherited.as_deref());
        Ok(Header {
            wire,
            value: HeaderValue::Given {
                name: scope.claim(naming::snake(name)),
                docs: docs::or(description, || format!("The header field `{name}`.")),
                ty,
                presence,
                form,
            },
        })
    }

    /// Where the schema of a header field stands, and how its value is written.
    fn described(&self, pointer: &str, format: &ParameterSchemaOrContent) -> (String, HeaderForm) {
        match format {
            ParameterSchemaOrContent::Schema(_) => {
                let explode = self.schema(&format!("{pointer}/explode"));
                let form = match explode {
                    Some(Value::Bool(true)) => HeaderForm::Exploded,
                    _ => HeaderForm::Simple,
                };
                (format!("{pointer}/schema"), form)
            }
            ParameterSchemaOrContent::Content(content) => {
                let media_type = content.keys().next().map_or("", String::as_str);
                let form = if is_json(essence(media_type)) {
                    HeaderForm::Json
                } else {
                    HeaderForm::Simple
                };
                let pointer = refs::join(&format!("{pointer}/content"), media_type);
                (format!("{pointer}/schema"), form)
            }
        }
    }

    fn schema(&self, pointer: &str) -> Option<&'a Value> {
        let schema = self.lowered.schemas().pointer(pointer)?;
        Some(refs::deep(self.lowered, schema))
    }

    /// The type of a header field, and the description that its schema has.
    fn typed_header(
        &mut self,
        format: &'a ParameterSchemaOrContent,
        pointer: &str,
        owner: String,
        name: &str,
    ) -> Result<(Type, Option<String>), Diagnostic> {
        let schema = match format {
            ParameterSchemaOrContent::Schema(schema) => Some(schema),
            ParameterSchemaOrContent::Content(content) => {
                let first = content.values().next();
                first.and_then(|media_type: &MediaType| media_type.schema.as_ref())
            }
        };
        if schema.is_none() {
            return Ok((Type::String, None));
        }
        if let Some(known) = self.types.get(pointer) {
            return Ok(known.clone());
        }
        let spot = Spot {
            pointer: pointer.to_owned(),
            name: owner,
            owner: name.to_owned(),
            docs: format!("The header field `{name}`."),
        };
        let typed = self.schemas.at(&spot)?;
        let known = (typed.ty, typed.description);
        self.types.insert(pointer.to_owned(), known.clone());
        Ok(known)
    }
}

/// The only value that the schema of a header field allows.
fn constant(schema: Option<&Value>) -> Option<Literal> {
    match refs::only(schema?)? {
        Value::String(text) => Some(Literal::String(text.clone())),
        Value::Bool(value) => Some(Literal::Boolean(*value)),
        _ => None,
    }
}
