//! Breaks cycles: a type that contains itself without an array between is boxed where the cycle closes.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Shape, Type};

/// Boxes the fields by which a model contains itself.
pub fn break_cycles(api: &mut Api) {
    let edges: HashMap<String, Vec<String>> = api
        .models
        .iter()
        .map(|model| (model.name.clone(), contained(&model.shape)))
        .collect();
    for model in &mut api.models {
        let Shape::Struct(object) = &mut model.shape else {
            continue;
        };
        for field in &mut object.fields {
            let closes = name_of(&field.ty).is_some_and(|name| reaches(&edges, name, &model.name));
            if closes {
                field.ty = boxed(std::mem::replace(&mut field.ty, Type::Any));
            }
        }
    }
}

fn boxed(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => Type::Nullable(Box::new(boxed(*inner))),
        other => Type::Boxed(Box::new(other)),
    }
}

/// The models that a model holds in itself: a `Vec` keeps its items elsewhere.
fn contained(shape: &Shape) -> Vec<String> {
    match shape {
        Shape::Struct(object) => object
            .fields
            .iter()
            .filter_map(|field| name_of(&field.ty))
            .map(str::to_owned)
            .collect(),
        Shape::Strings(_) | Shape::Integers(_) | Shape::Boolean(_) => Vec::new(),
    }
}

fn name_of(ty: &Type) -> Option<&str> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Nullable(inner) => name_of(inner),
        _ => None,
    }
}

fn reaches(edges: &HashMap<String, Vec<String>>, from: &str, to: &str) -> bool {
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
    }
}
