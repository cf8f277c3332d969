//! The operations of `paths`, in the document's order: behind `$ref`s of Path Items, and of methods that OpenAPI 3.0 has no
//! field for (OpenAPI 3.2.0, section 4.9).

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{Operation, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::refs;
use super::selection::{Selection, Sieve};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::{Lowered, METHODS};

/// The Path Items of a document.
pub struct Paths {
    items: Vec<Item>,
    total: usize,
    tags: HashSet<Option<String>>,
}

/// A Path Item Object at its path.
pub struct Item {
    /// The key in `paths`.
    pub path: String,
    /// JSON Pointer to the object, `$ref` followed.
    pub pointer: String,
    /// The object.
    pub item: PathItem,
    /// Methods as they stand in requests, with where each operation stands.
    pub operations: Vec<(String, String, Operation)>,
}

impl Paths {
    /// Takes them from the document, with the selected operations only.
    pub fn of(lowered: &Lowered, selection: &Selection, found: &mut Diagnostics) -> Self {
        let mut sieve = Sieve::new(selection);
        let (mut items, mut total, mut tags) = (Vec::new(), 0, HashSet::new());
        for (path, item) in lowered.openapi().paths.iter() {
            let item = found.take(follow(lowered, item, refs::join("/paths", path)));
            let Some((mut item, pointer)) = item else {
                continue;
            };
            let mut operations = operations(lowered, &mut item, &pointer, found);
            total += operations.len();
            tags.extend(
                operations
                    .iter()
                    .map(|(_, _, one)| one.tags.first().cloned()),
            );
            operations.retain(|(method, _, one)| sieve.takes(method, path, one));
            if operations.is_empty() {
                continue;
            }
            items.push(Item {
                path: path.clone(),
                pointer,
                item,
                operations,
            });
        }
        found.extend(sieve.unknown());
        Self { items, total, tags }
    }

    /// How many operations the document has, selected or not.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How many first tags they have, none being one of them.
    pub fn tags(&self) -> usize {
        self.tags.len()
    }

    /// Those with operations, in the document's order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }
}

fn follow(
    lowered: &Lowered,
    item: &ReferenceOr<PathItem>,
    pointer: String,
) -> Result<(PathItem, String), Diagnostic> {
    let mut item = item.clone();
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
                format!("`{reference}` is no Path Item of `paths` or `#/components/pathItems`"),
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

fn target_of(lowered: &Lowered, pointer: &str) -> Option<ReferenceOr<PathItem>> {
    let unescaped = |token: &str| token.replace("~1", "/").replace("~0", "~");
    let openapi = lowered.openapi();
    if let Some(token) = pointer.strip_prefix("/paths/") {
        return openapi.paths.paths.get(&unescaped(token)).cloned();
    }
    let token = pointer.strip_prefix("/components/pathItems/")?;
    let declared = openapi
        .components
        .as_ref()?
        .extensions
        .get("x-specmint-pathItems")?;
    serde_json::from_value(declared.get(unescaped(token))?.clone()).ok()
}

/// The operations of `item`, out of which they are taken.
fn operations(
    lowered: &Lowered,
    item: &mut PathItem,
    pointer: &str,
    found: &mut Diagnostics,
) -> Vec<(String, String, Operation)> {
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
            Some((field.to_uppercase(), refs::join(pointer, field), operation?))
        })
        .collect();
    if let Some(query) = item.extensions.get("x-specmint-query") {
        let at = refs::join(pointer, "query");
        let query = found.take(read(lowered, query, &at));
        operations.extend(query.map(|query| ("QUERY".to_owned(), at, query)));
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
        operations.extend(operation.map(|operation| (method, at, operation)));
    }
    in_order(lowered, pointer, &mut operations);
    operations
}

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
fn in_order(lowered: &Lowered, pointer: &str, operations: &mut [(String, String, Operation)]) {
    let written = lowered.contract().pointer(pointer);
    let Some(written) = written.and_then(Value::as_object) else {
        return;
    };
    let ranks: IndexMap<&str, usize> = written.keys().map(String::as_str).zip(0..).collect();
    operations.sort_by_key(|(_, at, _)| {
        let field = at
            .get(pointer.len() + 1..)
            .and_then(|rest| rest.split('/').next());
        field.and_then(|field| ranks.get(field).copied())
    });
}
