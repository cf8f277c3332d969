//! Projects a document down to what progenitor 0.15 accepts, and says what that leaves out.
//!
//! progenitor takes OpenAPI 3.0 with an operationId everywhere, one type of success and one of error an operation, one
//! media type a body and no multipart, and it panics on much of the rest. Each pass here takes one such thing away from
//! an operation; where nothing useful would be left, the operation goes.

#[cfg(test)]
mod accepted;
mod bodies;
mod inline;
mod names;
mod operation_ids;
mod parameters;
mod responses;
mod unused;
mod visit;
mod widen;

use std::collections::HashSet;
use std::fmt;

use openapiv3::{Components, OpenAPI, Operation, Parameter, PathItem, ReferenceOr};

use crate::dialect::Lowered;

/// A document that progenitor accepts, and what it no longer says.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The document, in OpenAPI 3.0.
    pub openapi: OpenAPI,
    /// What was left out or made weaker, in the document's order.
    pub notes: Vec<Note>,
}

/// One thing that a projected document no longer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The operation by its operationId, or the schema by its name; empty for the document as a whole.
    pub at: String,
    /// What was left out and what stands in its place, in one sentence or two.
    pub text: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at.is_empty() {
            f.write_str(&self.text)
        } else {
            write!(f, "`{}`: {}", self.at, self.text)
        }
    }
}

/// Projects `document` down to what progenitor 0.15 accepts.
pub fn down(document: &Lowered) -> Projection {
    project(document.openapi().clone())
}

fn project(mut openapi: OpenAPI) -> Projection {
    openapi.openapi = "3.0.3".to_owned();
    let mut context = Context {
        components: openapi.components.take().unwrap_or_default(),
        ..Context::default()
    };
    context.security(&openapi);
    openapi.paths.paths.retain(|path, item| match item {
        ReferenceOr::Item(item) => {
            context.path_item(path, item);
            true
        }
        ReferenceOr::Reference { .. } => {
            context.at = path.clone();
            context.note("The path is described elsewhere (`$ref`) and is left out.");
            false
        }
    });
    context.at.clear();
    let mut notes = context.notes;
    openapi.components = Some(context.components);
    unused::remove(&mut openapi, &mut notes);
    names::make_distinct(&mut openapi, &mut notes);
    Projection { openapi, notes }
}

/// Why an operation cannot be projected at all.
struct LeftOut(String);

type Pass = fn(&mut Operation, &mut Context) -> Result<(), LeftOut>;

/// What is done to each operation, in order. After `inline`, no pass meets a Reference Object outside schemas.
const PASSES: [Pass; 4] = [
    inline::pass,
    parameters::pass,
    bodies::pass,
    responses::pass,
];

/// What the passes over one document share.
#[derive(Default)]
struct Context {
    components: Components,
    notes: Vec<Note>,
    /// What notes are about.
    at: String,
    /// The path of the operation at hand.
    path: String,
    /// The parameters of the path item at hand.
    shared: Vec<ReferenceOr<Parameter>>,
    /// The method names that are taken.
    taken: HashSet<String>,
}

impl Context {
    fn note(&mut self, text: impl Into<String>) {
        self.notes.push(Note {
            at: self.at.clone(),
            text: text.into(),
        });
    }

    fn security(&mut self, openapi: &OpenAPI) {
        let schemes: Vec<_> = (self.components.security_schemes.keys())
            .map(|name| format!("`{name}`"))
            .collect();
        if !schemes.is_empty() || openapi.security.is_some() {
            self.note(format!(
                "The client knows no security schemes ({}). It sends the credentials that it was made with.",
                schemes.join(", ")
            ));
        }
    }

    fn path_item(&mut self, path: &str, item: &mut PathItem) {
        self.path = path.to_owned();
        self.shared = std::mem::take(&mut item.parameters);
        let slots = [
            ("get", &mut item.get),
            ("put", &mut item.put),
            ("post", &mut item.post),
            ("delete", &mut item.delete),
            ("options", &mut item.options),
            ("head", &mut item.head),
            ("patch", &mut item.patch),
            ("trace", &mut item.trace),
        ];
        for (method, slot) in slots {
            let Some(operation) = slot else { continue };
            operation_ids::name(operation, method, self);
            if let Err(LeftOut(why)) = PASSES.iter().try_for_each(|pass| pass(operation, self)) {
                self.note(format!("The operation is left out: {why}."));
                *slot = None;
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// The projection of a document with these paths and components.
    pub(crate) fn projected(paths: Value, components: Value) -> Projection {
        let document = json!({
            "openapi": "3.0.3",
            "info": {"title": "Test", "version": "1"},
            "paths": paths,
            "components": components,
        });
        project(serde_json::from_value(document).expect("a document"))
    }

    /// The projection of `GET /thing` alone.
    pub(crate) fn get(operation: Value, components: Value) -> Projection {
        let mut operation = operation;
        let members = operation.as_object_mut().expect("an object");
        members.entry("operationId").or_insert(json!("getThing"));
        (members.entry("responses")).or_insert(json!({"204": {"description": "Done."}}));
        projected(json!({"/thing": {"get": operation}}), components)
    }

    /// The projected operation of [`get`] as JSON; `null` when it was left out.
    pub(crate) fn operation(projection: &Projection) -> Value {
        let document = serde_json::to_value(&projection.openapi).expect("JSON");
        document["paths"]["/thing"]["get"].clone()
    }

    /// What the notes say, one a line.
    pub(crate) fn said(projection: &Projection) -> String {
        let notes: Vec<_> = projection.notes.iter().map(ToString::to_string).collect();
        notes.join("\n")
    }

    #[test]
    fn the_version_is_3_0() {
        let projection = project(OpenAPI {
            openapi: "3.1.0".to_owned(),
            ..OpenAPI::default()
        });
        assert_eq!(projection.openapi.openapi, "3.0.3");
    }

    #[test]
    fn an_operation_that_nothing_is_left_out_of_has_no_note() {
        assert_eq!(get(json!({}), json!({})).notes, []);
    }

    #[test]
    fn security_schemes_are_named() {
        let scheme = json!({"type": "http", "scheme": "bearer"});
        let projection = get(json!({}), json!({"securitySchemes": {"token": scheme}}));
        assert_eq!(
            said(&projection),
            "The client knows no security schemes (`token`). It sends the credentials that it was made with."
        );
    }

    #[test]
    fn a_path_described_elsewhere_is_left_out() {
        let projection = projected(json!({"/thing": {"$ref": "other.yaml"}}), json!({}));
        assert!(projection.openapi.paths.paths.is_empty());
        assert!(said(&projection).starts_with("`/thing`: "));
    }
}
