use super::*;
use crate::ir::{HeaderForm, HeaderValue, Literal, Operation, Presence};
use crate::resolve::testing;

const A: &str = "A: { type: object, properties: { a: { type: string } } }";

fn document(responses: &str) -> String {
    let fields = format!("responses:\n{}", responses.trim_matches('\n'));
    testing::operation(&fields, A)
}

fn operation(responses: &str) -> Operation {
    testing::api(&document(responses)).operations[0].clone()
}

fn variants(operation: &Operation) -> Vec<&str> {
    let responses = operation.responses.iter();
    responses.map(|one| one.variant.as_str()).collect()
}

fn content(operation: &Operation, index: usize) -> &Content {
    operation.responses[index].content.as_ref().unwrap()
}

fn value(operation: &Operation, index: usize) -> &HeaderValue {
    &operation.responses[0].headers[index].value
}

#[test]
fn one_variant_for_each_status_and_media_type() {
    let operation = operation(
        "  '200':\n    description: Fine.\n    content: { text/html: { schema: { type: string } }, application/json: { schema: { $ref: '#/components/schemas/A' } } }\n  4XX: { description: No. }\n  default: { description: Else. }",
    );
    assert_eq!(
        variants(&operation),
        ["OkHtml", "OkJson", "ClientError", "Default"]
    );
    assert_eq!(operation.answers, ["200", "4XX", "default"]);
    assert_eq!(
        operation.produces,
        ["text/html; charset=utf-8", "application/json"]
    );
    let text = Content::Text {
        media_type: "text/html; charset=utf-8".into(),
    };
    assert_eq!(content(&operation, 0), &text);
}

#[test]
fn forms_of_json_with_one_schema_are_one_variant() {
    let operation = operation(
        "  '200':\n    description: Fine.\n    content: { application/json: { schema: { type: object, properties: { a: {} } } }, application/yaml: {}, application/a+json: { schema: { type: object, properties: { a: {} } } } }",
    );
    assert_eq!(variants(&operation), ["OkJson", "OkYaml"]);
    let Content::Json { media_types, .. } = content(&operation, 0) else {
        panic!("{operation:?}");
    };
    assert_eq!(media_types, &["application/json", "application/a+json"]);
    assert!(
        operation.responses[0]
            .docs
            .contains("as the client prefers")
    );
}

#[test]
fn ranges_streams_and_octets() {
    let operation = operation(
        "  '200':\n    description: Fine.\n    content: { image/*: {}, application/pdf: { schema: { type: string, format: binary } }, text/event-stream: {}, application/x-ndjson: { schema: { $ref: '#/components/schemas/A' } }, '*/*': { schema: { $ref: '#/components/schemas/A' } } }",
    );
    assert_eq!(
        variants(&operation),
        ["OkImage", "OkPdf", "OkEventStream", "OkXNdjson", "OkAny"]
    );
    assert!(matches!(content(&operation, 0), Content::Range { .. }));
    assert!(matches!(content(&operation, 1), Content::Octets { .. }));
    assert!(matches!(
        content(&operation, 2),
        Content::Events { ty: None }
    ));
    assert!(matches!(
        content(&operation, 3),
        Content::Items {
            ty: Type::Model(_),
            ..
        }
    ));
    assert!(matches!(content(&operation, 4), Content::Json { .. }));
}

#[test]
fn what_may_have_no_content_is_not_negotiated() {
    let operation = operation(
        "  '200': { description: x, content: { text/csv: {} } }\n  '204': { description: x }",
    );
    assert!(operation.produces.is_empty());
}

#[test]
fn a_header_of_one_value_sends_itself() {
    let operation = operation(
        "  '302':\n    description: There.\n    headers:\n      Location: { required: true, schema: { type: string } }\n      Pragma: { required: true, schema: { type: string, enum: [no-cache] } }",
    );
    assert_eq!(
        value(&operation, 1),
        &HeaderValue::Constant(Literal::String("no-cache".into()))
    );
    assert!(matches!(value(&operation, 0), HeaderValue::Given { name, .. } if name == "location"));
}

#[test]
fn every_cookie_is_a_field_of_its_own() {
    let operation = operation(
        "  '204':\n    description: x\n    headers:\n      Set-Cookie: { schema: { type: string } }\n      X-Of: { explode: true, schema: { $ref: '#/components/schemas/A' } }",
    );
    assert!(matches!(
        value(&operation, 0),
        HeaderValue::Given {
            ty: Type::Array(_),
            presence: Presence::Required,
            form: HeaderForm::Each,
            ..
        }
    ));
    assert!(matches!(
        value(&operation, 1),
        HeaderValue::Given {
            ty: Type::Model(_),
            form: HeaderForm::Exploded,
            ..
        }
    ));
}

#[test]
fn what_the_server_decides_is_ignored() {
    let warnings = testing::warnings(&document(
        "  '204':\n    description: x\n    content: { application/json: {} }\n    headers:\n      Content-Length: { schema: { type: integer } }\n      X-A: { schema: { type: integer } }\n      x-a: { schema: { type: integer } }",
    ));
    assert_eq!(
        warnings,
        ["ignored-content", "ignored-header", "ignored-header"]
    );
}

#[test]
fn a_response_of_components_is_resolved_once() {
    let responses = "responses: { '404': { $ref: '#/components/responses/Missing' } }";
    let text = format!(
        "paths:\n  /a:\n    get: {{ {responses} }}\n    put: {{ {responses} }}\ncomponents:\n  responses:\n    Missing:\n      description: x\n      content: {{ application/json: {{ schema: {{ type: object, properties: {{ a: {{}} }} }} }} }}"
    );
    let api = testing::api(&text);
    let names: Vec<_> = api.models.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["MissingBody"]);
}

#[test]
fn an_operation_that_documents_nothing_may_answer_anything() {
    let warnings = testing::warnings(&testing::operation("responses: {}", A));
    assert_eq!(warnings, ["no-response"]);
}

#[test]
fn items_are_typed_one_by_one() {
    let of = |version: &str, media: &str| {
        let responses = format!("  '200': {{ description: x, content: {{ {media} }} }}");
        let api = testing::api_of(version, &document(&responses));
        content(&api.operations[0], 0).clone()
    };
    let a = || Type::Model("A".into());
    let items = |media_type: &str| Content::Items {
        media_type: media_type.into(),
        ty: a(),
    };
    let one = "application/jsonl: { schema: { $ref: '#/components/schemas/A' } }";
    assert_eq!(of("3.1.0", one), items("application/jsonl"));
    let list = "application/x-ndjson: { schema: { type: array, items: { $ref: '#/components/schemas/A' } } }";
    assert_eq!(of("3.1.0", list), items("application/x-ndjson"));
    let item = "application/json-seq: { schema: { type: string }, itemSchema: { $ref: '#/components/schemas/A' } }";
    assert_eq!(of("3.2.0", item), items("application/json-seq"));
    let events = "text/event-stream: { itemSchema: { $ref: '#/components/schemas/A' } }";
    assert_eq!(of("3.2.0", events), Content::Events { ty: Some(a()) });
}
