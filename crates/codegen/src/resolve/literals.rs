//! Constants of the document as constants of Rust.

use std::cmp::Ordering;

use serde_json::Value;

use super::patterns;
use super::schemas::Typed;
use crate::ir::{Constraint, Literal, Model, Shape, Type};

/// Why a value is no constant of a type.
#[derive(Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The type has no constants.
    Kind,
    /// The schema does not allow the value; why not.
    Invalid(String),
}

/// `value` as a constant of the type that `typed` describes.
///
/// # Errors
/// A value that is not of that type or breaks a constraint, or a type that has no constants.
pub fn of<'m>(
    value: &Value,
    typed: &Typed,
    mut models: impl Iterator<Item = &'m Model>,
) -> Result<Literal, Unfit> {
    let literal = match &typed.ty {
        Type::String => value.as_str().map(|text| Literal::String(text.to_owned())),
        Type::Boolean => value.as_bool().map(Literal::Boolean),
        Type::Int32 => value
            .as_i64()
            .filter(|&number| i32::try_from(number).is_ok())
            .map(Literal::Integer),
        Type::Int64 => value.as_i64().map(Literal::Integer),
        Type::Float | Type::Double => value.as_f64().map(Literal::Float),
        Type::Model(name) => {
            let model = models.find(|model| model.name == *name);
            return variant(value, model.ok_or(Unfit::Kind)?);
        }
        Type::Uuid | Type::DateTime | Type::Uri if value.is_string() => return Err(Unfit::Kind),
        Type::Number if value.is_number() => return Err(Unfit::Kind),
        Type::Uuid | Type::DateTime | Type::Uri | Type::Number => None,
        _ => return Err(Unfit::Kind),
    };
    let literal = literal.ok_or_else(|| Unfit::Invalid("it is not of the type".to_owned()))?;
    let mut broken = typed.constraints.iter().filter(|one| breaks(&literal, one));
    match broken.next() {
        Some(one) => Err(Unfit::Invalid(format!("it breaks {}", keyword(one)))),
        None => Ok(literal),
    }
}

fn variant(value: &Value, model: &Model) -> Result<Literal, Unfit> {
    let named = match &model.shape {
        Shape::Strings(all) => all
            .iter()
            .find(|one| value == one.wire.as_str())
            .map(|one| &one.name),
        Shape::Integers(all) => all
            .iter()
            .find(|one| value.as_i64() == Some(one.wire))
            .map(|one| &one.name),
        Shape::Boolean(only) => (*value == only.wire).then_some(&only.name),
        _ => return Err(Unfit::Kind),
    };
    let named =
        named.ok_or_else(|| Unfit::Invalid("it is none of the values of `enum`".to_owned()))?;
    Ok(Literal::Variant {
        model: model.name.clone(),
        variant: named.clone(),
    })
}

fn breaks(literal: &Literal, constraint: &Constraint) -> bool {
    let order = |limit: &Literal| number(literal)?.partial_cmp(&number(limit)?);
    let length = || match literal {
        Literal::String(text) => text.chars().count(),
        _ => 0,
    };
    match constraint {
        Constraint::MinLength(least) => length() < *least,
        Constraint::MaxLength(most) => length() > *most,
        Constraint::Pattern { source, .. } => match literal {
            Literal::String(text) => !patterns::is_match(source, text),
            _ => false,
        },
        Constraint::Minimum(limit) => order(limit) == Some(Ordering::Less),
        Constraint::Maximum(limit) => order(limit) == Some(Ordering::Greater),
        Constraint::ExclusiveMinimum(limit) => order(limit) != Some(Ordering::Greater),
        Constraint::ExclusiveMaximum(limit) => order(limit) != Some(Ordering::Less),
        Constraint::MultipleOf(step) => match (literal, step) {
            (Literal::Integer(value), Literal::Integer(step)) => {
                value.checked_rem(*step).is_some_and(|rest| rest != 0)
            }
            // Fractions are not exact: what is close is taken for a multiple.
            _ => match (number(literal), number(step)) {
                (Some(value), Some(step)) => {
                    ((value / step).round() * step - value).abs() > 1e-9 * step.abs()
                }
                _ => false,
            },
        },
        _ => false,
    }
}

fn number(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Integer(number) => Some(*number as f64),
        Literal::Float(number) => Some(*number),
        _ => None,
    }
}

fn keyword(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::MinLength(_) => "`minLength`",
        Constraint::MaxLength(_) => "`maxLength`",
        Constraint::Pattern { .. } => "`pattern`",
        Constraint::Minimum(_) => "`minimum`",
        Constraint::ExclusiveMinimum(_) => "`exclusiveMinimum`",
        Constraint::Maximum(_) => "`maximum`",
        Constraint::ExclusiveMaximum(_) => "`exclusiveMaximum`",
        Constraint::MultipleOf(_) => "`multipleOf`",
        Constraint::MinItems(_) => "`minItems`",
        Constraint::MaxItems(_) => "`maxItems`",
        Constraint::UniqueItems => "`uniqueItems`",
        _ => "what it is made of",
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing;

    fn codes(schema: &str) -> Vec<&'static str> {
        let fields = format!("parameters: [{{ name: a, in: query, schema: {{ {schema} }} }}]");
        testing::codes(&testing::operation(&fields, "A: { type: string }"))
    }

    #[test]
    fn a_default_is_valid_by_its_own_schema() {
        for good in [
            "type: string, maxLength: 2, default: éé",
            "type: string, pattern: '^a', default: ab",
            "type: string, enum: [a, b], default: b",
            "type: integer, exclusiveMinimum: true, minimum: 1, multipleOf: 2, default: 4",
            "type: number, format: double, multipleOf: 0.1, default: 0.3",
        ] {
            assert_eq!(codes(good), [""; 0], "{good}");
        }
        for bad in [
            "type: string, default: 3",
            "type: string, format: uuid, default: 3",
            "type: number, default: a",
            "type: string, maxLength: 2, default: abc",
            "type: string, pattern: '^a', default: b",
            "type: string, enum: [a, b], default: c",
            "type: integer, exclusiveMinimum: true, minimum: 1, default: 1",
            "type: integer, multipleOf: 2, default: 3",
            "type: integer, format: int32, default: 3000000000",
        ] {
            assert_eq!(codes(bad), ["invalid-default"], "{bad}");
        }
    }
}
