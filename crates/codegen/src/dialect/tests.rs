//! A document as a snippet, and what becomes of it.

use serde_json::{Value, json};

use super::*;
use crate::{load, overlay};

pub(super) fn lowered(text: &str) -> Result<Lowered, Diagnostics> {
    let document = load::text("openapi.yaml", text).unwrap();
    lower(overlay::apply(document, &[]).unwrap())
}

/// A document of `version` whose one schema is `schema`.
pub(super) fn with_schema(version: &str, schema: &str) -> Result<Lowered, Diagnostics> {
    lowered(&format!(
        "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    S: {schema}\n    T: {{type: string}}\n"
    ))
}

/// Codes and lines of what is found.
pub(super) fn found(result: Result<Lowered, Diagnostics>) -> Vec<String> {
    let found = match result {
        Ok(lowered) => lowered.warnings().clone(),
        Err(found) => found,
    };
    found
        .iter()
        .map(|one| format!("{}:{}", one.code, one.place.as_ref().map_or(0, Place::line)))
        .collect()
}

/// Both forms of the one schema.
fn forms(version: &str, schema: &str) -> (Value, Value) {
    let lowered = with_schema(version, schema).unwrap_or_else(|found| panic!("{schema}\n{found}"));
    let openapi = serde_json::to_value(lowered.openapi()).unwrap();
    let at = |tree: &Value| tree.pointer("/components/schemas/S").cloned().unwrap();
    (at(&openapi), at(lowered.schemas()))
}

#[test]
fn schemas_of_3_1_come_in_words_of_3_0() {
    for (schema, openapi) in [
        (
            "{type: [string, 'null'], minLength: 1}",
            json!({"type": "string", "nullable": true, "minLength": 1}),
        ),
        ("{type: [string]}", json!({"type": "string"})),
        (
            "{const: a, type: string}",
            json!({"type": "string", "enum": ["a"]}),
        ),
        (
            "{type: integer, exclusiveMinimum: 3}",
            json!({"type": "integer", "minimum": 3, "exclusiveMinimum": true}),
        ),
        (
            "{type: integer, minimum: 5, exclusiveMinimum: 3}",
            json!({"type": "integer", "minimum": 5}),
        ),
        (
            "{type: integer, maximum: 5, exclusiveMaximum: 5}",
            json!({"type": "integer", "maximum": 5, "exclusiveMaximum": true}),
        ),
        (
            "{type: string, examples: [a, b]}",
            json!({"type": "string", "example": "a", "x-specmint-examples": ["a", "b"]}),
        ),
        (
            "{type: string, contentEncoding: base64}",
            json!({"type": "string", "format": "byte"}),
        ),
        (
            "{type: string, contentMediaType: image/png, $comment: c}",
            json!({"type": "string", "x-specmint-contentMediaType": "image/png", "x-specmint-comment": "c"}),
        ),
        (
            "{$ref: '#/components/schemas/T', description: d}",
            json!({"$ref": "#/components/schemas/T"}),
        ),
        ("true", json!({})),
        ("{}", json!({})),
        (
            "{type: object, additionalProperties: false, properties: {a: {type: [integer, 'null']}}}",
            json!({"type": "object", "additionalProperties": false,
                "properties": {"a": {"type": "integer", "nullable": true}}}),
        ),
    ] {
        assert_eq!(forms("3.1.0", schema).0, openapi, "{schema}");
    }
}

#[test]
fn schemas_of_3_1_stay_as_json_schema() {
    let schema = "{type: [string, 'null'], const: a, examples: [a], x-mine: 1}";
    assert_eq!(
        forms("3.1.0", schema).1,
        json!({"type": ["string", "null"], "const": "a", "examples": ["a"], "x-mine": 1})
    );
}

