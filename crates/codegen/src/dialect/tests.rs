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

/// Whether the first finding stops generation, and its code.
fn first(result: Result<Lowered, Diagnostics>) -> Option<(&'static str, &'static str)> {
    let (severity, found) = match result {
        Ok(lowered) => ("warning", lowered.warnings().clone()),
        Err(found) => ("error", found),
    };
    found.iter().next().map(|one| (severity, one.code.name()))
}

#[test]
fn what_a_schema_cannot_have_is_found() {
    for (version, schema, expected) in [
        ("3.0.3", "{typ: string}", "unknown-field"),
        ("3.0.3", "{type: file}", "wrong-type"),
        ("3.1.0", "{type: []}", "wrong-type"),
        ("3.1.0", "{type: string, minLength: -1}", "wrong-type"),
        ("3.1.0", "{type: object, properties: [a]}", "wrong-type"),
        ("3.1.0", "{const: a, enum: [b]}", "invalid-value"),
        ("3.1.0", "{allOf: {type: string}}", "wrong-type"),
        ("3.1.0", "{anyOf: [1]}", "wrong-type"),
        ("3.0.3", "{discriminator: a}", "wrong-type"),
        ("3.0.3", "{discriminator: {mapping: {}}}", "missing-field"),
    ] {
        let found = first(with_schema(version, schema));
        assert_eq!(found, Some(("error", expected)), "{version} {schema}");
    }
}

#[test]
fn what_a_schema_need_not_have_is_a_warning() {
    for (version, schema, expected) in [
        ("3.0.3", "{example: a, foo: b}", "unknown-field"),
        ("3.1.0", "{typ: string}", "unknown-field"),
        ("3.0.3", "{const: a}", "unknown-field"),
        ("3.1.0", "{type: string, nullable: true}", "unknown-field"),
        ("3.0.3", "{type: [string]}", "wrong-type"),
        ("3.0.3", "{type: 'null'}", "wrong-type"),
        ("3.1.0", "{type: [string, null]}", "wrong-type"),
        (
            "3.0.3",
            "{type: integer, exclusiveMinimum: 3}",
            "wrong-type",
        ),
        (
            "3.1.0",
            "{type: integer, exclusiveMinimum: true}",
            "wrong-type",
        ),
        ("3.0.3", "true", "wrong-type"),
        ("3.0.3", "{type: string, required: true}", "wrong-type"),
        ("3.0.3", "{properties: null}", "wrong-type"),
        ("3.0.3", "{title: [a]}", "wrong-type"),
        ("3.0.3", "{title: 3}", "wrong-type"),
        ("3.0.3", "{externalDocs: {}}", "missing-field"),
        ("3.1.0", "{allOf: []}", "ineffective-keyword"),
    ] {
        let found = first(with_schema(version, schema));
        assert_eq!(found, Some(("warning", expected)), "{version} {schema}");
    }
}

#[test]
fn every_keyword_of_json_schema_is_taken_in() {
    for schema in [
        "{allOf: [{type: string}, {$ref: '#/components/schemas/T'}], not: {enum: [a]}}",
        "{oneOf: [{type: string}, {type: 'null'}], discriminator: {propertyName: a, mapping: {b: T}}}",
        "{anyOf: [true, false, {type: [string, integer, 'null']}]}",
        "{if: {required: [a]}, then: {required: [b]}, else: false}",
        "{dependentRequired: {a: [b]}, dependentSchemas: {a: {required: [c]}}}",
        "{prefixItems: [true, {type: string}], items: false, unevaluatedItems: false}",
        "{contains: {type: string}, minContains: 0, maxContains: 2.0}",
        "{patternProperties: {'^a': {type: string}}, propertyNames: {maxLength: 3}, unevaluatedProperties: false}",
        "{$defs: {a: {type: string}}, $comment: c, $schema: 'https://json-schema.org/draft/2020-12/schema'}",
        "{type: object, xml: {name: a, wrapped: true}, contentSchema: {type: object}}",
    ] {
        let lowered = with_schema("3.1.0", schema).unwrap_or_else(|found| panic!("{found}"));
        assert!(lowered.warnings().is_empty(), "{}", lowered.warnings());
        let here = "/components/schemas/S";
        let kept = lowered.schemas().pointer(here).cloned().unwrap();
        let contract = lowered.contract().pointer(here).unwrap();
        assert_eq!(
            kept.as_object().unwrap().len(),
            contract.as_object().unwrap().len()
        );
    }
}

#[test]
fn what_3_0_has_no_word_for_travels_in_extensions() {
    for (schema, openapi) in [
        (
            "{type: [string, integer]}",
            json!({"x-specmint-type": ["string", "integer"]}),
        ),
        (
            "{type: 'null'}",
            json!({"nullable": true, "x-specmint-type": "null"}),
        ),
        ("{items: false}", json!({"items": {"not": {}}})),
        (
            "{$ref: '#/components/schemas/T', minLength: 1}",
            json!({"allOf": [{"$ref": "#/components/schemas/T"}, {"minLength": 1}]}),
        ),
        (
            "{propertyNames: {const: a}}",
            json!({"x-specmint-propertyNames": {"enum": ["a"]}}),
        ),
    ] {
        assert_eq!(forms("3.1.0", schema).0, openapi, "{schema}");
    }
}

#[test]
fn values_of_an_enum_are_of_its_type_or_meant_so() {
    let schema = "{type: string, enum: [a, 3, true, 1.50]}";
    let wanted = json!({"type": "string", "enum": ["a", "3", "true", "1.5"]});
    assert_eq!(forms("3.0.3", schema), (wanted.clone(), wanted));
    let schema = "{type: integer, enum: ['3', x]}";
    assert_eq!(
        forms("3.0.3", schema).1,
        json!({"type": "integer", "enum": [3]})
    );
    assert_eq!(
        first(with_schema("3.0.3", "{type: integer, enum: [x]}"))
            .unwrap()
            .0,
        "error"
    );
}

