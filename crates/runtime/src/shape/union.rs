//! Unions: an enum of types, one of which a value is.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde_json::Value;

use super::budget::{self, Reading, is_reading, is_spent};
use crate::check::doubt;
use crate::decode::{Formatted, Leaf, Strict};

/// `Serialize` and `Deserialize` of an enum whose variants hold one type each; on the wire only that shows.
///
/// How a variant is chosen stands after the name:
/// - `by property "kind"`: each variant lists the values of that member, as [`Tag`]s;
/// - `by kind`: each variant lists the JSON types it takes, as [`Kind`](crate::shape::Kind)s;
/// - `by first`: the first that a value keeps (`anyOf`); `by exactly_one`: the only one (`oneOf`).
///
/// Each variant has its type, `plain` or `formatted`, and its check.
///
/// ```
/// # use specmint_runtime::{decode, union};
/// #[derive(Debug, PartialEq)]
/// enum Id { Number(i64), Name(String) }
/// union! {
///     Id by kind {
///         Number(i64): plain |value| *value > 0 => [Integer],
///         Name(String): plain |_| true => [String],
///     }
/// }
/// assert_eq!(decode::json(b"1"), Some(Id::Number(1)));
/// assert_eq!(decode::json::<Id>(b"0"), None);
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident by property $property:literal {
        $($variant:ident($inner:ty): $read:ident $check:expr => [$($tag:ident($value:literal)),*],)+
    }) => {
        $crate::__union! { $name $($variant)+; value => match $crate::shape::tag(&value, $property) {
            $(found if [$($crate::shape::Tag::$tag($value)),*].contains(&found) => {
                $crate::shape::variant::$read::<$inner>(&value, $check).map(Self::$variant)
            })+
            _ => ::core::option::Option::None,
        } }
    };
    ($name:ident by kind {
        $($variant:ident($inner:ty): $read:ident $check:expr => [$($kind:ident),*],)+
    }) => {
        $crate::__union! { $name $($variant)+; value => match $crate::shape::kind(&value) {
            $(found if [$($crate::shape::Kind::$kind),*].contains(&found) => {
                $crate::shape::variant::$read::<$inner>(&value, $check).map(Self::$variant)
            })+
            _ => ::core::option::Option::None,
        } }
    };
    ($name:ident by $choice:ident {
        $($variant:ident($inner:ty): $read:ident $check:expr,)+
    }) => {
        $crate::__union! { $name $($variant)+; value => $crate::shape::$choice(&value, &[
            $(|value| $crate::shape::variant::$read::<$inner>(value, $check).map(Self::$variant),)+
        ]) }
    };
}

/// What all unions share.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    ($name:ident $($variant:ident)+; $value:ident => $chosen:expr) => {
        impl<'de> $crate::shape::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::shape::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                let ($value, _reading) = $crate::shape::buffered(deserializer)?;
                $crate::shape::chosen($chosen)
            }
        }

        impl $crate::shape::Serialize for $name {
            fn serialize<__S: $crate::shape::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)+
                }
            }
        }

        // What was decoded was checked then.
        $crate::unconstrained! { $name }
    };
}

/// The value of the member that tells which variant an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag<'v> {
    /// A string.
    String(&'v str),
    /// An integer, however it is written.
    Integer(i64),
    /// A truth value.
    Boolean(bool),
    /// Nothing of these, or not there.
    Other,
}

/// What a JSON value is (JSON Schema, section 4.2.1); numbers without a fraction are integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number with a fraction.
    Fraction,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// The whole value: its variant cannot be told before its end.
///
/// # Errors
/// Those of the format, or that it was read too often.
pub fn buffered<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(Value, Reading), D::Error> {
    if is_reading() && is_spent() {
        return Err(D::Error::custom(budget::SPENT_UP));
    }
    let value = Value::deserialize(deserializer)?;
    let reading = Reading::of(&value).ok_or_else(|| D::Error::custom(budget::SPENT_UP))?;
    Ok((value, reading))
}

/// The variant that was found.
///
/// # Errors
/// That none was, or more than one; or that not all were tried.
pub fn chosen<T, E: Error>(found: Option<T>) -> Result<T, E> {
    let found = found.filter(|_| !is_spent());
    found.ok_or_else(|| E::custom("fits none of the types allowed, or several"))
}

/// The member `property` of an object.
#[must_use]
pub fn tag<'v>(value: &'v Value, property: &str) -> Tag<'v> {
    match value.get(property) {
        Some(Value::String(text)) => Tag::String(text),
        Some(Value::Bool(value)) => Tag::Boolean(*value),
        Some(number @ Value::Number(_)) => {
            i64::deserialize(Strict(number)).map_or(Tag::Other, Tag::Integer)
        }
        _ => Tag::Other,
    }
}

/// What `value` is.
#[must_use]
pub fn kind(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() != 0.0 => Kind::Fraction,
            _ => Kind::Integer,
        },
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}

/// One variant, decoded and checked; `None` where the value is none of it.
pub mod variant {
    use super::{DeserializeOwned, Formatted, Leaf, Strict, Value};

    /// Of a type without a strict form.
    pub fn plain<T: DeserializeOwned>(value: &Value, check: impl FnOnce(&T) -> bool) -> Option<T> {
        T::deserialize(Strict(value)).ok().filter(check)
    }

    /// Of a type with one.
    pub fn formatted<T: Formatted>(value: &Value, check: impl FnOnce(&T) -> bool) -> Option<T> {
        plain::<Leaf<T>>(value, |leaf| check(&leaf.0)).map(|leaf| leaf.0)
    }
}

/// `anyOf`: the first variant that `value` is.
#[must_use]
pub fn first<T>(value: &Value, variants: &[fn(&Value) -> Option<T>]) -> Option<T> {
    doubt::last(|| variants.iter().find_map(|variant| variant(value)))
}

/// `oneOf`: the only variant that `value` is.
#[must_use]
pub fn exactly_one<T>(value: &Value, variants: &[fn(&Value) -> Option<T>]) -> Option<T> {
    doubt::last(|| {
        let mut found = variants.iter().filter_map(|variant| variant(value));
        let only = found.next();
        match found.next() {
            None => only,
            Some(_) => None,
        }
    })
}
