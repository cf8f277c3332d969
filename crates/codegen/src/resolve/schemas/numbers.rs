//! `type: number` and `type: integer` without `enum`.

use openapiv3::{IntegerType, NumberType};

use super::{Schemas, Spot, Typed};
use crate::diagnostic::Diagnostic;
use crate::ir::{Constraint, Literal};
use crate::resolve::formats;

impl Schemas<'_> {
    pub(super) fn number(&self, number: &NumberType, spot: &Spot) -> Result<Typed, Diagnostic> {
        let NumberType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration: _,
        } = number;
        let format = formats::name(format);
        let ty = formats::number(format.as_deref())
            .ok_or_else(|| self.unsupported(spot, &formats::described(format.as_deref())))?;
        let constraints = bounds(
            minimum.map(Literal::Float),
            *exclusive_minimum,
            maximum.map(Literal::Float),
            *exclusive_maximum,
            multiple_of.map(Literal::Float),
        );
        Ok(Typed {
            constraints,
            format,
            ..Typed::plain(ty)
        })
    }

    pub(super) fn integer(&self, integer: &IntegerType, spot: &Spot) -> Result<Typed, Diagnostic> {
        let IntegerType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration: _,
        } = integer;
        let format = formats::name(format);
        let ty = formats::integer(format.as_deref())
            .ok_or_else(|| self.unsupported(spot, &formats::described(format.as_deref())))?;
        let constraints = bounds(
            minimum.map(Literal::Integer),
            *exclusive_minimum,
            maximum.map(Literal::Integer),
            *exclusive_maximum,
            multiple_of.map(Literal::Integer),
        );
        Ok(Typed {
            constraints,
            format,
            ..Typed::plain(ty)
        })
    }
}

fn bounds(
    minimum: Option<Literal>,
    exclusive_minimum: bool,
    maximum: Option<Literal>,
    exclusive_maximum: bool,
    multiple_of: Option<Literal>,
) -> Vec<Constraint> {
    let minimum = minimum.map(if exclusive_minimum {
        Constraint::ExclusiveMinimum
    } else {
        Constraint::Minimum
    });
    let maximum = maximum.map(if exclusive_maximum {
        Constraint::ExclusiveMaximum
    } else {
        Constraint::Maximum
    });
    let multiple_of = multiple_of.map(Constraint::MultipleOf);
    minimum
        .into_iter()
        .chain(maximum)
        .chain(multiple_of)
        .collect()
}
