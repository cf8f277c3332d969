//! Debug builds: a response must keep the contract.
//!
//! The contract's document says what is documented, so generated code repeats none of it.

use std::borrow::Cow;

use serde_json::Value;

use crate::media_type;
use crate::operation::Operation;
use crate::rejection::{Kind, Rejection};
use crate::response::Response;
use crate::violation::escaped;

/// Refuses a response whose status, media type, or JSON or XML body the operation doesn't document, and logs why.
pub(crate) fn check(operation: &'static Operation, response: &Response) -> Result<(), Rejection> {
    let Some(fault) = fault(operation, response) else {
        return Ok(());
    };
    let status = response.status;
    tracing::error!(
        operation = operation.id,
        status,
        fault,
        "the response breaks the contract"
    );
    Err(Rejection::from(Kind::Internal))
}

fn fault(operation: &'static Operation, response: &Response) -> Option<String> {
    if operation.responses.is_empty() {
        return None;
    }
    let Some(key) = operation.response(response.status) else {
        return Some("the status is not documented".to_owned());
    };
    let (pointer, documented) = documented(operation, key)?;
    let given = response.media_type()?;
    let content = documented.get("content").and_then(Value::as_object);
    let media_types = content.into_iter().flat_map(|content| content.keys());
    let closest = media_type::closest(media_types.map(String::as_str), given);
    let Some((_, media_type)) = closest else {
        return Some(format!("the media type {given} is not documented"));
    };
    if !media_type::is_json(given) && response.value.is_none() {
        return None;
    }
    let pointer = format!("{pointer}/content/{}", escaped(media_type));
    let (pointer, object) = operation.schemas.object(&pointer)?;
    object.get("schema")?;
    let pointer = format!("{pointer}/schema");
    let body = match &response.value {
        Some(value) => Cow::Borrowed(value),
        None => Cow::Owned(serde_json::from_slice(response.body.octets()?).ok()?),
    };
    let violations = operation.schemas.violations(&pointer, &body);
    let first = violations.first()?;
    Some(format!("{} {}", first.pointer, first.message))
}

/// The Response Object under `key`, every `$ref` on the way followed, and its pointer.
fn documented(operation: &'static Operation, key: &str) -> Option<(String, &'static Value)> {
    let schemas = operation.schemas;
    let (item, _) = schemas.object(&format!("/paths/{}", escaped(operation.path)))?;
    let method = operation.method;
    let own = format!("{item}/{}", method.to_ascii_lowercase());
    let additional = format!("{item}/additionalOperations/{}", escaped(method));
    let (operation, _) = schemas
        .object(&own)
        .or_else(|| schemas.object(&additional))?;
    schemas.object(&format!("{operation}/responses/{}", escaped(key)))
}
