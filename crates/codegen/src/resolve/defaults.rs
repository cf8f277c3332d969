//! Defaults: those of the document, and the models that have one by themselves.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::literals::{self, Models, Unfit};
use crate::diagnostic::{Code, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Api, Constraint, Literal, Model, Presence, Shape, Type};

/// Whether a value may be absent, and what holds then. Of a `default` it is only known where it stands, until [`settle`].
pub fn presence(required: bool, default: Option<String>) -> Presence {
    match default {
        _ if required => Presence::Required,
        Some(pointer) => Presence::Defaulted(Literal::Json(pointer)),
        None => Presence::Optional,
    }
}

/// Brings each `default` to a constant of its type. One that its own schema does not allow is named and left out. Of one that
/// is not known to be of the type, the docs tell, and the value is absent.
pub fn settle(lowered: &Lowered, api: &mut Api, found: &mut Diagnostics) {
    if !has_any(api) {
        return;
    }
    let models = api.models.clone();
    let mut settle = Settle {
        lowered,
        models: models
            .iter()
            .map(|model| (model.name.as_str(), model))
            .collect(),
        found,
    };
    for model in &mut api.models {
        if let Shape::Struct(object) = &mut model.shape {
            for field in &mut object.fields {
                settle.one(
                    &mut field.presence,
                    &field.ty,
                    &field.constraints,
                    &mut field.docs,
                );
            }
        }
    }
    for operation in &mut api.operations {
        for one in &mut operation.parameters {
            settle.one(&mut one.presence, &one.ty, &one.constraints, &mut one.docs);
        }
    }
}

/// Most documents have none, and then nothing need be copied.
fn has_any(api: &Api) -> bool {
    let fields = api.models.iter().flat_map(|model| match &model.shape {
        Shape::Struct(object) => object.fields.as_slice(),
        _ => &[],
    });
    let parameters = api.operations.iter().flat_map(|one| &one.parameters);
    let presences = fields.map(|one| &one.presence);
    let mut presences = presences.chain(parameters.map(|one| &one.presence));
    presences.any(|one| matches!(one, Presence::Defaulted(_)))
}

struct Settle<'s> {
    lowered: &'s Lowered,
    models: Models<'s>,
    found: &'s mut Diagnostics,
}

impl Settle<'_> {
    fn one(
        &mut self,
        presence: &mut Presence,
        ty: &Type,
        constraints: &[Constraint],
        docs: &mut String,
    ) {
        let Presence::Defaulted(Literal::Json(pointer)) = presence else {
            return;
        };
        let value = self.lowered.schemas().pointer(pointer);
        let value = value.unwrap_or(&Value::Null);
        *presence = match literals::of(value, ty, constraints, &self.models) {
            Ok(literal) => Presence::Defaulted(literal),
            Err(Unfit::Kind) => {
                docs.push_str("\n\nWhere it is absent, this holds: ");
                docs.push_str(&code(&value.to_string()));
                Presence::Optional
            }
            Err(Unfit::Invalid(reason)) => {
                let message =
                    format!("the default `{value}` is not valid by its own schema: {reason}");
                let help = "correct it, or the schema";
                let one = self
                    .lowered
                    .error(Code::InvalidDefault, pointer, message, help);
                self.found.push(one.warning());
                Presence::Optional
            }
        };
    }
}

fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}.")
}

/// Marks the models that have a natural default: nothing in them has to be chosen. Models that contain each other have none.
pub fn mark(api: &mut Api) {
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    for (place, model) in api.models.iter().enumerate() {
        if let Shape::Struct(object) = &model.shape {
            for field in &object.fields {
                if let (Presence::Required, Type::Model(name)) = (&field.presence, &field.ty) {
                    holders.entry(name.clone()).or_default().push(place);
                }
            }
        }
        open.push(place);
    }
    let mut known: HashSet<String> = HashSet::new();
    while let Some(place) = open.pop() {
        let Some(model) = api.models.get_mut(place) else {
            continue;
        };
        if !model.has_default && has_default(model, &known) {
            model.has_default = true;
            known.insert(model.name.clone());
            open.extend(holders.get(&model.name).into_iter().flatten());
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
    fn only_the_default_that_its_schema_forbids_is_named() {
        let fields = "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }";
        let schemas = "A: { type: object, properties: { a: { type: integer, minimum: 1, default: 0 }, b: { type: integer, default: 0 } } }";
        let document = testing::operation(fields, schemas);
        assert_eq!(testing::warnings(&document), ["invalid-default"]);
    }

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
