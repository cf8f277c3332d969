//! Request Body Objects.

use super::operations::Place;
use super::schemas::{Schemas, Spot};
use super::{docs, refs};
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;
use crate::ir::{Body, BodyType, Constraint, Encoding, MediaBody};
use crate::naming::Scope;

/// What the operation's request carries.
///
/// # Errors
/// A media type that cannot be decoded, or a schema that cannot be generated.
pub fn resolve(
    lowered: &Lowered,
    place: &Place<'_>,
    type_name: &str,
    schemas: &mut Schemas<'_>,
) -> Result<Option<Body>, Diagnostic> {
    let Some(body) = &place.operation.request_body else {
        return Ok(None);
    };
    let body = refs::follow(lowered, body, &format!("{}/requestBody", place.pointer))?;
    let mut media = Vec::new();
    let mut scope = Scope::reserving(&["Self"]);
    for (media_type, object) in &body.node.content {
        let pointer = refs::join(&format!("{}/content", body.pointer), media_type);
        let unsupported = |what: String| {
            let help = "an overlay can remove this media type";
            lowered.error(Code::UnsupportedMediaType, &pointer, what, help)
        };
        let encoding = encoding(media_type)
            .ok_or_else(|| unsupported(format!("a body of `{media_type}` is not supported")))?;
        let schema = object
            .schema
            .as_ref()
            .ok_or_else(|| unsupported(format!("the body of `{media_type}` has no schema")))?;
        let spot = Spot {
            pointer: format!("{pointer}/schema"),
            name: format!("{type_name}Request"),
            owner: place.id.clone(),
            docs: format!("What `{}` is sent.", place.id),
        };
        let typed = schemas.of(schema, &spot)?;
        if !typed
            .constraints
            .iter()
            .all(|one| *one == Constraint::Nested)
        {
            return Err(unsupported(
                "constraints on a body that is no object are not supported".to_owned(),
            ));
        }
        let variant = scope.claim(variant(encoding).to_owned());
        let media_type = essence(media_type).to_owned();
        media.push(MediaBody {
            media_type,
            encoding,
            ty: typed.ty,
            constraints: typed.constraints,
            variant,
            schema: spot.pointer,
        });
    }
    let Some(first) = media.first() else {
        return Err(lowered.error(
            Code::UnsupportedMediaType,
            &format!("{}/content", body.pointer),
            "a request body without a media type is not supported",
            "name its media type, or remove `requestBody`",
        ));
    };
    let ty = if media.iter().all(|one| one.ty == first.ty) {
        BodyType::One(first.ty.clone())
    } else {
        BodyType::PerMediaType(
            schemas.claim([format!("{type_name}Body"), format!("{type_name}Content")]),
        )
    };
    Ok(Some(Body {
        required: body.node.required,
        docs: docs::or(body.node.description.as_deref(), || {
            format!("What `{}` is sent.", place.id)
        }),
        ty,
        media,
    }))
}

fn encoding(media_type: &str) -> Option<Encoding> {
    let essence = essence(media_type);
    if is_json(essence) {
        Some(Encoding::Json)
    } else if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Some(Encoding::Form)
    } else {
        None
    }
}

fn variant(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Json => "Json",
        Encoding::Form => "Form",
    }
}

/// A media type without its parameters.
pub fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// `application/json`, or a type with the suffix `+json` (RFC 6839, section 3.1).
pub fn is_json(essence: &str) -> bool {
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use crate::ir::{BodyType, Encoding, Type};
    use crate::resolve::testing;

    const SCHEMAS: &str = r#"
        A: { type: object, properties: { a: { type: string } } }
        B: { type: object, properties: { b: { type: string } } }
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
        assert_eq!(body.ty, BodyType::One(Type::Model("A".into())));
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
    fn other_media_types_are_refused() {
        let fields = "requestBody: { content: { text/csv: { schema: { type: string } } } }";
        let codes = testing::codes(&testing::operation(fields, SCHEMAS));
        assert_eq!(codes, ["unsupported-media-type"]);
        let none = "requestBody: { content: {} }";
        let codes = testing::codes(&testing::operation(none, SCHEMAS));
        assert_eq!(codes, ["unsupported-media-type"]);
    }
}
