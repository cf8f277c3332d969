//! One pair for each shape of a model: what the model says, and the items that become of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod common;

use specmint_codegen::emit::{self, Options};
use specmint_codegen::ir::{
    Additional, Choice, Constraint, Field, Item, Json, JsonType, Literal, Model, Presence, Shape,
    Struct, Type, Union, UnionVariant,
};

#[test]
fn members_that_are_no_properties_are_kept() {
    let additional = Additional::Kept {
        name: "additional_properties".to_owned(),
        ty: Type::Date,
        constraints: vec![Constraint::PropertyNames(vec![Constraint::MaxLength(9)])],
        secret: false,
    };
    let constraints = vec![
        Constraint::MinProperties(1),
        Constraint::DependentRequired(vec![("a".to_owned(), vec!["b".to_owned()])]),
    ];
    let fields = vec![field("a", Type::String, Presence::Optional)];
    insta::assert_snapshot!(code(vec![model(
        "Thing",
        Shape::Struct(Struct {
            fields,
            additional,
            constraints,
        })
    )]));
}

#[test]
fn values_are_checked_beyond_their_types() {
    let mut map = field(
        "map",
        Type::Map(Box::new(Type::Array(Box::new(Type::String)))),
        Presence::Required,
    );
    map.constraints = vec![
        Constraint::MaxProperties(3),
        Constraint::Values(vec![
            Constraint::MinItems(1),
            Constraint::Items(vec![Constraint::Format("email".to_owned())]),
        ]),
    ];
    let mut number = field("number", Type::Number, Presence::Optional);
    number.constraints = vec![Constraint::Enum(vec![
        Literal::Float(0.5),
        Literal::Json("null".to_owned()),
    ])];
    let default = Presence::Defaulted(Literal::Json("{}".to_owned()));
    let fields = vec![map, number, field("any", Type::Any, default)];
    insta::assert_snapshot!(code(vec![object("Thing", fields)]));
}

#[test]
fn unions_are_told_apart() {
    let choices = [
        (
            "ByTag",
            Choice::Discriminator {
                property: "kind".to_owned(),
                mapping: vec![
                    ("c".to_owned(), 0),
                    ("d".to_owned(), 1),
                    ("e".to_owned(), 1),
                ],
            },
        ),
        (
            "ByConstant",
            Choice::Constant {
                property: "v".to_owned(),
                values: vec![(Literal::Integer(-1), 0), (Literal::Boolean(true), 1)],
            },
        ),
        ("ByTrial", Choice::Trial),
    ];
    let mut models: Vec<Model> = choices
        .into_iter()
        .map(|(name, choice)| {
            let variants = vec![
                variant(
                    "Cat",
                    Type::Model("Cat".to_owned()),
                    vec![Constraint::Nested],
                ),
                variant(
                    "Dog",
                    Type::Boxed(Box::new(Type::Model("Dog".to_owned()))),
                    vec![],
                ),
            ];
            model(name, union(variants, choice))
        })
        .collect();
    models.push(object("Cat", Vec::new()));
    models.push(object("Dog", Vec::new()));
    insta::assert_snapshot!(code(models));
}

#[test]
fn unions_are_told_apart_by_type() {
    let types = vec![
        vec![JsonType::Number],
        vec![JsonType::String],
        vec![JsonType::Null, JsonType::Array],
    ];
    let variants = vec![
        variant(
            "Number",
            Type::Double,
            vec![Constraint::Minimum(Literal::Integer(1))],
        ),
        variant("Uuid", Type::Uuid, vec![]),
        variant(
            "Items",
            Type::Nullable(Box::new(Type::Array(Box::new(Type::Any)))),
            vec![],
        ),
    ];
    let mut id = model("Id", union(variants, Choice::Type(types)));
    id.parameter = true;
    insta::assert_snapshot!(code(vec![id]));
}

#[test]
fn names_that_a_type_has_to_have() {
    let tree = Item {
        ty: Type::Array(Box::new(Type::Model("Tree".to_owned()))),
        constraints: vec![Constraint::Items(vec![Constraint::Nested])],
    };
    let place = |ty, constraints| Item { ty, constraints };
    let pair = vec![
        place(Type::Base64, vec![]),
        place(Type::Ipv4, vec![]),
        place(Type::UInt8, vec![Constraint::Maximum(Literal::Integer(9))]),
    ];
    let json = Json {
        schema: r##"{"not": {"type": "string", "pattern": "\"#"}}"##.to_owned(),
    };
    let mut answer = model("Answer", Shape::Json(json.clone()));
    answer.request = false;
    insta::assert_snapshot!(code(vec![
        model("Tree", Shape::Newtype(tree)),
        model("Pair", Shape::Tuple(pair)),
        model("Odd", Shape::Json(json)),
        answer,
    ]));
}

/// The module of models that these become.
fn code(models: Vec<Model>) -> String {
    let mut api = common::api(include_str!("small.yaml"));
    api.models = models;
    api.patterns.clear();
    api.operations.clear();
    let code = emit::emit(&api, Options::default()).unwrap();
    let (_, rest) = code.split_once("pub mod models {").unwrap();
    let (models, _) = rest.split_once("\n}\n").unwrap();
    models.to_owned()
}

fn model(name: &str, shape: Shape) -> Model {
    Model {
        name: name.to_owned(),
        docs: format!("The schema `{name}`."),
        shape,
        deprecated: false,
        request: true,
        parameter: false,
        has_default: false,
    }
}

fn object(name: &str, fields: Vec<Field>) -> Model {
    let object = Struct {
        fields,
        additional: Additional::Ignored,
        constraints: Vec::new(),
    };
    model(name, Shape::Struct(object))
}

fn field(name: &str, ty: Type, presence: Presence) -> Field {
    Field {
        name: name.to_owned(),
        wire: name.to_owned(),
        docs: format!("The member `{name}`."),
        ty,
        presence,
        constraints: Vec::new(),
        format: None,
        deprecated: false,
        secret: false,
        recursive: false,
        read_only: false,
        write_only: false,
    }
}

fn union(variants: Vec<UnionVariant>, choice: Choice) -> Shape {
    Shape::Union(Union {
        variants,
        choice,
        exactly_one: true,
    })
}

fn variant(name: &str, ty: Type, constraints: Vec<Constraint>) -> UnionVariant {
    UnionVariant {
        name: name.to_owned(),
        docs: format!("As `{name}`."),
        ty,
        constraints,
        secret: false,
    }
}
