//! Which models have a natural default: nothing in them has to be chosen.

use std::collections::HashSet;

use crate::ir::{Api, Model, Presence, Shape, Type};

/// Marks them. Models that contain each other are not marked.
pub fn mark(api: &mut Api) {
    let mut known: HashSet<String> = HashSet::new();
    loop {
        let before = known.len();
        for model in &mut api.models {
            if !model.has_default && has_default(model, &known) {
                model.has_default = true;
                known.insert(model.name.clone());
            }
        }
        if known.len() == before {
            return;
        }
    }
}

fn has_default(model: &Model, known: &HashSet<String>) -> bool {
    match &model.shape {
        Shape::Strings(variants) => variants.len() == 1,
        Shape::Integers(variants) => variants.len() == 1,
        Shape::Boolean(_) => true,
        Shape::Union(_) | Shape::Tuple(_) | Shape::Newtype(_) | Shape::Json(_) => false,
        Shape::Struct(object) => object.fields.iter().all(|field| match &field.presence {
            Presence::Optional => true,
            // Their own values are not those of `Default`.
            Presence::Defaulted(_) => false,
            Presence::Required => matches!(&field.ty, Type::Model(name) if known.contains(name)),
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing;

    #[test]
    fn what_leaves_nothing_to_choose_has_a_default() {
        let api = testing::api(&testing::operation(
            "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }",
            r#"
            A:
              type: object
              required: [kind, chosen]
              properties:
                kind: { type: object, required: [a], properties: { a: { type: string, enum: [only] } } }
                chosen: { type: string, enum: [one, two] }
            "#,
        ));
        let marks: Vec<_> = api
            .models
            .iter()
            .map(|one| (one.name.as_str(), one.has_default))
            .collect();
        assert_eq!(
            marks,
            [
                ("A", false),
                ("AKind", true),
                ("AKindA", true),
                ("AChosen", false)
            ]
        );
    }
}
