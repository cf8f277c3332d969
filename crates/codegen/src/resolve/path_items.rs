//! Path Item Objects: behind `$ref`s, and with methods that OpenAPI 3.0 has no field for (OpenAPI 3.2.0, section 4.9).

use indexmap::IndexMap;
use openapiv3::{PathItem as Object, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::refs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::{Lowered, METHODS};
use crate::pointer;

/// A Path Item Object, `$ref` followed.
pub struct PathItem {
    /// JSON Pointer to the object.
    pub pointer: String,
    /// The object, without its operations.
    pub object: Object,
    /// These, in the document's order.
    pub operations: Vec<Operation>,
}

/// An operation of a Path Item Object.
pub struct Operation {
    /// Method, as it stands in requests.
    pub method: String,
    /// JSON Pointer to the object.
    pub pointer: String,
    /// The object.
    pub object: openapiv3::Operation,
}

/// The object that `item`, standing at `pointer`, is or refers to.
///
/// # Errors
/// A reference that leads nowhere, or back to itself.
pub fn of(
    lowered: &Lowered,
    item: ReferenceOr<Object>,
    pointer: String,
    found: &mut Diagnostics,
) -> Result<PathItem, Diagnostic> {
    let (mut object, pointer) = follow(lowered, item, pointer)?;
    let operations = operations(lowered, &mut object, &pointer, found);
    Ok(PathItem {
        pointer,
        object,
        operations,
    })
}

/// [`of`] what `value` is in the 3.0 form.
///
/// # Errors
/// The same, or that it is no Path Item.
pub fn of_value(
    lowered: &Lowered,
    value: &Value,
    pointer: String,
    found: &mut Diagnostics,
) -> Result<PathItem, Diagnostic> {
    let item = read(lowered, value, &pointer)?;
    of(lowered, item, pointer, found)
}

fn follow(
    lowered: &Lowered,
    mut item: ReferenceOr<Object>,
    pointer: String,
) -> Result<(Object, String), Diagnostic> {
    let mut here = pointer.clone();
    for _ in 0..32 {
        let reference = match item {
            ReferenceOr::Item(item) => return Ok((item, here)),
            ReferenceOr::Reference { reference } => reference,
        };
        let target = reference.strip_prefix('#').unwrap_or_default().to_owned();
        let next = target_of(lowered, &target);
        item = next.ok_or_else(|| {
            lowered.error(
                Code::PathItemRef,
                &here,
                format!("`{reference}` is no Path Item of `paths`, `webhooks` or `components`"),
                "declare it there, or write the path item here",
            )
        })?;
        here = target;
    }
    Err(lowered.error(
        Code::CyclicRef,
        &pointer,
        "this reference leads back to itself",
        "let one of the references lead to an object",
    ))
}

fn target_of(lowered: &Lowered, pointer: &str) -> Option<ReferenceOr<Object>> {
    let openapi = lowered.openapi();
    let mut tokens = pointer::tokens(pointer)?.into_iter();
    let first = tokens.next()?;
    if first == "paths" {
        let item = openapi.paths.paths.get(&tokens.next()?).cloned();
        return item.filter(|_| tokens.next().is_none());
    }
    let mut declared = match first.as_str() {
        "webhooks" => openapi.extensions.get("x-specmint-webhooks")?,
        "components" => {
            let section = format!("x-specmint-{}", tokens.next()?);
            openapi.components.as_ref()?.extensions.get(&section)?
        }
        _ => return None,
    };
    for token in tokens {
        declared = declared.get(token)?;
    }
    serde_json::from_value(declared.clone()).ok()
}

/// The operations of `item`, out of which they are taken.
fn operations(
    lowered: &Lowered,
    item: &mut Object,
    pointer: &str,
    found: &mut Diagnostics,
) -> Vec<Operation> {
    let fixed = [
        ("get", item.get.take()),
        ("put", item.put.take()),
        ("post", item.post.take()),
        ("delete", item.delete.take()),
        ("options", item.options.take()),
        ("head", item.head.take()),
        ("patch", item.patch.take()),
        ("trace", item.trace.take()),
    ];
    let mut operations: Vec<_> = fixed
        .into_iter()
        .filter_map(|(field, operation)| {
            Some(Operation {
                method: field.to_uppercase(),
                pointer: refs::join(pointer, field),
                object: operation?,
            })
        })
        .collect();
    if let Some(query) = item.extensions.get("x-specmint-query") {
        let at = refs::join(pointer, "query");
        let query = found.take(read(lowered, query, &at));
        operations.extend(query.map(|object| Operation {
            method: "QUERY".to_owned(),
            pointer: at,
            object,
        }));
    }
    let additional = item.extensions.get("x-specmint-additionalOperations");
    for (method, operation) in additional.and_then(Value::as_object).into_iter().flatten() {
        let at = refs::join(&refs::join(pointer, "additionalOperations"), method);
        let operation = found.take(read(lowered, operation, &at));
        // Methods have a case; one that has a field of its own is meant in its own.
        let is_fixed = METHODS
            .iter()
            .any(|field| method.eq_ignore_ascii_case(field));
        let method = if is_fixed {
            method.to_ascii_uppercase()
        } else {
            method.clone()
        };
        operations.extend(operation.map(|object| Operation {
            method,
            pointer: at,
            object,
        }));
    }
    in_order(lowered, pointer, &mut operations);
    operations
}

/// What `value`, which stands at `at`, is in the model of OpenAPI 3.0.
fn read<T: DeserializeOwned>(lowered: &Lowered, value: &Value, at: &str) -> Result<T, Diagnostic> {
    serde_json::from_value(value.clone()).map_err(|error| {
        lowered.error(
            Code::InvalidDocument,
            at,
            format!("this does not fit OpenAPI: {error}"),
            "compare it, and what is below it, with the specification",
        )
    })
}

/// Sorts as the document orders them; `openapiv3` has them by method.
fn in_order(lowered: &Lowered, pointer: &str, operations: &mut [Operation]) {
    let written = lowered.contract().pointer(pointer);
    let Some(written) = written.and_then(Value::as_object) else {
        return;
    };
    let ranks: IndexMap<&str, usize> = written.keys().map(String::as_str).zip(0..).collect();
    operations.sort_by_key(|one| {
        let field = one
            .pointer
            .get(pointer.len() + 1..)
            .and_then(|rest| rest.split('/').next());
        field.and_then(|field| ranks.get(field).copied())
    });
}
