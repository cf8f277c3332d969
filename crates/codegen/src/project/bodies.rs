//! A request body keeps one media type, of those that the client can send.

use openapiv3::{
    MediaType, Operation, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat, StringType,
    Type, VariantOrUnknownOrEmpty,
};

use super::{Context, LeftOut};

/// What the client can send, best first. A form comes before JSON, since OAuth's bodies are forms by their RFCs, and
/// JSON beside them an addition.
const SENDABLE: [&str; 4] = [
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain",
    "application/octet-stream",
];

pub(super) fn pass(operation: &mut Operation, context: &mut Context) -> Result<(), LeftOut> {
    let Some(ReferenceOr::Item(body)) = &mut operation.request_body else {
        return Ok(());
    };
    if body.content.is_empty() {
        operation.request_body = None;
        return Ok(());
    }
    let offered: Vec<String> = body.content.keys().cloned().collect();
    let choice = (SENDABLE.iter())
        .find_map(|sendable| offered.iter().find(|given| essence(given) == *sendable))
        .ok_or_else(|| LeftOut(format!("the client cannot send {}", offered.join(", "))))?;
    let mut content = body.content.shift_remove(choice).unwrap_or_default();
    if !body.content.is_empty() {
        let others: Vec<_> = body
            .content
            .keys()
            .map(|name| format!("`{name}`"))
            .collect();
        context.note(format!(
            "The body is sent as `{choice}` only, not as {}.",
            others.join(" or ")
        ));
    }
    if !content.encoding.is_empty() {
        content.encoding.clear();
        context.note("How single members of the body are encoded is left out.");
    }
    if !body.required {
        context.note("The body is optional, but the client always sends one.");
    }
    set_schema(&mut content, essence(choice));
    body.content.clear();
    body.content.insert(essence(choice).to_owned(), content);
    Ok(())
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Text and bytes are sent as they are, so their schemas are not looked at; the others need one.
fn set_schema(content: &mut MediaType, media_type: &str) {
    let plain = |format| {
        let string = StringType {
            format,
            ..StringType::default()
        };
        Some(ReferenceOr::Item(Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::Type(Type::String(string)),
        }))
    };
    match media_type {
        "text/plain" => content.schema = plain(VariantOrUnknownOrEmpty::Empty),
        "application/octet-stream" => {
            content.schema = plain(VariantOrUnknownOrEmpty::Item(StringFormat::Binary));
        }
        _ => {
            content.schema.get_or_insert_with(super::widen::anything);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{get, operation, said};
    use serde_json::{Value, json};

    fn body(content: Value) -> (Value, String) {
        let body = json!({"required": true, "content": content});
        let projection = get(json!({"requestBody": body}), json!({}));
        (
            operation(&projection)["requestBody"]["content"].clone(),
            said(&projection),
        )
    }

    #[test]
    fn of_form_and_json_the_form_is_kept() {
        let schema = json!({"schema": {"type": "object"}});
        let (content, said) =
            body(json!({"application/json": schema, "application/x-www-form-urlencoded": schema}));
        let kept: Vec<_> = content
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys())
            .collect();
        assert_eq!(kept, ["application/x-www-form-urlencoded"]);
        assert_eq!(
            said,
            "`getThing`: The body is sent as `application/x-www-form-urlencoded` only, not as `application/json`."
        );
    }

    #[test]
    fn multipart_alone_leaves_the_operation_out() {
        let (content, said) = body(json!({"multipart/form-data": {"schema": {"type": "object"}}}));
        assert!(content.is_null());
        assert_eq!(
            said,
            "`getThing`: The operation is left out: the client cannot send multipart/form-data."
        );
    }

    #[test]
    fn a_schema_is_there_and_an_encoding_is_not() {
        let (content, said) =
            body(json!({"application/json": {"encoding": {"a": {"explode": true}}}}));
        assert_eq!(content["application/json"], json!({"schema": {}}));
        assert!(said.contains("encoded"));
    }

    #[test]
    fn bytes_have_the_one_schema_that_is_taken() {
        let (content, _) = body(json!({"application/octet-stream": {}}));
        let schema = &content["application/octet-stream"]["schema"];
        assert_eq!(*schema, json!({"type": "string", "format": "binary"}));
    }

    #[test]
    fn an_optional_body_is_always_sent() {
        let body = json!({"content": {"application/json": {"schema": {}}}});
        assert!(said(&get(json!({"requestBody": body}), json!({}))).contains("always sends one"));
    }
}
