//! `type: number` and `type: integer` without `enum`.

use serde_json::Number;

use super::kinds::{self, Kinds};
use super::merged::{Bounds, Merged};
use super::typed::Typed;
use crate::ir::{Constraint, Literal, Type};
use crate::resolve::formats;

/// The type and the limits of a number.
pub fn number(merged: &Merged<'_>) -> Typed {
    let format = merged.formats.first().copied();
    let ty = if merged.kinds.has(Kinds::FRACTION) {
        formats::number(format)
    } else {
        formats::integer(format)
    };
    // What cannot be less than zero and may be larger than any `i64`.
    let ty = match ty {
        Type::Int64 if is_wide(&merged.bounds) => Type::UInt64,
        other => other,
    };
    Typed {
        constraints: constraints(&merged.bounds),
        format: format.map(str::to_owned),
        ..Typed::plain(ty)
    }
}

fn is_wide(bounds: &Bounds<'_>) -> bool {
    let above = |number: &Number| number.as_i64().is_none() && number.as_u64().is_some();
    let maximum = bounds.maximum.or(bounds.exclusive_maximum);
    let minimum = bounds.minimum.or(bounds.exclusive_minimum);
    maximum.is_some_and(above)
        && minimum
            .and_then(Number::as_f64)
            .is_some_and(|least| least >= 0.0)
}

/// The limits of a number.
fn constraints(bounds: &Bounds<'_>) -> Vec<Constraint> {
    let limit = |number: Option<&Number>, constraint: fn(Literal) -> Constraint| {
        number.and_then(literal).map(constraint)
    };
    let mut all: Vec<Constraint> = [
        limit(bounds.minimum, Constraint::Minimum),
        limit(bounds.exclusive_minimum, Constraint::ExclusiveMinimum),
        limit(bounds.maximum, Constraint::Maximum),
        limit(bounds.exclusive_maximum, Constraint::ExclusiveMaximum),
    ]
    .into_iter()
    .flatten()
    .collect();
    let steps = bounds.multiple_of.iter().filter_map(|step| literal(step));
    all.extend(steps.map(Constraint::MultipleOf));
    all
}

/// A number as a constant: an integer wherever it is one.
pub fn literal(number: &Number) -> Option<Literal> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Some(whole) = number.as_i64() {
        return Some(Literal::Integer(whole));
    }
    let float = number.as_f64()?;
    if kinds::is_whole(number) && float.abs() <= EXACT {
        return Some(Literal::Integer(float as i64));
    }
    Some(Literal::Float(float))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_whole_number_is_an_integer_however_it_is_written() {
        let literal = |value: serde_json::Value| literal(value.as_number().unwrap());
        assert_eq!(literal(json!(3)), Some(Literal::Integer(3)));
        assert_eq!(literal(json!(3.0)), Some(Literal::Integer(3)));
        assert_eq!(literal(json!(0.5)), Some(Literal::Float(0.5)));
    }
}
