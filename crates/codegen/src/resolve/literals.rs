//! Constants of the document as constants of Rust.

use std::cell::Cell;
use std::collections::HashMap;

use serde_json::Value;

use super::limits::Limit;
use super::schemas::numbers;
use super::texts;
use crate::ir::{
    Additional, Choice, Constraint, Literal, Model, Presence, Shape, Struct, Type, Union,
};

/// Models by name.
pub type Models<'m> = HashMap<&'m str, &'m Model>;

/// Why a value is no constant of a type.
#[derive(Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is not known here whether the type has this value.
    Kind,
    /// The schema does not allow the value; why not.
    Invalid(String),
}

/// Models within models are looked into up to here: unions may lead back to themselves.
const MAX_DEPTH: u32 = 64;

/// And so many of them for one value: each of several types may be one of several.
const MAX_LOOKS: u32 = 10_000;

/// `value` as a constant of a type.
///
/// # Errors
/// A value that is not of that type or breaks a constraint, or a type of which that is not known.
pub fn of(
    value: &Value,
    ty: &Type,
    constraints: &[Constraint],
    models: &Models<'_>,
) -> Result<Literal, Unfit> {
    let looks = Cell::new(MAX_LOOKS);
    Within {
        models,
        looks: &looks,
        depth: 0,
    }
    .of(value, ty, constraints)
}

/// Where a value is looked into.
#[derive(Clone, Copy)]
struct Within<'w> {
    models: &'w Models<'w>,
    /// How many more models may be looked into.
    looks: &'w Cell<u32>,
    /// How many are around this place.
    depth: u32,
}

