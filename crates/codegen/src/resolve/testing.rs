//! Documents for tests.

use crate::diagnostic::Diagnostics;
use crate::dialect::{self, Lowered};
use crate::ir::Api;
use crate::{load, overlay};

/// A document of these top-level fields besides `openapi` and `info`.
pub fn lowered(fields: &str) -> Lowered {
    lowered_as("3.0.3", fields)
}

/// The same in a version of OpenAPI.
pub fn lowered_as(version: &str, fields: &str) -> Lowered {
    let fields = dedent(fields);
    let text = format!("openapi: {version}\ninfo: {{ title: Test, version: '1' }}\n{fields}\n");
    let document = load::text("test.yaml", &text).unwrap();
    dialect::lower(overlay::apply(document, &[]).unwrap()).unwrap()
}

/// What becomes of the document.
pub fn api(fields: &str) -> Api {
    super::resolve(&lowered(fields))
        .unwrap_or_else(|found| panic!("{found}"))
        .api
}

/// The names of the codes that the document is refused with.
pub fn codes(fields: &str) -> Vec<&'static str> {
    match super::resolve(&lowered(fields)) {
        Ok(_) => Vec::new(),
        Err(found) => names(&found),
    }
}

/// The names of the codes that the document is warned of.
pub fn warnings(fields: &str) -> Vec<&'static str> {
    let resolved = super::resolve(&lowered(fields)).unwrap_or_else(|found| panic!("{found}"));
    names(&resolved.warnings)
}

fn names(found: &Diagnostics) -> Vec<&'static str> {
    found.iter().map(|one| one.code.name()).collect()
}

/// A document of one operation, `POST /things`, with these further fields, and these schemas.
pub fn operation(fields: &str, schemas: &str) -> String {
    let operation = indent(&dedent(fields), 6);
    let schemas = indent(&dedent(schemas), 4);
    let responses = if operation.contains("responses:") {
        ""
    } else {
        "      responses: { '204': { description: Done. } }\n"
    };
    format!(
        "paths:\n  /things:\n    post:\n      operationId: makeThing\n{operation}\n{responses}components:\n  schemas:\n{schemas}\n"
    )
}

fn dedent(text: &str) -> String {
    let text = text.trim_matches('\n');
    let width = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    text.lines()
        .map(|line| line.get(width..).unwrap_or("").trim_end())
        .collect::<Vec<_>>()
        .join("\n")
}

fn indent(text: &str, width: usize) -> String {
    text.lines()
        .map(|line| format!("{:width$}{line}", ""))
        .collect::<Vec<_>>()
        .join("\n")
}
