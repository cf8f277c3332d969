//! Checks of models reach the fields that hold them.

use std::collections::HashSet;

use super::within::{self, Place};
use crate::ir::{Api, BodyValue, Constraint, Encoding, Model, Operation, Shape, Type};

/// Adds [`Constraint::Nested`] wherever a value is of a model that has checks of its own.
pub fn nest(api: &mut Api) {
    let checked = within::holding(&api.models, has_checks);
    for model in &mut api.models {
        within::each_mut(&mut model.shape, &mut |ty, constraints, place| {
            let Some(below) = nested(ty, &checked) else {
                return;
            };
            match place {
                Place::Itself => add(constraints, below),
                Place::Values => add(constraints, Constraint::Values(vec![below])),
            }
        });
    }
    for operation in &mut api.operations {
        nest_operation(operation, &checked);
    }
}

fn nest_operation(operation: &mut Operation, checked: &HashSet<String>) {
    let mut all: Vec<(&Type, &mut Vec<Constraint>)> = Vec::new();
    for one in &mut operation.parameters {
        all.push((&one.ty, &mut one.constraints));
    }
    for media in operation.body.iter_mut().flat_map(|body| &mut body.media) {
        if let BodyValue::Type(ty) = &media.value {
            all.push((ty, &mut media.constraints));
        }
        if let Encoding::Parts(parts) = &mut media.encoding {
            for part in &mut parts.parts {
                if let Some(ty) = &part.ty {
                    all.push((ty, &mut part.constraints));
                }
            }
        }
    }
    for (ty, constraints) in all {
        if let Some(nested) = nested(ty, checked) {
            add(constraints, nested);
        }
    }
}

/// Adds a constraint; what is said of items or values twice is said at once.
fn add(constraints: &mut Vec<Constraint>, new: Constraint) {
    for known in constraints.iter_mut() {
        match (known, &new) {
            (Constraint::Items(known), Constraint::Items(new))
            | (Constraint::Values(known), Constraint::Values(new)) => {
                new.iter().cloned().for_each(|one| add(known, one));
                return;
            }
            _ => {}
        }
    }
    if !constraints.contains(&new) {
        constraints.push(new);
    }
}

/// Whether a model has checks in itself.
fn has_checks(model: &Model) -> bool {
    let mut has = match &model.shape {
        Shape::Struct(object) => !object.constraints.is_empty(),
        Shape::Json(_) => true,
        _ => false,
    };
    within::each(&model.shape, &mut |_, constraints| {
        has |= !constraints.is_empty();
    });
    has
}

fn nested(ty: &Type, checked: &HashSet<String>) -> Option<Constraint> {
    match ty {
        Type::Model(name) => checked.contains(name).then_some(Constraint::Nested),
        Type::Boxed(inner) | Type::Nullable(inner) => nested(inner, checked),
        Type::Array(inner) => nested(inner, checked).map(|below| Constraint::Items(vec![below])),
        Type::Map(inner) => nested(inner, checked).map(|below| Constraint::Values(vec![below])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{Constraint, Shape};
    use crate::resolve::testing;

    #[test]
    fn a_check_deep_below_is_reached() {
        let api = testing::api(&testing::operation(
            "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }",
            r#"
            A: { type: object, properties: { b: { type: array, items: { $ref: '#/components/schemas/B' } }, d: { $ref: '#/components/schemas/D' } } }
            B: { type: object, properties: { c: { type: string, maxLength: 3 } } }
            D: { type: object, properties: { c: { type: string } } }
            "#,
        ));
        let Shape::Struct(a) = &api.models[0].shape else {
            panic!()
        };
        assert_eq!(
            a.fields[0].constraints,
            [Constraint::Items(vec![Constraint::Nested])]
        );
        assert!(a.fields[1].constraints.is_empty());
    }
}
