//! What schemas become: each test is a document of named schemas, and what is made of `A`.

mod objects;
mod unions;

use super::{Schemas, Spot};
use crate::diagnostic::Diagnostics;
use crate::ir::{Choice, Constraint, Literal, Model, Shape, Struct, Type, Union};
use crate::resolve::{names, testing};

struct Made {
    ty: Type,
    constraints: Vec<Constraint>,
    models: Vec<Model>,
    codes: Vec<&'static str>,
}

impl Made {
    fn model(&self, name: &str) -> &Shape {
        let model = self.models.iter().find(|model| model.name == name);
        &model
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.names()))
            .shape
    }

    fn names(&self) -> Vec<&str> {
        self.models
            .iter()
            .map(|model| model.name.as_str())
            .collect()
    }

    fn object(&self, name: &str) -> &Struct {
        match self.model(name) {
            Shape::Struct(object) => object,
            other => panic!("{other:?}"),
        }
    }

    fn union(&self, name: &str) -> &Union {
        match self.model(name) {
            Shape::Union(union) => union,
            other => panic!("{other:?}"),
        }
    }

    fn fields(&self, name: &str) -> Vec<(&str, &Type)> {
        let fields = &self.object(name).fields;
        fields
            .iter()
            .map(|one| (one.wire.as_str(), &one.ty))
            .collect()
    }
}

/// What becomes of the schema `A` among these.
fn made(schemas: &str) -> Made {
    let width = schemas.lines().find(|line| !line.trim().is_empty());
    let width = width.map_or(0, |line| line.len() - line.trim_start().len());
    let lines = schemas
        .lines()
        .map(|line| line.get(width..).unwrap_or("").trim_end());
    let lines: Vec<String> = lines.map(|line| format!("    {line}")).collect();
    let fields = format!("components:\n  schemas:\n{}", lines.join("\n"));
    let lowered = testing::lowered_as("3.1.0", &fields);
    let mut all = Schemas::new(&lowered, names::claim(&lowered));
    let spot = Spot::component("A", "A");
    let mut found = Diagnostics::new();
    let typed = found.take(all.at(&spot));
    let finished = all.finish(&mut found);
    Made {
        ty: typed.as_ref().map_or(Type::Never, |typed| typed.ty.clone()),
        constraints: typed.map_or(Vec::new(), |typed| typed.constraints),
        models: finished.models,
        codes: found.iter().map(|one| one.code.name()).collect(),
    }
}

fn model(name: &str) -> Type {
    Type::Model(name.to_owned())
}

fn nullable(ty: Type) -> Type {
    Type::Nullable(Box::new(ty))
}

fn array(ty: Type) -> Type {
    Type::Array(Box::new(ty))
}

fn map(ty: Type) -> Type {
    Type::Map(Box::new(ty))
}

#[test]
fn plain_types() {
    for (schema, ty) in [
        ("true", Type::Any),
        ("{}", Type::Any),
        ("false", Type::Never),
        ("{ type: 'null' }", Type::Null),
        ("{ const: null }", Type::Null),
        ("{ type: string }", Type::String),
        ("{ type: [string, 'null'] }", nullable(Type::String)),
        ("{ type: string, format: ipv6 }", Type::Ipv6),
        ("{ type: string, contentEncoding: base64 }", Type::Base64),
        ("{ type: integer, format: uint8 }", Type::UInt8),
        (
            "{ type: integer, minimum: 0, maximum: 18446744073709551615 }",
            Type::UInt64,
        ),
        ("{ type: number }", Type::Number),
        ("{ type: [integer, number] }", Type::Number),
        ("{ type: array }", array(Type::Any)),
        ("{ type: object }", map(Type::Any)),
        (
            "{ type: object, additionalProperties: { type: boolean } }",
            map(Type::Boolean),
        ),
        (
            "{ type: [string, integer], allOf: [{ type: [integer, boolean] }] }",
            Type::Int64,
        ),
        ("{ type: boolean, enum: [true, false] }", Type::Boolean),
        ("{ type: string, not: {} }", Type::Never),
        ("{ anyOf: [{ type: string }, {}] }", Type::Any),
        (
            "{ oneOf: [{ type: string }, { type: 'null' }] }",
            nullable(Type::String),
        ),
        (
            "{ anyOf: [{ type: [string, 'null'] }, { type: 'null' }] }",
            nullable(Type::String),
        ),
        // Null is of both.
        (
            "{ oneOf: [{ type: [string, 'null'] }, { type: 'null' }] }",
            Type::String,
        ),
    ] {
        let made = made(&format!("A: {schema}"));
        assert_eq!((made.ty, made.codes), (ty, vec![]), "{schema}");
    }
}

#[test]
fn a_format_beside_what_is_about_the_text_is_checked() {
    let made = made("A: { type: string, format: uuid, maxLength: 8 }");
    assert_eq!(made.ty, Type::String);
    let format = Constraint::Format("uuid".into());
    assert_eq!(made.constraints, [Constraint::MaxLength(8), format]);
}

