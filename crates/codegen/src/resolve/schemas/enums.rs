//! `enum` and `const`.

use serde_json::Value;

use super::decide::nullable;
use super::fill::Work;
use super::kinds::Kinds;
use super::merged::Merged;
use super::numbers;
use super::parts::Part;
use super::{Schemas, Spot, Typed, unsatisfiable};
use crate::ir::{Constraint, Literal, Shape, Type, Variant};
use crate::naming::{self, Scope};
use crate::resolve::limits::Limit;

impl<'a> Schemas<'a> {
    /// What a schema becomes that lists all its values.
    pub(super) fn enumeration(&mut self, key: &[Part], merged: Merged<'a>, spot: &Spot) -> Typed {
        let values = self.allowed(&merged, spot);
        let (nulls, values): (Vec<_>, Vec<_>) =
            values.into_iter().partition(|value| value.is_null());
        let null = !nulls.is_empty();
        let kinds = values
            .iter()
            .fold(Kinds::NONE, |all, value| all.or(Kinds::of(value)));
        if values.is_empty() {
            let found = unsatisfiable::values(self.lowered, &spot.pointer);
            self.found.extend((!null).then_some(found));
            return Typed::plain(if null { Type::Null } else { Type::Never });
        }
        if kinds.meets(Kinds::ARRAY.or(Kinds::OBJECT)) {
            return self.json(key, spot, &merged);
        }
        let typed = if kinds == Kinds::BOOLEAN && values.len() > 1 {
            Typed::plain(Type::Boolean)
        } else if let Some(shape) = shape(&values) {
            self.named(spot, &merged.notes, Work::Ready(shape))
        } else if Kinds::NUMBER.has(kinds) {
            let all = values.iter().filter_map(|value| value.as_number());
            let all = all.filter_map(numbers::literal).collect();
            Typed {
                constraints: vec![Constraint::Enum(all)],
                ..Typed::plain(Type::Number)
            }
        } else {
            let merged = Merged {
                kinds: kinds.or(if null { Kinds::NULL } else { Kinds::NONE }),
                ..merged
            };
            return self.by_type(key, &merged, spot);
        };
        nullable(typed, null)
    }

    /// The values that the other keywords allow too, each once.
    fn allowed(&mut self, merged: &Merged<'a>, spot: &Spot) -> Vec<&'a Value> {
        let limits = match merged.spoken_of().is_none() {
            true => Vec::new(),
            false => {
                let mut limits = self.text_constraints(merged, &spot.owner);
                limits.extend(numbers::number(merged).constraints);
                limits
            }
        };
        let limits: Vec<Limit<'_>> = limits.iter().map(Limit::of).collect();
        let mut all: Vec<&Value> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for value in merged.values.iter().flatten().copied() {
            let fits = merged.kinds.has(Kinds::of(value))
                && !limits.iter().any(|limit| limit.is_broken_by(value));
            if fits && seen.insert(value.to_string()) {
                all.push(value);
            }
        }
        all
    }
}

/// The enum that these values are, if they are of one type that has enums.
pub fn shape(values: &[&Value]) -> Option<Shape> {
    if let Some(all) = values
        .iter()
        .map(|value| value.as_str())
        .collect::<Option<Vec<_>>>()
    {
        return Some(Shape::Strings(strings(all)));
    }
    if let [Value::Bool(wire)] = values {
        let name = if *wire { "True" } else { "False" };
        return Some(Shape::Boolean(Variant {
            name: name.to_owned(),
            wire: *wire,
        }));
    }
    let whole = |value: &&Value| match value.as_number().and_then(numbers::literal) {
        Some(Literal::Integer(whole)) => Some(whole),
        _ => None,
    };
    let all = values.iter().map(whole).collect::<Option<Vec<_>>>()?;
    Some(Shape::Integers(integers(all)))
}

fn strings(values: Vec<&str>) -> Vec<Variant<String>> {
    let mut scope = Scope::reserving(&["Self"]);
    values
        .into_iter()
        .map(|wire| Variant {
            name: scope.claim(naming::upper_camel(wire)),
            wire: wire.to_owned(),
        })
        .collect()
}

fn integers(mut values: Vec<i64>) -> Vec<Variant<i64>> {
    let mut seen = std::collections::HashSet::new();
    values.retain(|value| seen.insert(*value));
    values
        .into_iter()
        .map(|wire| {
            let sign = if wire < 0 { "Minus" } else { "" };
            Variant {
                name: format!("{sign}Value{}", wire.unsigned_abs()),
                wire,
            }
        })
        .collect()
}