#[test]
fn schemas_of_3_0_become_json_schema() {
    for (schema, json_schema) in [
        (
            "{type: string, nullable: true}",
            json!({"type": ["string", "null"]}),
        ),
        ("{type: string, nullable: false}", json!({"type": "string"})),
        ("{nullable: true}", json!({})),
        (
            "{type: number, minimum: 1, exclusiveMinimum: true}",
            json!({"type": "number", "exclusiveMinimum": 1}),
        ),
        (
            "{type: number, maximum: 1, exclusiveMaximum: false}",
            json!({"type": "number", "maximum": 1}),
        ),
        (
            "{type: string, example: a}",
            json!({"type": "string", "examples": ["a"]}),
        ),
        (
            "{$ref: '#/components/schemas/T', description: d}",
            json!({"$ref": "#/components/schemas/T"}),
        ),
        (
            "{type: array, items: {type: object, properties: {x-a: {type: string, nullable: true}}}}",
            json!({"type": "array", "items": {"type": "object", "properties": {"x-a": {"type": ["string", "null"]}}}}),
        ),
    ] {
        assert_eq!(forms("3.0.3", schema).1, json_schema, "{schema}");
    }
}

#[test]
fn null_beside_an_enum_without_null_is_not_valid_and_said() {
    let schema = "{type: string, nullable: true, enum: [a]}";
    assert_eq!(
        forms("3.0.3", schema).0,
        json!({"type": "string", "enum": ["a"]})
    );
    assert_eq!(found(with_schema("3.0.3", schema)), ["nullable-enum:6"]);
    let schema = "{type: string, nullable: true, enum: [a, null]}";
    assert_eq!(found(with_schema("3.0.3", schema)), [""; 0]);
}

#[test]
fn what_a_schema_cannot_have_is_found() {
    for (version, schema, expected) in [
        ("3.0.3", "{typ: string}", "unknown-field:6"),
        ("3.0.3", "{const: a}", "unknown-field:6"),
        ("3.1.0", "{nullable: true}", "unknown-field:6"),
        ("3.0.3", "{type: [string]}", "wrong-type:6"),
        ("3.0.3", "{type: 'null'}", "wrong-type:6"),
        ("3.1.0", "{type: file}", "wrong-type:6"),
        ("3.1.0", "{type: []}", "wrong-type:6"),
        (
            "3.0.3",
            "{type: integer, exclusiveMinimum: 3}",
            "wrong-type:6",
        ),
        (
            "3.1.0",
            "{type: integer, exclusiveMinimum: true}",
            "wrong-type:6",
        ),
        ("3.1.0", "{type: string, minLength: -1}", "wrong-type:6"),
        ("3.1.0", "{type: object, properties: [a]}", "wrong-type:6"),
        ("3.0.3", "true", "wrong-type:6"),
        ("3.1.0", "{items: false}", "false-schema:6"),
        ("3.1.0", "{type: [string, integer]}", "type-union:6"),
        ("3.1.0", "{type: 'null'}", "null-type:6"),
        ("3.1.0", "{const: a, enum: [b]}", "invalid-value:6"),
        ("3.0.3", "{allOf: [{type: string}]}", "all-of:6"),
        ("3.0.3", "{oneOf: [{type: string}]}", "one-of:6"),
        ("3.0.3", "{anyOf: [{type: string}]}", "any-of:6"),
        ("3.0.3", "{not: {}, type: string}", "not:6"),
        ("3.1.0", "{if: {}, then: {}}", "conditional:6"),
        (
            "3.1.0",
            "{patternProperties: {a: true}}",
            "pattern-properties:6",
        ),
        ("3.1.0", "{prefixItems: [true]}", "prefix-items:6"),
        ("3.1.0", "{unevaluatedProperties: false}", "unevaluated:6"),
        ("3.1.0", "{$id: a}", "schema-resource:6"),
        (
            "3.0.3",
            "{type: object, discriminator: {propertyName: a}}",
            "discriminator:6",
        ),
        (
            "3.1.0",
            "{$schema: 'http://json-schema.org/draft-07/schema#'}",
            "invalid-value:6",
        ),
    ] {
        let all = found(with_schema(version, schema));
        assert_eq!(
            all.first().map(String::as_str),
            Some(expected),
            "{version} {schema}: {all:?}"
        );
    }
}

