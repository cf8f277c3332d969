//! progenitor refuses each of these documents, or panics on it, and takes its projection.

use std::panic;

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::{Value, json};

use super::project;

fn document(operations: Value, schemas: Value) -> OpenAPI {
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Test", "version": "1"},
        "paths": {"/thing": operations},
        "components": {"schemas": schemas},
    });
    serde_json::from_value(document).expect("a document")
}

/// Whether progenitor makes of `document` what the compiler can at least read.
fn taken(document: &OpenAPI) -> bool {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    panic::catch_unwind(|| Generator::new(&settings).generate_tokens(document))
        .is_ok_and(|tokens| tokens.is_ok_and(|tokens| syn::parse2::<syn::File>(tokens).is_ok()))
}

fn only_projected(document: OpenAPI) {
    assert!(!taken(&document), "progenitor takes this document as it is");
    let projection = project(document);
    assert!(
        taken(&projection.openapi),
        "progenitor does not take {projection:#?}"
    );
    assert!(!projection.notes.is_empty());
}

fn get(member: &str, value: Value) -> OpenAPI {
    let mut operation =
        json!({"operationId": "getThing", "responses": {"204": {"description": "Done."}}});
    operation[member] = value;
    document(json!({"get": operation}), json!({}))
}

fn answer(schema: Value) -> Value {
    json!({"description": "An answer.", "content": {"application/json": {"schema": schema}}})
}

#[test]
fn an_operation_without_an_operation_id() {
    only_projected(get("operationId", Value::Null));
}

#[test]
fn two_error_types() {
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    only_projected(get(
        "responses",
        json!({"400": answer(text), "404": answer(number)}),
    ));
}

#[test]
fn two_success_types() {
    let nothing = json!({"description": "Nothing."});
    only_projected(get(
        "responses",
        json!({"200": answer(json!({"type": "string"})), "204": nothing}),
    ));
}

#[test]
fn a_default_beside_a_success_of_another_type() {
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    only_projected(get(
        "responses",
        json!({"200": answer(text), "default": answer(number)}),
    ));
}

#[test]
fn an_answer_without_a_schema() {
    let content = json!({"application/json": {}, "text/csv": {}});
    only_projected(get(
        "responses",
        json!({"200": {"description": "Any.", "content": content}}),
    ));
}

#[test]
fn several_media_types_of_a_body() {
    let schema = json!({"schema": {"type": "object"}});
    let content = json!({"application/json": schema, "application/x-www-form-urlencoded": schema});
    only_projected(get(
        "requestBody",
        json!({"required": true, "content": content}),
    ));
}

#[test]
fn a_multipart_body() {
    let content = json!({"multipart/form-data": {"schema": {"type": "object"}}});
    only_projected(get(
        "requestBody",
        json!({"required": true, "content": content}),
    ));
}

#[test]
fn a_deep_object() {
    let schema = json!({"type": "object"});
    let filter = json!({"name": "filter", "in": "query", "style": "deepObject", "schema": schema});
    only_projected(get("parameters", json!([filter])));
}

#[test]
fn a_cookie() {
    let cookie = json!({"name": "session", "in": "cookie", "schema": {"type": "string"}});
    only_projected(get("parameters", json!([cookie])));
}

#[test]
fn values_that_are_one_in_rust() {
    let values = json!({"type": "string", "enum": ["a_b", "aXb", "a-b"]});
    let colour = json!({"$ref": "#/components/schemas/Colour"});
    let operation = json!({"operationId": "getThing", "responses": {"200": answer(colour)}});
    only_projected(document(
        json!({"get": operation}),
        json!({"Colour": values}),
    ));
}
