//! The keywords of numbers.

use std::cmp::Ordering;

use serde_json::Number;

use super::doubt;

/// A limit of the contract.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// Written as an integer.
    Integer(i64),
    /// Written with a fraction or an exponent.
    Float(f64),
}

impl Limit {
    fn as_f64(self) -> f64 {
        match self {
            Self::Integer(limit) => limit as f64,
            Self::Float(limit) => limit,
        }
    }
}

impl From<i64> for Limit {
    fn from(limit: i64) -> Self {
        Self::Integer(limit)
    }
}

impl From<f64> for Limit {
    fn from(limit: f64) -> Self {
        Self::Float(limit)
    }
}

/// A number of any of the types that a contract's numbers become.
pub trait Measured {
    /// The number, exactly.
    fn number(&self) -> Number;

    /// Whether another number may have been sent, that is on the other side of `limit`.
    fn may_hide(&self, _limit: f64) -> bool {
        false
    }
}

/// From here on not every integer has a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

macro_rules! measured {
    ($($integer:ty),+) => {
        $(impl Measured for $integer {
            fn number(&self) -> Number {
                Number::from(*self)
            }
        })+
    };
}

measured!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Measured for f64 {
    fn number(&self) -> Number {
        Number::from_f64(*self).unwrap_or_else(|| Number::from(0))
    }

    fn may_hide(&self, limit: f64) -> bool {
        *self == limit && self.abs() >= EXACT
    }
}

impl Measured for f32 {
    /// By its decimal digits: 0.1 is 0.1, and not the 0.10000000149 that a wider type makes of its bits.
    fn number(&self) -> Number {
        let wide = self.to_string().parse::<f64>();
        wide.unwrap_or_else(|_| f64::from(*self)).number()
    }

    fn may_hide(&self, limit: f64) -> bool {
        *self == limit as f32
    }
}

impl Measured for Number {
    fn number(&self) -> Number {
        self.clone()
    }
}

/// `maximum`.
#[must_use]
pub fn maximum(value: &impl Measured, limit: impl Into<Limit>) -> bool {
    keeps(value, limit.into(), Ordering::is_le)
}

/// `minimum`.
#[must_use]
pub fn minimum(value: &impl Measured, limit: impl Into<Limit>) -> bool {
    keeps(value, limit.into(), Ordering::is_ge)
}

/// `exclusiveMaximum`.
#[must_use]
pub fn exclusive_maximum(value: &impl Measured, limit: impl Into<Limit>) -> bool {
    keeps(value, limit.into(), Ordering::is_lt)
}

/// `exclusiveMinimum`.
#[must_use]
pub fn exclusive_minimum(value: &impl Measured, limit: impl Into<Limit>) -> bool {
    keeps(value, limit.into(), Ordering::is_gt)
}

/// `multipleOf`, which is greater than zero.
#[must_use]
pub fn multiple_of(value: &impl Measured, limit: impl Into<Limit>) -> bool {
    let number = value.number();
    let is = is_multiple_of(&number, limit.into());
    let itself = number.as_f64().unwrap_or_default();
    match value.may_hide(itself) {
        true => doubt::raise() || is,
        false => is,
    }
}

fn is_multiple_of(value: &Number, limit: Limit) -> bool {
    match (integer(value), limit) {
        (_, Limit::Integer(0)) => false,
        (Some(value), Limit::Integer(limit)) => value % i128::from(limit) == 0,
        (_, Limit::Integer(limit)) => value
            .as_f64()
            .is_some_and(|value| value % limit as f64 == 0.0),
        (_, Limit::Float(limit)) => is_multiple(value, limit),
    }
}

fn is_multiple(value: &Number, limit: f64) -> bool {
    let Some(value) = value.as_f64() else {
        return false;
    };
    if let Some(remainder) = remainder(value, limit) {
        return remainder == 0;
    }
    let quotient = value / limit;
    quotient.is_finite() && quotient.fract() == 0.0
}

/// In decimal digits, since a decimal fraction has no exact binary form: 0.3 is a multiple of 0.1. `None` where
/// they are too many.
fn remainder(value: f64, limit: f64) -> Option<i128> {
    let (value, limit) = (value.to_string(), limit.to_string());
    let places = decimal_places(&value).max(decimal_places(&limit));
    scaled(&value, places)?.checked_rem(scaled(&limit, places)?)
}

fn decimal_places(digits: &str) -> usize {
    digits.split_once('.').map_or(0, |(_, places)| places.len())
}

/// The number times ten to the power of `places`.
fn scaled(digits: &str, places: usize) -> Option<i128> {
    let zeros = places.checked_sub(decimal_places(digits))?;
    let integer: i128 = digits.replacen('.', "", 1).parse().ok()?;
    integer.checked_mul(10_i128.checked_pow(u32::try_from(zeros).ok()?)?)
}

/// Where the type cannot tell the number that was sent from the limit, the schema has the last word.
fn keeps(value: &impl Measured, limit: Limit, wanted: fn(Ordering) -> bool) -> bool {
    let keeps = compare(value, limit).is_some_and(wanted);
    match value.may_hide(limit.as_f64()) {
        true => doubt::raise() || keeps,
        false => keeps,
    }
}

fn compare(value: &impl Measured, limit: Limit) -> Option<Ordering> {
    let value = value.number();
    match (integer(&value), limit) {
        (Some(value), Limit::Integer(limit)) => Some(value.cmp(&i128::from(limit))),
        (_, Limit::Integer(limit)) => value.as_f64()?.partial_cmp(&(limit as f64)),
        (_, Limit::Float(limit)) => value.as_f64()?.partial_cmp(&limit),
    }
}

fn integer(number: &Number) -> Option<i128> {
    number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_exact_for_integers() {
        assert!(maximum(&i64::MAX, i64::MAX));
        assert!(!exclusive_maximum(&i64::MAX, i64::MAX));
        assert!(minimum(&u64::MAX, i64::MAX));
        assert!(exclusive_minimum(&0.5_f64, 0));
    }

    #[test]
    fn a_narrow_float_is_what_was_written() {
        assert!(maximum(&0.1_f32, 0.1));
        assert!(multiple_of(&0.3_f32, 0.1));
        assert!(!maximum(&0.11_f32, 0.1));
    }

    #[test]
    fn multiples_of_decimal_fractions() {
        assert!(multiple_of(&0.3_f64, 0.1));
        assert!(!multiple_of(&0.35_f64, 0.1));
        assert!(multiple_of(&19.99_f64, 0.01));
        assert!(!multiple_of(&100_000_000_000_000.02_f64, 0.1));
        assert!(multiple_of(&0.0_f64, 0.1));
        assert!(!multiple_of(&0.5_f64, 2));
        assert!(multiple_of(&1e300_f64, 0.5));
        assert!(multiple_of(&6, 3));
        assert!(!multiple_of(&7, 3));
        assert!(!multiple_of(&7, 0));
    }
}
