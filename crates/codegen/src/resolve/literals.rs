//! Constants of the document as constants of Rust.

use serde_json::Value;

use crate::ir::{Literal, Model, Shape, Type};

/// `value` as a constant of type `ty`; `None` when it is not of that type, or the type has no constants.
pub fn of<'m>(
    value: &Value,
    ty: &Type,
    mut models: impl Iterator<Item = &'m Model>,
) -> Option<Literal> {
    match ty {
        Type::String => value.as_str().map(|text| Literal::String(text.to_owned())),
        Type::Boolean => value.as_bool().map(Literal::Boolean),
        Type::Int32 => value
            .as_i64()
            .filter(|&number| i32::try_from(number).is_ok())
            .map(Literal::Integer),
        Type::Int64 => value.as_i64().map(Literal::Integer),
        Type::Float | Type::Double => value.as_f64().map(Literal::Float),
        Type::Model(name) => {
            let model = models.find(|model| model.name == *name)?;
            let variant = match &model.shape {
                Shape::Strings(variants) => variants
                    .iter()
                    .find(|one| value == one.wire.as_str())?
                    .name
                    .clone(),
                Shape::Integers(variants) => variants
                    .iter()
                    .find(|one| value.as_i64() == Some(one.wire))?
                    .name
                    .clone(),
                Shape::Boolean(variant) if *value == variant.wire => variant.name.clone(),
                Shape::Boolean(_) | Shape::Struct(_) => return None,
            };
            Some(Literal::Variant {
                model: name.clone(),
                variant,
            })
        }
        Type::Number
        | Type::Any
        | Type::Uuid
        | Type::DateTime
        | Type::Uri
        | Type::Array(_)
        | Type::Nullable(_)
        | Type::Boxed(_) => None,
    }
}