#[test]
fn nullable_beside_other_schemas_is_as_authors_mean_it() {
    for (schema, json_schema) in [
        (
            "{nullable: true, title: t, allOf: [{$ref: '#/components/schemas/T'}]}",
            json!({"title": "t", "anyOf": [{"type": "null"}, {"allOf": [{"$ref": "#/components/schemas/T"}]}]}),
        ),
        (
            "{type: object, nullable: true, oneOf: [{minProperties: 1}]}",
            json!({"anyOf": [{"type": "null"}, {"type": "object", "oneOf": [{"minProperties": 1}]}]}),
        ),
    ] {
        assert_eq!(forms("3.0.3", schema).1, json_schema, "{schema}");
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
            "paths: {/p: {get: {parameters: [{name: a, in: body, schema: {}}]}}}",
            "invalid-value:3",
        ),
        (
            "paths: {/p: {get: {parameters: [{name: a, in: header, style: deepObject, schema: {}}]}}}",
            "invalid-value:3",
        ),
        ("paths: {/p: {query: {}}}", "unknown-field:3"),
        ("components: {schemas: {'a b': {}}}", "invalid-key:3"),
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
    let said = lowered(text).unwrap().warnings().to_string();
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

#[test]
fn every_construct_of_an_operation_is_taken_in() {
    let text = format!(
        r##"{HEAD}
webhooks: {{ w: {{ post: {{ responses: {{ 200: {{ description: d }} }} }} }} }}
paths:
  /p/{{id}}:
    servers: [{{ url: "https://{{h}}/b", variables: {{ h: {{ default: a }} }} }}]
    post:
      parameters:
        - {{ name: id, in: path, required: true, style: matrix, explode: true, schema: {{ type: string }} }}
        - {{ name: a, in: cookie, schema: {{ type: string }} }}
        - {{ name: b, in: query, style: deepObject, allowEmptyValue: true, schema: {{ type: object }} }}
        - {{ name: c, in: query, content: {{ application/json: {{ schema: {{ type: object }} }} }} }}
      requestBody:
        content:
          multipart/form-data:
            schema: {{ type: object }}
            encoding: {{ a: {{ contentType: image/png, headers: {{ X-A: {{ schema: {{ type: string }} }} }} }} }}
      callbacks:
        done: {{ "{{$request.body#/url}}": {{ post: {{ responses: {{ 200: {{ description: d }} }} }} }} }}
        other: {{ $ref: "#/components/callbacks/c" }}
      responses:
        200: {{ description: d, links: {{ l: {{ operationId: x }} }} }}
components:
  callbacks: {{ c: {{ "{{$url}}": {{ x-p: 1, get: {{}} }} }} }}
  pathItems: {{ i: {{ get: {{}} }} }}
  securitySchemes:
    m: {{ type: mutualTLS }}
    o: {{ type: openIdConnect, openIdConnectUrl: "https://a.example" }}
"##
    );
    let lowered = lowered(&text).unwrap_or_else(|found| panic!("{found}"));
    assert!(lowered.warnings().is_empty(), "{}", lowered.warnings());
    let openapi = serde_json::to_value(lowered.openapi()).unwrap();
    for pointer in [
        "/x-specmint-webhooks/w/post",
        "/paths/~1p~1{id}/post/x-specmint-callbacks/other/$ref",
        "/paths/~1p~1{id}/post/responses/200/x-specmint-links/l",
        "/components/x-specmint-callbacks/c",
        "/components/x-specmint-pathItems/i",
        "/components/securitySchemes/m/x-specmint-type",
    ] {
        assert!(openapi.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn what_3_2_adds_is_taken_in() {
    let text = r##"openapi: 3.2.0
$self: https://a.example/openapi
info: {title: t, version: '1'}
tags: [{name: a, summary: s, parent: b, kind: nav}, {name: b}]
servers: [{url: /, name: n}]
paths:
  /p:
    query:
      parameters: [{name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}, {name: c, in: cookie, style: cookie, schema: {type: string}}]
      responses: {200: {summary: s, content: {application/jsonl: {itemSchema: {type: object}, itemEncoding: {contentType: a/b}}}}}
    additionalOperations: {LINK: {responses: {204: {}}}}
components:
  mediaTypes: {m: {schema: {type: string}}}
  examples: {e: {dataValue: 1, serializedValue: '1'}}
  securitySchemes: {o: {type: oauth2, deprecated: true, flows: {deviceAuthorization: {deviceAuthorizationUrl: u, tokenUrl: t, scopes: {}}}}}
  schemas: {S: {type: object, discriminator: {propertyName: a, defaultMapping: S}, xml: {nodeType: element}}}
"##;
    let lowered = lowered(text).unwrap_or_else(|found| panic!("{found}"));
    assert!(lowered.warnings().is_empty(), "{}", lowered.warnings());
    let openapi = serde_json::to_value(lowered.openapi()).unwrap();
    let item = openapi.pointer("/paths/~1p").unwrap();
    assert!(
        item.pointer("/x-specmint-additionalOperations/LINK")
            .is_some()
    );
    let parameter = item.pointer("/x-specmint-query/parameters/0").unwrap();
    assert_eq!(parameter.get("in"), Some(&json!("query")));
    assert_eq!(parameter.get("x-specmint-in"), Some(&json!("querystring")));
}