impl Within<'_> {
    /// Into one more model.
    fn enter(mut self) -> Result<Self, Unfit> {
        let left = self.looks.get().checked_sub(1);
        self.looks.set(left.ok_or(Unfit::Kind)?);
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Unfit::Kind);
        }
        Ok(self)
    }

    fn of(self, value: &Value, ty: &Type, constraints: &[Constraint]) -> Result<Literal, Unfit> {
        let mut broken = constraints
            .iter()
            .map(Limit::of)
            .filter(|one| one.is_broken_by(value));
        let literal = self.typed(value, ty, constraints)?;
        match broken.next() {
            Some(one) => Err(Unfit::Invalid(format!("it breaks {}", one.keyword()))),
            None => Ok(literal),
        }
    }

    fn typed(self, value: &Value, ty: &Type, constraints: &[Constraint]) -> Result<Literal, Unfit> {
        let json = || Some(Literal::Json(value.to_string()));
        let text =
            |is: fn(&str) -> bool| value.as_str().filter(|text| is(text)).and_then(|_| json());
        let integer = |least: i64, most: i64| {
            let number = whole(value).filter(|number| (least..=most).contains(number));
            number.map(Literal::Integer)
        };
        let literal = match ty {
            Type::Any => json(),
            Type::Null => value.is_null().then(json).flatten(),
            Type::Never => None,
            Type::String => value.as_str().map(|text| Literal::String(text.to_owned())),
            Type::Boolean => value.as_bool().map(Literal::Boolean),
            Type::Int8 => integer(i64::from(i8::MIN), i64::from(i8::MAX)),
            Type::Int16 => integer(i64::from(i16::MIN), i64::from(i16::MAX)),
            Type::Int32 => integer(i64::from(i32::MIN), i64::from(i32::MAX)),
            Type::Int64 => integer(i64::MIN, i64::MAX),
            Type::UInt8 => integer(0, i64::from(u8::MAX)),
            Type::UInt16 => integer(0, i64::from(u16::MAX)),
            Type::UInt32 => integer(0, i64::from(u32::MAX)),
            Type::UInt64 => integer(0, i64::MAX).or_else(|| value.as_u64().and_then(|_| json())),
            Type::Float | Type::Double => value.as_f64().map(Literal::Float),
            Type::Number => value.is_number().then(json).flatten(),
            Type::Uuid => text(texts::is_uuid),
            Type::DateTime => text(texts::is_date_time),
            Type::Date => text(texts::is_date),
            Type::Base64 => text(texts::is_base64),
            Type::Ipv4 => text(|text| text.parse::<std::net::Ipv4Addr>().is_ok()),
            Type::Ipv6 => text(|text| text.parse::<std::net::Ipv6Addr>().is_ok()),
            Type::Uri
                if value
                    .as_str()
                    .is_some_and(|text| !texts::is_plain_uri(text)) =>
            {
                return Err(Unfit::Kind);
            }
            Type::Uri => text(texts::is_plain_uri),
            Type::Model(name) => {
                return self.enter()?.model(value, name);
            }
            Type::Nullable(_) if value.is_null() => json(),
            Type::Nullable(inner) | Type::Boxed(inner) => {
                self.typed(value, inner, constraints)?;
                json()
            }
            Type::Array(item) => {
                let items = value.as_array();
                let below = below(constraints, |one| matches!(one, Constraint::Items(_)));
                self.each(items.map(|items| items.iter()), item, below)?
                    .then(json)
                    .flatten()
            }
            Type::Map(item) => {
                let values = value.as_object().map(|members| members.values());
                let below = below(constraints, |one| matches!(one, Constraint::Values(_)));
                self.each(values, item, below)?.then(json).flatten()
            }
        };
        literal.ok_or_else(|| Unfit::Invalid("it is not of the type".to_owned()))
    }

    /// Whether there are values and all of them fit.
    fn each<'v>(
        self,
        values: Option<impl Iterator<Item = &'v Value>>,
        ty: &Type,
        constraints: &[Constraint],
    ) -> Result<bool, Unfit> {
        let Some(mut values) = values else {
            return Ok(false);
        };
        values.try_for_each(|one| self.of(one, ty, constraints).map(|_| ()))?;
        Ok(true)
    }

    fn model(self, value: &Value, name: &str) -> Result<Literal, Unfit> {
        let model = self.models.get(name).ok_or(Unfit::Kind)?;
        let named = match &model.shape {
            Shape::Strings(all) => all
                .iter()
                .find(|one| value == one.wire.as_str())
                .map(|one| &one.name),
            Shape::Integers(all) => all
                .iter()
                .find(|one| whole(value) == Some(one.wire))
                .map(|one| &one.name),
            Shape::Boolean(only) => (*value == only.wire).then_some(&only.name),
            Shape::Struct(object) => return self.structure(value, object),
            Shape::Newtype(item) => {
                self.of(value, &item.ty, &item.constraints)?;
                return Ok(Literal::Json(value.to_string()));
            }
            Shape::Union(all) => return self.union(value, all),
            Shape::Tuple(_) | Shape::Json(_) => return Err(Unfit::Kind),
        };
        let named =
            named.ok_or_else(|| Unfit::Invalid("it is none of the values of `enum`".to_owned()))?;
        Ok(Literal::Variant {
            model: model.name.clone(),
            variant: named.clone(),
        })
    }

    /// One of several types: that of the value, where that is told by its type alone, else the only one that it fits.
    fn union(self, value: &Value, union: &Union) -> Result<Literal, Unfit> {
        let mut fit = 0;
        let mut last = Unfit::Invalid("it is of none of the types".to_owned());
        let told = told(value, &union.choice);
        let variants = union.variants.iter().enumerate();
        for (_, one) in variants.filter(|(place, _)| told.is_none_or(|told| told == Some(*place))) {
            match self.of(value, &one.ty, &one.constraints) {
                Ok(_) => fit += 1,
                Err(Unfit::Kind) => return Err(Unfit::Kind),
                Err(other) => last = other,
            }
        }
        match (fit, &union.choice) {
            (0, _) => Err(last),
            (1, _) | (_, Choice::Type(_)) => Ok(Literal::Json(value.to_string())),
            (_, Choice::Trial) if !union.exactly_one => Ok(Literal::Json(value.to_string())),
            _ => Err(Unfit::Kind),
        }
    }

    fn structure(self, value: &Value, object: &Struct) -> Result<Literal, Unfit> {
        let Some(members) = value.as_object() else {
            return Err(Unfit::Invalid("it is not of the type".to_owned()));
        };
        let mut known = 0;
        for field in &object.fields {
            match members.get(&field.wire) {
                Some(value) => {
                    known += 1;
                    self.of(value, &field.ty, &field.constraints)?;
                }
                None if field.presence == Presence::Required => {
                    return Err(Unfit::Invalid(format!("it lacks `{}`", field.wire)));
                }
                None => {}
            }
        }
        // What is said of the other members, and of all of them, is not looked into.
        if known < members.len() && object.additional != Additional::Ignored
            || !object.constraints.is_empty()
        {
            return Err(Unfit::Kind);
        }
        Ok(Literal::Json(value.to_string()))
    }
}

