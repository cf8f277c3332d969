//! One pair for each construct: what a contract says, and the items that become of it.

#![allow(clippy::panic, reason = "a test stops at the first surprise")]

mod common;

/// Snapshots the items that hold one of `wanted`, below the part of the contract that they are made of.
macro_rules! pair {
    ($name:ident, $contract:expr, $part:expr, [$($wanted:literal),+ $(,)?]) => {
        #[test]
        fn $name() {
            let part = dedent($part);
            let code = common::code(&$contract(&part));
            let items = [$($wanted),+].map(|wanted| item(&code, wanted));
            insta::assert_snapshot!(stringify!($name), format!("{part}\n\n// becomes\n\n{}", items.join("\n\n")));
        }
    };
}

pair!(
    required_and_optional,
    properties,
    r"
    required: [a]
    properties:
      a: { type: string, description: 'Always there. See https://a.example/b.' }
      b: { type: integer }
      type: { type: boolean, default: true }
      self: { type: string }
",
    ["pub struct Thing ", "object! "]
);

pair!(
    null_is_a_value,
    properties,
    r"
    required: [a]
    properties:
      a: { type: string, nullable: true }
      b: { type: string, nullable: true, maxLength: 3 }
",
    ["pub struct Thing ", "for Thing "]
);

pair!(
    nothing_else_is_allowed,
    properties,
    r"
    additionalProperties: false
    properties:
      a: { type: string }
",
    ["pub struct Thing ", "object! "]
);

pair!(
    formats_are_types,
    properties,
    r"
    required: [id, at]
    properties:
      id: { type: string, format: uuid }
      at: { type: string, format: date-time }
      page: { type: string, format: uri }
      ratio: { type: number, format: double }
      small: { type: integer, format: int32 }
      any_number: { type: number }
      anything: {}
",
    ["pub struct Thing ", "object! "]
);

pair!(
    secrets_are_not_shown,
    properties,
    r"
    properties:
      client_id: { type: string }
      type: { type: string, format: password }
      either: { oneOf: [{ type: string, format: password }, { type: integer }] }
    additionalProperties: { type: string, format: password }
",
    [
        "pub struct Thing ",
        "impl std::fmt::Debug for Thing ",
        "pub enum ThingEither ",
        "impl std::fmt::Debug for ThingEither "
    ]
);

pair!(
    checks,
    properties,
    r"
    required: [code]
    properties:
      code: { type: string, minLength: 2, maxLength: 8, pattern: '^\d+$' }
      share: { type: number, minimum: 0, exclusiveMinimum: true, maximum: 1 }
      tags: { type: array, maxItems: 5, uniqueItems: true, items: { type: string, maxLength: 10 } }
",
    ["pub struct Thing ", "for Thing ", "static CODE_PATTERN"]
);

pair!(
    strings_of_an_enum,
    properties,
    r"
    properties:
      order: { type: string, enum: [up, down, '+1', ''] }
",
    ["pub enum ThingOrder ", "strings! "]
);

pair!(
    numbers_of_an_enum,
    properties,
    r"
    required: [code]
    properties:
      code: { type: integer, enum: [404], description: The status. }
",
    ["pub struct Thing ", "pub enum ThingCode ", "constants! "]
);

pair!(
    an_object_within,
    properties,
    r"
    properties:
      inner:
        type: object
        properties:
          deep: { type: array, items: { type: object, properties: { a: { type: string } } } }
",
    [
        "pub struct Thing ",
        "pub struct ThingInner ",
        "pub struct ThingInnerDeepItem "
    ]
);

pair!(
    a_type_within_itself,
    properties,
    r"
    properties:
      next: { $ref: '#/components/schemas/Thing' }
      all: { type: array, items: { $ref: '#/components/schemas/Thing' } }
",
    ["pub struct Thing "]
);

pair!(
    parameters,
    operation,
    r"
    parameters:
      - { name: page, in: query, schema: { type: integer, minimum: 1, default: 1 } }
      - { name: X-Trace, in: header, schema: { type: string, format: uuid } }
    responses: { '204': { description: Done. } }
",
    ["async fn act(", "async fn serve_act"]
);

pair!(
    a_body_of_two_media_types,
    operation,
    r"
    requestBody:
      content:
        application/json: { schema: { type: object, properties: { a: { type: string } } } }
        application/x-www-form-urlencoded: { schema: { type: object, properties: { b: { type: string } } } }
    responses: { '204': { description: Done. } }
",
    ["async fn act(", "pub enum ActBody ", "async fn serve_act"]
);

pair!(
    a_body_of_xml_or_json,
    pet,
    r"
    type: object
    required: [name]
    properties:
      id: { type: integer, xml: { attribute: true } }
      name: { type: string, xml: { prefix: p, namespace: 'urn:pets' } }
      photoUrls: { type: array, items: { type: string, xml: { name: photoUrl } }, xml: { wrapped: true } }
      young: { type: array, items: { $ref: '#/components/schemas/Pet' } }
    xml: { name: pet }
",
    [
        "async fn act(",
        "static PET_XML",
        "async fn serve_act",
        "for ActResponse"
    ]
);

