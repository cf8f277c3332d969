//! Debug builds: a response must keep the contract.

use serde_json::Value;

use crate::media_type;
use crate::operation::{Documented, Operation};
use crate::rejection::{Kind, Rejection};
use crate::response::Response;

/// Refuses a response whose status, media type or JSON body the operation doesn't document, and logs why.
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
    let Some(documented) = documented(operation, response.status) else {
        return Some("the status is not documented".to_owned());
    };
    let given = response.media_type.as_deref()?;
    let fits = |documented: &&&str| media_type::matches(documented, given);
    let Some(media_type) = documented.media_types.iter().find(fits) else {
        return Some(format!("the media type {given} is not documented"));
    };
    if !media_type::is_json(given) {
        return None;
    }
    let escaped = crate::violation::escaped(media_type);
    let pointer = format!("{}/content/{escaped}/schema", documented.pointer);
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    let violations = operation.schemas.violations(&pointer, &body);
    let first = violations.first()?;
    Some(format!("{} {}", first.pointer, first.message))
}

/// The most specific documented response for `status`.
fn documented(operation: &'static Operation, status: u16) -> Option<&'static Documented> {
    let exact = status.to_string();
    let range = format!("{}XX", status / 100);
    let named = |name: &str| {
        let same = |documented: &&Documented| documented.status.eq_ignore_ascii_case(name);
        operation.responses.iter().find(same)
    };
    named(&exact)
        .or_else(|| named(&range))
        .or_else(|| named("default"))
}