#[test]
fn references_are_checked() {
    for (version, schema, expected) in [
        (
            "3.0.3",
            "{$ref: '#/components/schemas/Nobody'}",
            "dangling-ref:6",
        ),
        ("3.0.3", "{$ref: 'other.yaml#/S'}", "external-ref:6"),
        ("3.0.3", "{$ref: '#S'}", "malformed-ref:6"),
        ("3.0.3", "{$ref: '#/a~2'}", "malformed-ref:6"),
        ("3.0.3", "{$ref: '#/info'}", "mismatched-ref:6"),
        (
            "3.0.3",
            "{$ref: '#/components/schemas'}",
            "mismatched-ref:6",
        ),
        ("3.0.3", "{$ref: '#'}", "mismatched-ref:6"),
        ("3.0.3", "{$ref: '#/components/schemas/S'}", "cyclic-ref:6"),
        ("3.0.3", "{$ref: 7}", "wrong-type:6"),
        (
            "3.1.0",
            "{$ref: '#/components/schemas/T', minLength: 1}",
            "ref-siblings:6",
        ),
        (
            "3.0.3",
            "{$ref: '#/components/schemas/T', nullable: true}",
            "ref-siblings:6",
        ),
    ] {
        assert_eq!(found(with_schema(version, schema)), [expected], "{schema}");
    }
    let recursive = "{type: object, properties: {s: {$ref: '#/components/schemas/S'}, t: {$ref: '#/components/schemas/S/properties/u'}, u: {type: string}}}";
    assert_eq!(found(with_schema("3.0.3", recursive)), [""; 0]);
    assert_eq!(
        forms("3.0.3", "{$ref: '#/components/schemas/%54'}").0,
        json!({"$ref": "#/components/schemas/T"})
    );
}

#[test]
fn nullable_beside_a_reference_in_3_0_is_a_warning_only() {
    let lowered = with_schema("3.0.3", "{$ref: '#/components/schemas/T', nullable: true}").unwrap();
    assert_eq!(lowered.warnings().len(), 1);
    assert!(!lowered.warnings().has_errors());
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

#[test]
fn what_the_rest_of_a_document_cannot_have_is_found() {
    for (text, expected) in [
        ("paths: {pets: {}}", "invalid-key:3"),
        (
            "paths: {/p: {get: {responses: {20: {description: d}}}}}",
            "invalid-key:3",
        ),
        (
            "paths: {/p: {get: {responses: {200: {}}}}}",
            "missing-field:3",
        ),
        (
            "paths: {/p: {get: {responses: {200: {description: 1}}}}}",
            "wrong-type:3",
        ),
        (
            "paths: {/p: {get: {responses: {200: {description: d, content: {json: {}}}}}}}",
            "invalid-key:3",
        ),
        (
            "paths: {/p: {post: {requestBody: {content: {multipart/form-data: {}}}}}}",
            "multipart:3",
        ),
        (
            "paths: {/p: {post: {requestBody: {content: {a/b: {encoding: {a: {}}}}}}}}",
            "encoding:3",
        ),
        ("paths: {/p: {get: {callbacks: {a: {}}}}}", "callbacks:3"),
        (
            "paths: {/p: {get: {parameters: [{name: a, in: cookie, schema: {}}]}}}",
            "cookie-parameter:3",
        ),
        (
            "paths: {/p: {get: {parameters: [{name: a, in: body, schema: {}}]}}}",
            "invalid-value:3",
        ),
        (
            "paths: {/p: {get: {parameters: [{name: a, in: query, style: deepObject, schema: {}}]}}}",
            "parameter-style:3",
        ),
        (
            "paths: {/p: {get: {parameters: [{name: a, in: query, content: {a/b: {}}}]}}}",
            "parameter-content:3",
        ),
        (
            "paths: {/p: {$ref: '#/paths/~1q'}, /q: {}}",
            "path-item-ref:3",
        ),
        ("paths: {/p: {query: {}}}", "unknown-field:3"),
        ("webhooks: {a: {}}", "webhooks:3"),
        ("components: {schemas: {'a b': {}}}", "invalid-key:3"),
        (
            "components: {securitySchemes: {a: {type: mutualTLS}}}",
            "mutual-tls:3",
        ),
        (
            "components: {securitySchemes: {a: {type: oauth2, flows: {implicit: {scopes: {}}}}}}",
            "missing-field:3",
        ),
        ("security: [{a: b}]\npaths: {}", "wrong-type:3"),
        ("security: {a: []}\npaths: {}", "wrong-type:3"),
        ("foo: 1\npaths: {}", "unknown-field:3"),
        (
            "components: {responses: {a: {$ref: '#/components/schemas/S'}}, schemas: {S: {}}}",
            "mismatched-ref:3",
        ),
        (
            "jsonSchemaDialect: https://example.org/mine\npaths: {}",
            "invalid-value:3",
        ),
    ] {
        assert_eq!(
            found(lowered(&format!("{HEAD}{text}\n"))),
            [expected],
            "{text}"
        );
    }
}

#[test]
fn a_field_of_the_other_version_says_so() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1', summary: s}\npaths: {}\n";
    let said = lowered(text).unwrap_err().to_string();
    assert!(said.contains("OpenAPI 3.1"), "{said}");
}

