//! Breaks cycles: a type that contains itself without an array between is boxed where the cycle closes.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Shape, Type};

/// Boxes the fields by which a model contains itself, and marks all that lead back to it.
pub fn break_cycles(api: &mut Api) {
    let containing = edges(api, contained);
    let leading = edges(api, led_to);
    for model in &mut api.models {
        let Shape::Struct(object) = &mut model.shape else {
            continue;
        };
        for field in &mut object.fields {
            let back = |edges, name: Option<&str>| {
                name.is_some_and(|name| reaches(edges, name, &model.name))
            };
            field.recursive = back(&leading, led_to(&field.ty));
            if back(&containing, contained(&field.ty)) {
                field.ty = boxed(std::mem::replace(&mut field.ty, Type::Any));
            }
        }
    }
}

type Edges = HashMap<String, Vec<String>>;

/// From each model to those that `next` finds in the types of its fields.
fn edges(api: &Api, next: fn(&Type) -> Option<&str>) -> Edges {
    let of = |shape: &Shape| match shape {
        Shape::Struct(object) => {
            let names = object.fields.iter().filter_map(|field| next(&field.ty));
            names.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    api.models
        .iter()
        .map(|model| (model.name.clone(), of(&model.shape)))
        .collect()
}

/// The model that a value holds in itself: a `Vec` keeps its items elsewhere.
fn contained(ty: &Type) -> Option<&str> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Nullable(inner) => contained(inner),
        _ => None,
    }
}

/// The model that a type speaks of.
fn led_to(ty: &Type) -> Option<&str> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Nullable(inner) | Type::Array(inner) | Type::Boxed(inner) => led_to(inner),
        _ => None,
    }
}

fn boxed(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => Type::Nullable(Box::new(boxed(*inner))),
        other => Type::Boxed(Box::new(other)),
    }
}

fn reaches(edges: &Edges, from: &str, to: &str) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            open.extend(edges.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::ir::{Shape, Type};
    use crate::resolve::testing;

    #[test]
    fn only_what_closes_a_cycle_is_boxed() {
        let api = testing::api(&testing::operation(
            "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } }",
            r#"
            Tree:
              type: object
              properties:
                left: { $ref: '#/components/schemas/Tree' }
                leaves: { type: array, items: { $ref: '#/components/schemas/Tree' } }
                leaf: { $ref: '#/components/schemas/Leaf' }
            Leaf: { type: object, properties: { a: { type: string } } }
            "#,
        ));
        let Shape::Struct(tree) = &api.models[0].shape else {
            panic!()
        };
        assert!(matches!(tree.fields[0].ty, Type::Boxed(_)));
        assert!(matches!(tree.fields[1].ty, Type::Array(_)));
        assert!(matches!(tree.fields[2].ty, Type::Model(_)));
        let marks: Vec<bool> = tree.fields.iter().map(|field| field.recursive).collect();
        assert_eq!(marks, [true, true, false]);
    }
}
