//! `multipart` bodies: each property of the schema is a part (OpenAPI 3.2, Encoding Object; RFC 7578).

use serde_json::Value;

use super::bodies::Bodies;
use super::schemas::Spot;
use super::written::Written;
use super::{docs, media_types, properties, refs};
use crate::diagnostic::Diagnostic;
use crate::dialect::Lowered;
use crate::ir::{BodyValue, OtherParts, Part, Parts, Reading, Type};
use crate::naming::{self, Scope};

/// What the handler gets, and the parts. A schema without properties tells nothing of names: then it is any part.
///
/// # Errors
/// A schema that cannot be generated.
pub fn resolve(
    bodies: &mut Bodies<'_, '_>,
    essence: &str,
    media: &Written<'_>,
    schema: Option<&str>,
) -> Result<(BodyValue, Parts), Diagnostic> {
    let known = schema.map(|schema| properties::of(bodies.lowered, schema));
    let known = known.unwrap_or_default();
    let text = format!("A part of what `{}` is sent.", bodies.id);
    let mut parts = Parts {
        docs: docs::paragraphs(&[Some(&text)]),
        parts: Vec::new(),
        others: OtherParts::Skipped,
    };
    if known.all.is_empty() {
        return Ok((BodyValue::Parts(None), parts));
    }
    let name = bodies.schemas.claim([
        format!("{}Part", bodies.name),
        format!("{}BodyPart", bodies.name),
    ]);
    let mut scope = Scope::reserving(&["Self"]);
    for (wire, pointer) in &known.all {
        let encoding = refs::join(&media.below("encoding"), wire);
        let encoding = Written::at(bodies.lowered, &encoding)?;
        let mut part = part(bodies, &name, wire, pointer, encoding.as_ref())?;
        part.required = known.required.contains(wire);
        part.variant = scope.claim(naming::upper_camel(wire));
        parts.parts.push(part);
    }
    // Only parts of a form have to have names (RFC 7578, section 4.2).
    let is_form = essence.eq_ignore_ascii_case("multipart/form-data");
    parts.others = match known.others {
        Some(false) if is_form => OtherParts::Refused,
        None if is_form => OtherParts::Skipped,
        _ => OtherParts::Kept(scope.claim("Other".to_owned())),
    };
    Ok((BodyValue::Parts(Some(name)), parts))
}

fn part(
    bodies: &mut Bodies<'_, '_>,
    name: &str,
    wire: &str,
    pointer: &str,
    encoding: Option<&Written<'_>>,
) -> Result<Part, Diagnostic> {
    let written = Written::schema(bodies.lowered, pointer);
    let list = written
        .as_ref()
        .filter(|schema| schema.text("type") == Some("array"));
    let items = list.map(|list| {
        let count = |name: &str| {
            let count = list.value.get(name).and_then(Value::as_u64);
            count.and_then(|count| usize::try_from(count).ok())
        };
        (count("minItems").unwrap_or(0), count("maxItems"))
    });
    let schema = list.map_or_else(|| pointer.to_owned(), |list| list.below("items"));
    let content_type = encoding.and_then(|encoding| encoding.text("contentType"));
    let media_types = content_type.unwrap_or_default().split(',').map(str::trim);
    let media_types: Vec<String> = media_types
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect();
    let description = written
        .as_ref()
        .and_then(|schema| schema.text("description"));
    let mut part = Part {
        variant: String::new(),
        wire: wire.to_owned(),
        docs: docs::or(description, || {
            docs::paragraphs(&[Some(&format!("The part `{wire}`."))])
        }),
        required: false,
        items,
        media_types,
        ty: None,
        constraints: Vec::new(),
        reading: Reading::Value,
        schema,
    };
    if is_stream(bodies.lowered, &part.schema, &part.media_types) {
        return Ok(part);
    }
    let typed = bodies.schemas.at(&Spot {
        pointer: part.schema.clone(),
        name: format!("{name}{}", naming::upper_camel(wire)),
        owner: wire.to_owned(),
        docs: part.docs.clone(),
    })?;
    let is_json = |one: &String| media_types::is_json(media_types::essence(one));
    if part.media_types.iter().any(is_json) {
        part.reading = Reading::Json;
    }
    part.constraints = typed.constraints;
    part.ty = Some(match typed.ty {
        Type::Nullable(inner) if part.reading != Reading::Json => *inner,
        ty => ty,
    });
    Ok(part)
}

/// Whether a part is octets: by the media types of its Encoding Object; else by its schema, where that is of a file (OpenAPI
/// 3.0, `format: binary`; 3.1 and later, no `type`, or `contentMediaType`).
fn is_stream(lowered: &Lowered, pointer: &str, media_types: &[String]) -> bool {
    if !media_types.is_empty() {
        return media_types.iter().any(|one| {
            let essence = media_types::essence(one);
            !media_types::is_json(essence) && !media_types::is_text(essence)
        });
    }
    let Some(schema) = Written::schema(lowered, pointer) else {
        return true;
    };
    let has = |name: &str| schema.value.get(name).is_some();
    match schema.text("type") {
        Some("string") => {
            schema.text("format") == Some("binary")
                || (has("contentMediaType") && !has("contentEncoding"))
        }
        Some(_) => false,
        None => {
            let says = [
                "type",
                "enum",
                "const",
                "allOf",
                "anyOf",
                "oneOf",
                "not",
                "properties",
                "items",
                "if",
                "additionalProperties",
            ];
            !says.iter().any(|name| has(name))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{BodyValue, Encoding, OtherParts, Parts, Reading, Type};
    use crate::resolve::testing;

    fn parts(schema: &str, encoding: &str) -> (BodyValue, Parts) {
        let fields = format!(
            "requestBody: {{ content: {{ multipart/form-data: {{ schema: {schema}{encoding} }} }} }}"
        );
        let mut api = testing::api(&testing::operation(&fields, "A: { type: string }"));
        let mut media = api.operations.remove(0).body.unwrap().media;
        let media = media.remove(0);
        match media.encoding {
            Encoding::Parts(parts) => (media.value, parts),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_property_is_a_part() {
        let (value, parts) = parts(
            r"{ type: object, required: [file], properties: {
                file: { type: string, format: binary },
                files: { type: array, maxItems: 3, items: { type: string, format: binary } },
                name: { type: string },
                meta: { type: object, properties: { a: { type: string } } } } }",
            "",
        );
        assert_eq!(value, BodyValue::Parts(Some("MakeThingPart".into())));
        assert_eq!(parts.others, OtherParts::Skipped);
        let shown: Vec<_> = parts
            .parts
            .iter()
            .map(|one| {
                (
                    one.variant.as_str(),
                    one.required,
                    one.items,
                    &one.ty,
                    one.reading,
                )
            })
            .collect();
        let meta = Some(Type::Model("MakeThingPartMeta".into()));
        assert_eq!(
            shown,
            [
                ("File", true, None, &None, Reading::Value),
                ("Files", false, Some((0, Some(3))), &None, Reading::Value),
                ("Name", false, None, &Some(Type::String), Reading::Text),
                ("Meta", false, None, &meta, Reading::Json),
            ]
        );
    }

    #[test]
    fn a_schema_without_names_is_any_part() {
        let array = "{ type: array, items: { type: object, properties: { a: { type: string } } } }";
        assert_eq!(parts(array, "").0, BodyValue::Parts(None));
    }
}