#[test]
fn a_limit_that_the_type_keeps_by_itself_costs_it_nothing() {
    for (format, limits, ty) in [
        ("uuid", "minLength: 1, maxLength: 36", Type::Uuid),
        ("date", "maxLength: 10", Type::Date),
        ("date-time", "minLength: 20", Type::DateTime),
        ("date-time", "maxLength: 64", Type::String),
        ("ipv4", "maxLength: 14", Type::String),
    ] {
        let schema = format!("{{ type: string, format: {format}, {limits} }}");
        let made = made(&format!("A: {schema}"));
        assert_eq!(made.constraints.is_empty(), ty != Type::String, "{schema}");
        assert_eq!(made.ty, ty, "{schema}");
    }
}

#[test]
fn the_stricter_limit_holds() {
    let made = made(
        "A: { allOf: [{ type: integer, minimum: 1, maximum: 9 }, { minimum: 3, exclusiveMaximum: 9 }] }",
    );
    assert_eq!(
        made.constraints,
        [
            Constraint::Minimum(Literal::Integer(3)),
            Constraint::Maximum(Literal::Integer(9)),
            Constraint::ExclusiveMaximum(Literal::Integer(9)),
        ]
    );
}

#[test]
fn what_has_no_type_is_checked_as_it_stands() {
    for schema in [
        "{ not: { type: string } }",
        "{ if: { type: string }, then: { minLength: 3 } }",
        "{ type: array, contains: { type: string } }",
        "{ type: object, dependentSchemas: { a: { required: [b] } } }",
        "{ type: object, patternProperties: { '^a': { type: string } } }",
        "{ enum: [{ a: 1 }, 2] }",
        "{ type: array, prefixItems: [{ type: string }] }",
        "{ type: object, properties: { a: {} }, unevaluatedProperties: { type: string } }",
    ] {
        let made = made(&format!("A: {schema}"));
        assert!(matches!(made.model("A"), Shape::Json(_)), "{schema}");
        assert_eq!(made.codes, [""; 0]);
    }
}

#[test]
fn enums() {
    let shape = |schema: &str| made(&format!("A: {schema}")).model("A").clone();
    let wires = |shape: Shape| match shape {
        Shape::Strings(all) => all.into_iter().map(|one| one.wire).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(wires(shape("{ enum: [a, b, a] }")), ["a", "b"]);
    assert_eq!(wires(shape("{ const: a }")), ["a"]);
    assert_eq!(
        wires(shape("{ enum: [a, bcd], type: string, maxLength: 2 }")),
        ["a"]
    );
    assert_eq!(
        wires(shape("{ oneOf: [{ const: a, title: One }, { const: b }] }")),
        ["a", "b"]
    );
    assert_eq!(
        wires(shape("{ allOf: [{ enum: [a, b] }, { enum: [b, c] }] }")),
        ["b"]
    );
    assert!(matches!(shape("{ enum: [1, 2.0] }"), Shape::Integers(all) if all[1].wire == 2));
    assert!(matches!(shape("{ const: true }"), Shape::Boolean(_)));
    let mixed = shape("{ enum: [a, 1] }");
    assert!(matches!(
        mixed,
        Shape::Union(Union {
            choice: Choice::Type(_),
            ..
        })
    ));
    let fractions = made("A: { enum: [1, 0.5] }");
    let all = vec![Literal::Integer(1), Literal::Float(0.5)];
    assert_eq!(fractions.constraints, [Constraint::Enum(all)]);
    assert_eq!(
        made("A: { type: [string, 'null'], enum: [a, null] }").ty,
        nullable(model("A"))
    );
    assert_eq!(
        made("A: { type: [string, 'null'], enum: [a] }").ty,
        model("A")
    );
}

#[test]
fn what_leads_back_to_itself_has_a_name() {
    let list = made("A: { type: array, items: { $ref: '#/components/schemas/A' } }");
    assert_eq!(list.ty, model("A"));
    assert!(matches!(list.model("A"), Shape::Newtype(item) if item.ty == array(model("A"))));
    let json = made(
        "A: { oneOf: [{ type: string }, { type: array, items: { $ref: '#/components/schemas/A' } }] }",
    );
    assert_eq!(json.union("A").variants[1].ty, array(model("A")));
    for schema in [
        "A: { allOf: [{ $ref: '#/components/schemas/A' }, { type: object }] }",
        "A: { anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] }",
    ] {
        assert_eq!(made(schema).codes, ["cyclic-ref"], "{schema}");
    }
}

#[test]
fn tuples_are_of_a_fixed_number() {
    let made = made(
        "A: { type: array, prefixItems: [{ type: string }, { type: integer }], items: false, minItems: 2 }",
    );
    let Shape::Tuple(items) = made.model("A") else {
        panic!()
    };
    assert_eq!(items[1].ty, Type::Int64);
}

#[test]
fn a_reference_may_lead_anywhere() {
    let made = made(
        "
        A: { type: object, properties: { a: { $ref: '#/components/schemas/B/properties/b' } } }
        B: { type: object, properties: { b: { type: object, properties: { c: {} } } } }
        ",
    );
    // By where it stands, not by what leads there.
    assert_eq!(made.fields("A"), [("a", &model("BB"))]);
}
