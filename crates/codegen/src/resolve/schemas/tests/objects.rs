//! Objects: their members, and what several schemas say of one.

use super::{made, map, model};
use crate::ir::{Additional, Constraint, Presence, Shape, Type};

#[test]
fn all_of_unites_properties_and_a_property_of_several_is_all_of_them() {
    let made = made(
        "
        A:
          allOf:
            - $ref: '#/components/schemas/B'
            - type: object
              required: [b, d]
              properties: { b: { maxLength: 3 }, c: { type: object, properties: { x: {} } } }
        B: { type: object, properties: { b: { type: string }, e: { $ref: '#/components/schemas/C' } } }
        C: { type: object, properties: { a: {} } }
        ",
    );
    assert_eq!(
        made.fields("A"),
        [
            ("b", &Type::String),
            ("e", &model("C")),
            ("c", &model("AC")),
            ("d", &Type::Any)
        ]
    );
    let object = made.object("A");
    assert_eq!(object.fields[0].constraints, [Constraint::MaxLength(3)]);
    let presences = object
        .fields
        .iter()
        .map(|one| one.presence == Presence::Required);
    assert_eq!(presences.collect::<Vec<_>>(), [true, false, false, true]);
    assert_eq!(made.names(), ["A", "AC", "C"]);
}

#[test]
fn what_is_said_beside_a_reference_holds_too() {
    let made = made(
        "
        A: { type: object, properties: { a: { $ref: '#/components/schemas/B', description: x }, b: { $ref: '#/components/schemas/B', required: [y] } } }
        B: { type: object, properties: { x: { type: string } } }
        ",
    );
    assert_eq!(made.fields("A"), [("a", &model("B")), ("b", &model("AB"))]);
    assert_eq!(made.fields("AB"), [("x", &Type::String), ("y", &Type::Any)]);
}

#[test]
fn other_members() {
    let additional = |schema: &str| {
        let schema = format!("A: {{ type: object, properties: {{ a: {{}} }}, {schema} }}");
        made(&schema).object("A").additional.clone()
    };
    assert_eq!(additional("title: x"), Additional::Ignored);
    assert_eq!(
        additional("additionalProperties: false"),
        Additional::Refused
    );
    assert_eq!(
        additional("unevaluatedProperties: false"),
        Additional::Refused
    );
    let kept = |ty| Additional::Kept {
        name: "additional_properties".into(),
        ty,
        constraints: vec![],
        secret: false,
    };
    assert_eq!(additional("additionalProperties: true"), kept(Type::Any));
    assert_eq!(
        additional("additionalProperties: { type: string }"),
        kept(Type::String)
    );
    // They count.
    assert_eq!(additional("maxProperties: 3"), kept(Type::Any));
}

#[test]
fn parts_that_disagree_on_other_members_are_checked_as_they_stand() {
    let made = made(
        "
        A: { allOf: [{ $ref: '#/components/schemas/B' }, { type: object, properties: { c: {} } }] }
        B: { type: object, additionalProperties: false, properties: { b: {} } }
        ",
    );
    assert!(matches!(made.model("A"), Shape::Json(_)));
}

#[test]
fn patterns_of_names() {
    let map_of = |schema: &str| {
        let made = made(&format!("A: {{ type: object, {schema} }}"));
        (made.ty, made.constraints)
    };
    let (ty, constraints) =
        map_of("patternProperties: { '^x-': { type: string } }, additionalProperties: false");
    assert_eq!(ty, map(Type::String));
    assert!(matches!(
        constraints.as_slice(),
        [Constraint::PropertyNames(_)]
    ));
    let (ty, constraints) = map_of("patternProperties: { '.*': { type: string } }");
    assert_eq!((ty, constraints.len()), (map(Type::String), 0));
    let (_, constraints) = map_of("propertyNames: { maxLength: 3 }");
    assert_eq!(
        constraints,
        [Constraint::PropertyNames(vec![Constraint::MaxLength(3)])]
    );
}

#[test]
fn a_base_with_a_discriminator_keeps_what_extends_it() {
    let made = made(
        "
        A: { type: object, properties: { b: { $ref: '#/components/schemas/Base' }, c: { $ref: '#/components/schemas/Child' } } }
        Base: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
        Child: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { c: {} } }] }
        ",
    );
    assert!(matches!(
        made.object("Base").additional,
        Additional::Kept { .. }
    ));
    assert_eq!(
        made.fields("Child"),
        [("kind", &Type::String), ("c", &Type::Any)]
    );
}
