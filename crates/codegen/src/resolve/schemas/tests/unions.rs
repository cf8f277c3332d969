//! Unions, and how their types are told apart.

use super::{made, model, nullable};
use crate::ir::{Choice, JsonType, Literal, Presence, Type};

#[test]
fn several_types_are_a_union_by_type() {
    let made = made("A: { type: [string, integer, 'null'], maxLength: 3 }");
    assert_eq!(made.ty, nullable(model("A")));
    let union = made.union("A");
    let names: Vec<_> = union.variants.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Integer", "String"]);
    let types = vec![vec![JsonType::Integer], vec![JsonType::String]];
    assert_eq!(union.choice, Choice::Type(types));
}

#[test]
fn a_schema_without_type_allows_what_it_does_not_speak_of() {
    let made = made("A: { properties: { a: { type: string } } }");
    assert_eq!(made.codes, ["untyped-schema"]);
    let union = made.union("A");
    assert_eq!(union.variants[0].ty, model("AObject"));
    assert_eq!(union.variants[1].ty, Type::Any);
    assert_eq!(made.names(), ["A", "AObject"]);
}

const PETS: &str = "
        Cat: { type: object, required: [kind, a], properties: { kind: { type: string }, a: {} } }
        Dog: { type: object, required: [kind, b], properties: { kind: { type: string }, b: {} } }
        ";

fn choice(schema: &str) -> Choice {
    let schemas = format!("\n        A: {schema}{PETS}");
    made(&schemas).union("A").choice.clone()
}

#[test]
fn discriminators() {
    let pets =
        "oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]";
    let mapping = |schema: String| match choice(&schema) {
        Choice::Discriminator { mapping, .. } => mapping,
        other => panic!("{other:?}"),
    };
    let tags = |all: &[(&str, usize)]| {
        let all = all
            .iter()
            .map(|(tag, variant)| ((*tag).to_owned(), *variant));
        all.collect::<Vec<_>>()
    };
    assert_eq!(
        mapping(format!(
            "{{ {pets}, discriminator: {{ propertyName: kind }} }}"
        )),
        tags(&[("Cat", 0), ("Dog", 1)])
    );
    assert_eq!(
        mapping(format!(
            "{{ {pets}, discriminator: {{ propertyName: kind, mapping: {{ dog: Dog, hound: '#/components/schemas/Dog' }} }} }}"
        )),
        tags(&[("dog", 1), ("hound", 1), ("Cat", 0)])
    );
    assert_eq!(choice(&format!("{{ {pets} }}")), Choice::Trial);
}

#[test]
fn constants_and_types_tell_apart() {
    let tagged = |tag: &str| {
        format!("{{ type: object, required: [t], properties: {{ t: {{ const: {tag} }} }} }}")
    };
    let (one, two) = (tagged("one"), tagged("two"));
    let constant = choice(&format!("{{ oneOf: [{one}, {two}] }}"));
    let string = |text: &str| Literal::String(text.into());
    let values = vec![(string("one"), 0), (string("two"), 1)];
    let property = "t".to_owned();
    assert_eq!(constant, Choice::Constant { property, values });
    let by_type = choice("{ anyOf: [{ type: string }, { $ref: '#/components/schemas/Cat' }] }");
    let types = vec![vec![JsonType::String], vec![JsonType::Object]];
    assert_eq!(by_type, Choice::Type(types));
}

#[test]
fn what_stands_beside_a_union_holds_for_each_of_its_types() {
    let made = made(
        "
        A:
          type: object
          properties: { x: { type: string } }
          anyOf: [{ required: [x] }, { required: [y], title: Why }]
        ",
    );
    let union = made.union("A");
    let types: Vec<_> = union.variants.iter().map(|one| &one.ty).collect();
    assert_eq!(types, [&model("AVariant1"), &model("AWhy")]);
    assert_eq!(
        made.object("AVariant1").fields[0].presence,
        Presence::Required
    );
    assert_eq!(
        made.fields("AWhy"),
        [("x", &Type::String), ("y", &Type::Any)]
    );
}