#[test]
fn documentation_and_extensions_are_kept() {
    let text = format!(
        "{HEAD}  \nx-mine: [1]\ntags: [{{name: a, externalDocs: {{url: u}}}}]\nsecurity: [{{x-key: []}}]\npaths: {{x-p: 1, /p: {{get: {{}}}}}}\n"
    );
    let text = text.replace("title: t,", "title: t, summary: s,");
    let lowered = lowered(&text).unwrap_or_else(|found| panic!("{found}"));
    let openapi = serde_json::to_value(lowered.openapi()).unwrap();
    assert_eq!(openapi.pointer("/x-mine"), Some(&json!([1])));
    assert_eq!(
        openapi.pointer("/info/x-specmint-summary"),
        Some(&json!("s"))
    );
    assert_eq!(
        openapi.pointer("/paths/~1p/get/responses"),
        Some(&json!({}))
    );
    assert_eq!(openapi.pointer("/security/0/x-key"), Some(&json!([])));
    assert_eq!(openapi.pointer("/openapi"), Some(&json!("3.0.3")));
    assert_eq!(
        lowered.contract().pointer("/openapi"),
        Some(&json!("3.1.0"))
    );
    assert_eq!(
        lowered.contract().pointer("/info/summary"),
        Some(&json!("s"))
    );
}

#[test]
fn callbacks_and_links_without_content_are_no_matter() {
    let text = format!(
        "{HEAD}webhooks: {{}}\npaths: {{/p: {{get: {{callbacks: {{}}, responses: {{200: {{description: d, links: {{}}}}}}}}}}}}\n"
    );
    assert_eq!(found(lowered(&text)), [""; 0]);
}

#[test]
fn an_error_finds_the_place_of_a_pointer() {
    let lowered = with_schema("3.0.3", "{type: string}").unwrap();
    let error = lowered.error(Code::Unsupported, "/components/schemas/T/type", "m", "h");
    assert_eq!(format!("{:?}", error.place.unwrap()), "openapi.yaml:7:9");
}

#[test]
fn the_deepest_documents_pass_on_a_small_stack() {
    let levels = 100;
    let schema = format!(
        "{}{{type: string}}{}",
        "{type: array, items: ".repeat(levels),
        "}".repeat(levels)
    );
    assert_eq!(found(with_schema("3.0.3", &schema)), [""; 0]);
}