/// A whole number, however it is written (JSON Schema, section 4.2.1).
fn whole(value: &Value) -> Option<i64> {
    match numbers::literal(value.as_number()?)? {
        Literal::Integer(whole) => Some(whole),
        _ => None,
    }
}

fn below(constraints: &[Constraint], wanted: fn(&Constraint) -> bool) -> &[Constraint] {
    match constraints.iter().find(|one| wanted(one)) {
        Some(Constraint::Items(below) | Constraint::Values(below)) => below,
        _ => &[],
    }
}

/// The variant that the property tells which tells variants apart; `None` where none does.
fn told(value: &Value, choice: &Choice) -> Option<Option<usize>> {
    match choice {
        Choice::Discriminator { property, mapping } => {
            let mut mapping = mapping.iter();
            let found = mapping.find(|(tag, _)| value.get(property) == Some(&tag.as_str().into()));
            Some(found.map(|(_, place)| *place))
        }
        Choice::Constant { .. } | Choice::Type(_) | Choice::Trial => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing;

    fn codes(schema: &str) -> Vec<&'static str> {
        let fields = format!("parameters: [{{ name: a, in: query, schema: {{ {schema} }} }}]");
        testing::warnings(&testing::operation(&fields, "A: { type: string }"))
    }

    #[test]
    fn a_default_is_valid_by_its_own_schema() {
        for good in [
            "type: string, maxLength: 2, default: éé",
            "type: string, pattern: '^a', default: ab",
            "type: string, enum: [a, b], default: b",
            "type: integer, exclusiveMinimum: true, minimum: 1, multipleOf: 2, default: 4",
            "type: number, format: double, multipleOf: 0.1, default: 0.3",
            "type: string, format: date-time, default: '2024-02-29T00:00:00Z'",
            "type: integer, format: uint64, default: 18446744073709551615",
            "type: integer, default: 3.0",
            "type: integer, enum: [1, 2], default: 2.0",
            "type: string, nullable: true, default: null",
            "type: array, items: { type: string, format: date }, default: ['2024-02-29']",
            "oneOf: [{ type: string, maxLength: 2 }, { type: array, items: { oneOf: [{ type: integer }, { type: boolean }] } }], default: [1, true]",
        ] {
            assert_eq!(codes(good), [""; 0], "{good}");
        }
        for bad in [
            "type: string, default: 3",
            "type: string, format: uuid, default: 3",
            "type: string, format: date, default: '2023-02-29'",
            "type: string, format: byte, default: a",
            "oneOf: [{ type: string, maxLength: 2 }, { type: array, items: { type: integer } }], default: [a]",
            "type: number, default: a",
            "type: string, maxLength: 2, default: abc",
            "type: string, pattern: '^a', default: b",
            "type: string, enum: [a, b], default: c",
            "type: integer, exclusiveMinimum: true, minimum: 1, default: 1",
            "type: integer, multipleOf: 2, default: 3",
            "type: integer, default: 3.5",
            "type: integer, format: int32, default: 3000000000",
        ] {
            assert_eq!(codes(bad), ["invalid-default"], "{bad}");
        }
    }
}
