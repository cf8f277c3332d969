//! Constraints that values of the document are held against.

use std::cmp::Ordering;

use regex::Regex;
use serde_json::Value;

use super::patterns;
use crate::ir::{Constraint, Literal};

/// A constraint that values are held against.
pub struct Limit<'c> {
    constraint: &'c Constraint,
    regex: Option<Regex>,
}

impl<'c> Limit<'c> {
    /// Ready for many values.
    pub fn of(constraint: &'c Constraint) -> Self {
        let regex = match constraint {
            Constraint::Pattern { source, .. } => patterns::regex(source),
            _ => None,
        };
        Self { constraint, regex }
    }

    /// Whether a value breaks it; not where it is not about the value, or about parts of it.
    pub fn is_broken_by(&self, value: &Value) -> bool {
        let text = value.as_str();
        let order = |limit: &Literal| value.as_f64()?.partial_cmp(&number(limit)?);
        let is = |limit: &Literal, wanted: &[Ordering]| {
            order(limit).is_some_and(|one| wanted.contains(&one))
        };
        let items = value.as_array().map(Vec::len);
        let members = value.as_object().map(serde_json::Map::len);
        match self.constraint {
            Constraint::MinLength(least) => text.is_some_and(|text| text.chars().count() < *least),
            Constraint::MaxLength(most) => text.is_some_and(|text| text.chars().count() > *most),
            Constraint::Pattern { .. } => text.is_some_and(|text| {
                let regex = self.regex.as_ref();
                regex.is_some_and(|regex| !regex.is_match(text))
            }),
            Constraint::Minimum(limit) => is(limit, &[Ordering::Less]),
            Constraint::Maximum(limit) => is(limit, &[Ordering::Greater]),
            Constraint::ExclusiveMinimum(limit) => is(limit, &[Ordering::Less, Ordering::Equal]),
            Constraint::ExclusiveMaximum(limit) => is(limit, &[Ordering::Greater, Ordering::Equal]),
            Constraint::MultipleOf(step) => breaks_step(value, step),
            Constraint::MinItems(least) => items.is_some_and(|count| count < *least),
            Constraint::MaxItems(most) => items.is_some_and(|count| count > *most),
            Constraint::MinProperties(least) => members.is_some_and(|count| count < *least),
            Constraint::MaxProperties(most) => members.is_some_and(|count| count > *most),
            Constraint::Enum(all) => !all.iter().any(|one| is_same(value, one)),
            _ => false,
        }
    }

    /// The keyword that says it.
    pub fn keyword(&self) -> &'static str {
        match self.constraint {
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
            Constraint::MinProperties(_) => "`minProperties`",
            Constraint::MaxProperties(_) => "`maxProperties`",
            Constraint::Enum(_) => "`enum`",
            _ => "what it is made of",
        }
    }
}

fn is_same(value: &Value, literal: &Literal) -> bool {
    match literal {
        Literal::String(text) => value == text.as_str(),
        Literal::Boolean(one) => value == one,
        other => value
            .as_f64()
            .is_some_and(|value| number(other) == Some(value)),
    }
}

fn breaks_step(value: &Value, step: &Literal) -> bool {
    match (value.as_i64(), step) {
        (Some(value), Literal::Integer(step)) => {
            value.checked_rem(*step).is_some_and(|rest| rest != 0)
        }
        // Fractions are not exact: what is close is taken for a multiple.
        _ => match (value.as_f64(), number(step)) {
            (Some(value), Some(step)) => {
                ((value / step).round() * step - value).abs() > 1e-9 * step.abs()
            }
            _ => false,
        },
    }
}

fn number(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Integer(number) => Some(*number as f64),
        Literal::Float(number) => Some(*number),
        _ => None,
    }
}
