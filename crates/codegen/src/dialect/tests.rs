//! A document as a snippet, and what becomes of it.

mod document;

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
pub(super) fn forms(version: &str, schema: &str) -> (Value, Value) {
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
        "{$defs: {a: {type: string}}, $comment: c}",
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
        ("3.0.3", "{$ref: '#S'}", "dangling-ref:6"),
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
