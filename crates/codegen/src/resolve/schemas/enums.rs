//! `enum`.

use openapiv3::{Schema, SchemaKind, Type};

use crate::ir::{Shape, Variant};
use crate::naming::{self, Scope};
use crate::resolve::names;

/// The enum that a schema of strings or of whole numbers becomes; `None` for any other.
pub fn shape(schema: &Schema) -> Option<Shape> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            if string.pattern.is_some()
                || string.min_length.is_some()
                || string.max_length.is_some()
            {
                return None;
            }
            strings(string.enumeration.iter().flatten())
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            if integer.minimum.is_some()
                || integer.maximum.is_some()
                || integer.multiple_of.is_some()
            {
                return None;
            }
            integers(integer.enumeration.iter().flatten().copied())
        }
        SchemaKind::Type(Type::Number(number)) => {
            if number.minimum.is_some() || number.maximum.is_some() || number.multiple_of.is_some()
            {
                return None;
            }
            let whole: Option<Vec<i64>> = number
                .enumeration
                .iter()
                .flatten()
                .map(|&value| whole(value))
                .collect();
            integers(whole?.into_iter())
        }
        SchemaKind::Type(Type::Boolean(boolean)) => {
            let wire = names::constant(&boolean.enumeration)?;
            let name = if wire { "True" } else { "False" };
            Some(Shape::Boolean(Variant {
                name: name.to_owned(),
                wire,
            }))
        }
        _ => None,
    }
}

/// Whether null is allowed by the `enum` of a nullable schema: it must be spelled out there.
pub fn allows_null(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => null_in(&string.enumeration),
        SchemaKind::Type(Type::Number(number)) => null_in(&number.enumeration),
        SchemaKind::Type(Type::Integer(integer)) => null_in(&integer.enumeration),
        SchemaKind::Type(Type::Boolean(boolean)) => null_in(&boolean.enumeration),
        _ => true,
    }
}

fn null_in<T>(enumeration: &[Option<T>]) -> bool {
    enumeration.is_empty() || enumeration.iter().any(Option::is_none)
}

fn strings<'a>(values: impl Iterator<Item = &'a String>) -> Option<Shape> {
    let mut scope = Scope::reserving(&["Self"]);
    let variants: Vec<_> = values
        .map(|wire| Variant {
            name: scope.claim(naming::upper_camel(wire)),
            wire: wire.clone(),
        })
        .collect();
    (!variants.is_empty()).then_some(Shape::Strings(variants))
}

fn integers(values: impl Iterator<Item = i64>) -> Option<Shape> {
    let mut scope = Scope::default();
    let variants: Vec<_> = values
        .map(|wire| {
            let sign = if wire < 0 { "Minus" } else { "" };
            let name = scope.claim(format!("{sign}Value{}", wire.unsigned_abs()));
            Variant { name, wire }
        })
        .collect();
    (!variants.is_empty()).then_some(Shape::Integers(variants))
}

/// The integer that a number is, if it is one that `f64` holds exactly.
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}