pair!(
    parameters_in_every_place,
    operation,
    r"
    parameters:
      - { name: ids, in: query, explode: false, schema: { type: array, maxItems: 3, items: { type: string, format: uuid } } }
      - { name: filter, in: query, style: deepObject, schema: { type: object, properties: { from: { type: integer, minimum: 1 } } } }
      - { name: session, in: cookie, required: true, schema: { type: string } }
      - { name: sort, in: query, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
    responses: { '204': { description: Done. } }
",
    ["async fn act(", "async fn serve_act"]
);

pair!(
    a_callback,
    operation,
    r"
    requestBody:
      required: true
      content: { application/json: { schema: { type: object, properties: { sink: { type: string, format: uri } } } } }
    callbacks:
      happened:
        '{$request.body#/sink}':
          post:
            summary: Something happened.
            operationId: happened
            security: [{ token: [] }]
            parameters:
              - { name: X-Attempt, in: header, required: true, schema: { type: integer } }
              - { name: tags, in: query, explode: false, schema: { type: array, items: { type: string } } }
            requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
            responses:
              '200': { description: Kept., content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
              '4XX': { description: Not kept. }
    responses: { '204': { description: Done. } }
",
    ["const HAPPENED", "pub fn happened("]
);

pair!(
    a_callback_named_like_a_keyword,
    operation,
    r"
    callbacks:
      happened:
        '{$request.query.sink}':
          post:
            operationId: self
            responses:
              '200': { description: Kept., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Problem' } } } } }
              '202': { description: Waits., content: { application/json: { schema: { type: object, additionalProperties: { type: string, format: uuid } } } } }
    responses: { '204': { description: Done. } }
",
    ["const SELF", "pub fn self_("]
);

pair!(
    a_body_of_parts,
    operation,
    r"
    requestBody:
      required: true
      content:
        multipart/form-data:
          schema:
            type: object
            required: [file]
            properties:
              file: { type: string, format: binary }
              name: { type: string, maxLength: 9 }
              meta: { $ref: '#/components/schemas/Problem' }
          encoding: { file: { contentType: 'image/png, image/jpeg' } }
    responses: { '204': { description: Done. } }
",
    [
        "async fn act(",
        "pub enum ActPart ",
        "Multipart for ActPart",
        "async fn serve_act"
    ]
);

pair!(
    a_body_of_octets_or_text_or_a_form,
    operation,
    r"
    requestBody:
      required: true
      content:
        'image/*': {}
        text/plain: { schema: { type: string, maxLength: 9 } }
        application/x-www-form-urlencoded:
          schema: { type: object, properties: { ids: { type: array, items: { type: string } } } }
          encoding: { ids: { explode: false } }
    responses: { '204': { description: Done. } }
",
    ["async fn act(", "pub enum ActBody ", "async fn serve_act"]
);

pair!(
    answers,
    operation,
    r"
    responses:
      '200':
        description: The page.
        headers:
          Cache-Control: { required: true, schema: { type: string, enum: [no-store] } }
          X-Left: { schema: { type: integer } }
        content: { text/html: { schema: { type: string } } }
      '204': { description: Nothing. }
      default:
        description: It failed.
        content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } }
",
    [
        "pub enum ActResponse ",
        "impl Reply for ActResponse ",
        "static ACT"
    ]
);

pair!(
    alternatives_of_security,
    operation,
    r"
    security: [{ basic: [] }, { oauth: [write] }, {}]
    responses: { '401': { description: Who are you? } }
",
    [
        "async fn basic",
        "async fn act(",
        "static ACT",
        "async fn admit_",
        "async fn serve_act"
    ]
);

pair!(
    schemes_asked_for_together,
    operation,
    r"
    security: [{ basic: [], oauth: [write] }]
    responses: { '401': { description: Who are you? } }
",
    ["pub trait Security", "async fn admit_"]
);

pair!(
    no_security,
    operation,
    r"
    responses: { '204': { description: Done. } }
",
    ["pub trait Api", "async fn serve_act"]
);

/// A contract with one operation of these fields, and these components.
fn contract(operation: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Test, version: '1' }}
paths:
  /things:
    post:
      operationId: act
{}
components:
{}
",
        indent(operation, 6),
        indent(components, 2)
    )
}

/// A contract with one schema, `Thing`, that a request carries.
fn properties(part: &str) -> String {
    let operation = r"
requestBody:
  content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
responses: { '204': { description: Done. } }
";
    let part = indent(part, 4);
    contract(
        operation,
        &format!("schemas:\n  Thing:\n    type: object\n{part}"),
    )
}

/// A contract with one operation.
fn operation(part: &str) -> String {
    let components = r"
schemas:
  Problem: { type: object, properties: { title: { type: string } } }
securitySchemes:
  basic: { type: http, scheme: basic }
  oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://a.example', scopes: { write: Write. } } } }
";
    contract(part, components)
}

/// A schema that is sent and answered as XML and as JSON.
fn pet(part: &str) -> String {
    let schema = "{ schema: { $ref: '#/components/schemas/Pet' } }";
    let content = format!("{{ application/json: {schema}, application/xml: {schema} }}");
    let operation = format!(
        "requestBody: {{ required: true, content: {content} }}
responses: {{ '200': {{ description: Done., content: {content} }} }}"
    );
    let part = indent(part, 4);
    contract(&operation, &format!("schemas:\n  Pet:\n{part}"))
}

/// The item that holds `wanted`: items stand apart by an empty line.
fn item(code: &str, wanted: &str) -> String {
    let code = &code.replace("pub mod models {", "pub mod models {\n");
    let item = code.split("\n\n").find(|item| item.contains(wanted));
    dedent(item.unwrap_or_else(|| panic!("no item has `{wanted}` in\n{code}")))
}

/// The text from where its first line starts; what stands further left belongs to what is around it.
fn dedent(text: &str) -> String {
    let text = text.trim_matches('\n').trim_end();
    let start = text.trim_start();
    let width = text.len() - start.len();
    let within =
        |line: &&str| line.trim().is_empty() || line.len() - line.trim_start().len() >= width;
    let lines: Vec<&str> = text
        .lines()
        .filter(within)
        .map(|line| line.get(width..).unwrap_or(""))
        .collect();
    lines.join("\n")
}

fn indent(text: &str, width: usize) -> String {
    text.lines()
        .map(|line| format!("{:width$}{line}\n", ""))
        .collect()
}
