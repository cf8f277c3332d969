//! A contract of many operations: a module, and a trait, for each of its tags.

mod common;

/// A contract of this many operations of three tags in turn, one of which is none.
fn contract(operations: usize) -> String {
    let paths = (0..operations).map(|number| {
        let tags = match number % 3 {
            0 => "tags: [Big books, other], security: [{ key: [], basic: [] }], ",
            1 => "tags: [check], ",
            _ => "",
        };
        format!(
            "  /shelves/{{shelf}}.{{row}}/{number}:\n    parameters: [{{ $ref: '#/components/parameters/shelf' }}, {{ $ref: '#/components/parameters/row' }}]\n    get: {{ {tags}operationId: book{number}, responses: {{ '200': {{ description: A book., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Book' }} }} }} }}, '404': {{ description: None. }} }} }}\n"
        )
    });
    let paths: String = paths.collect();
    format!(
        r"openapi: 3.0.3
info: {{ title: Library, version: '1' }}
tags: [{{ name: check, description: Checks of books. }}]
security: [{{ key: [] }}]
paths:
{paths}components:
  securitySchemes:
    key: {{ type: apiKey, in: header, name: X-Key }}
    basic: {{ type: http, scheme: basic }}
  parameters:
    shelf: {{ name: shelf, in: path, required: true, schema: {{ type: string, pattern: '^[a-z]+$' }} }}
    row: {{ name: row, in: path, required: true, schema: {{ type: integer }} }}
  schemas:
    Book: {{ type: object, properties: {{ title: {{ type: string }} }} }}
"
    )
}

#[test]
fn a_large_contract_has_a_module_for_each_tag() {
    let code = common::code(&contract(101));
    for part in [
        "pub mod big_books {",
        "/// The operations of `check`.\n///\n/// Checks of books.\npub mod check {",
        "pub mod untagged {",
        "pub trait Api: big_books::Api + check::Api + untagged::Api {}",
        "0..34 => big_books::call(api, operation, request),",
        "68..101 => untagged::call(api, operation, request),",
        "        fn first(&self) -> usize {\n            34\n        }",
    ] {
        assert!(
            code.contains(part),
            "{part}\n{}",
            &code[..code.len().min(9000)]
        );
    }
}

#[test]
fn a_contract_that_is_not_large_has_one_trait() {
    let code = common::code(&contract(100));
    assert!(code.contains("pub trait Api: Security<"));
    assert!(!code.contains("pub mod untagged"));
}
