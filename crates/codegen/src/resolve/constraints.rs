//! Checks of models reach the fields that hold them.

use std::collections::HashSet;

use crate::ir::{Api, BodyValue, Constraint, Encoding, Operation, Shape, Type};

/// Adds [`Constraint::Nested`] to every field, body and parameter whose model has checks of its own.
pub fn nest(api: &mut Api) {
    let mut checked: HashSet<String> = HashSet::new();
    loop {
        let before = checked.len();
        for model in &mut api.models {
            let Shape::Struct(object) = &mut model.shape else {
                continue;
            };
            for field in &mut object.fields {
                if let Some(nested) = nested(&field.ty, &checked)
                    && !field.constraints.contains(&nested)
                {
                    field.constraints.push(nested);
                }
            }
            if object
                .fields
                .iter()
                .any(|field| !field.constraints.is_empty())
            {
                checked.insert(model.name.clone());
            }
        }
        if checked.len() == before {
            break;
        }
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
        if let Some(nested) = nested(ty, checked)
            && !constraints.contains(&nested)
        {
            constraints.push(nested);
        }
    }
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
