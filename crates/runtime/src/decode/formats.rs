//! Strict forms of the formats that have a Rust type.
//!
//! The cold path asserts the same formats with the same functions.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::nullable::Nullable;
use crate::types::{Base64, Date, DateTime, Ipv4Addr, Ipv6Addr, Number, Uri, Uuid};

/// A type whose text has one strict form, or a container of such: [`Option`], [`Nullable`], [`Vec`], a map, nested at will.
pub trait Formatted: Sized {
    /// Decodes it.
    ///
    /// # Errors
    /// Where the text isn't of the format.
    fn formatted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Decodes any [`Formatted`] type, in a model with serde's own derive: `#[serde(deserialize_with = "decode::formatted")]`, and
/// `default` beside it where the member is optional.
///
/// # Errors
/// Where the text isn't of the format.
pub fn formatted<'de, D: Deserializer<'de>, T: Formatted>(deserializer: D) -> Result<T, D::Error> {
    T::formatted(deserializer)
}

pub(crate) fn parse_uuid(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok())?
}

pub(crate) fn parse_date_time(text: &str) -> Option<DateTime> {
    // chrono takes a space for the `T`.
    if !matches!(text.as_bytes().get(10), Some(b'T' | b't')) {
        return None;
    }
    let moment = chrono::DateTime::parse_from_rfc3339(text).ok()?;
    Some(moment.to_utc())
}

pub(crate) fn parse_uri(text: &str) -> Option<Uri> {
    fluent_uri::Uri::parse(text).ok().map(|uri| uri.to_owned())
}

/// `full-date` (RFC 3339, section 5.6).
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let is_shaped = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    // chrono takes fewer digits, and a sign.
    (text.len() == 10 && text.bytes().enumerate().all(is_shaped)).then(|| text.parse().ok())?
}

/// Not by serde's own, which repeats the text.
pub(crate) fn parse_ip<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// Whether `text` is of `format: uuid`: hyphenated (RFC 9562, section 4).
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    parse_uuid(text).is_some()
}

/// Whether `text` is of `format: date-time` (RFC 3339, section 5.6).
#[must_use]
pub fn is_date_time(text: &str) -> bool {
    parse_date_time(text).is_some()
}

/// Whether `text` is of `format: date` (RFC 3339, section 5.6).
#[must_use]
pub fn is_date(text: &str) -> bool {
    parse_date(text).is_some()
}

/// Whether `text` is of `format: ipv4`: four decimal numbers.
#[must_use]
pub fn is_ipv4(text: &str) -> bool {
    parse_ip::<Ipv4Addr>(text).is_some()
}

/// Whether `text` is of `format: ipv6` (RFC 4291, section 2.2), without a zone.
#[must_use]
pub fn is_ipv6(text: &str) -> bool {
    parse_ip::<Ipv6Addr>(text).is_some()
}

/// Whether `text` is of `format: byte`: base64 (RFC 4648, section 4).
#[must_use]
pub fn is_base64(text: &str) -> bool {
    Base64::parse(text).is_some()
}

/// Whether `text` is of `format: uri` (RFC 3986, section 3).
#[must_use]
pub fn is_uri(text: &str) -> bool {
    fluent_uri::Uri::parse(text).is_ok()
}

/// Takes a string that can be parsed.
pub(crate) struct TextVisitor<T> {
    pub(crate) parse: fn(&str) -> Option<T>,
    pub(crate) expected: &'static str,
}

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        // Not `invalid_value`: that would repeat the text.
        (self.parse)(text).ok_or_else(|| E::custom(format_args!("not {}", self.expected)))
    }
}

macro_rules! leaf {
    ($($type:ty: $parse:expr, $expected:literal;)+) => {
        $(impl Formatted for $type {
            fn formatted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(TextVisitor { parse: $parse, expected: $expected })
            }
        })+
    };
}

leaf! {
    Uuid: parse_uuid, "a UUID";
    DateTime: parse_date_time, "a date-time";
    Uri: parse_uri, "a URI";
    Date: parse_date, "a date";
    Ipv4Addr: parse_ip, "an IPv4 address";
    Ipv6Addr: parse_ip, "an IPv6 address";
    Base64: Base64::parse, "base64";
}

/// A number, also where the format has only text: `serde_json`'s own `Deserialize` can't ask a form for one.
impl Formatted for Number {
    fn formatted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
        Ok(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
        Number::from_f64(number).ok_or_else(|| E::custom("not finite"))
    }
}

/// Lets a container's own `Deserialize` decode strict leaves.
pub(crate) struct Leaf<T>(pub(crate) T);

impl<'de, T: Formatted> Deserialize<'de> for Leaf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::formatted(deserializer).map(Leaf)
    }
}

impl<T: Formatted> Formatted for Option<T> {
    fn formatted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Leaf<T>>::deserialize(deserializer)?.map(|leaf| leaf.0))
    }
}

impl<T: Formatted> Formatted for Nullable<T> {
    fn formatted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Nullable::<Leaf<T>>::deserialize(deserializer)? {
            Nullable::Null => Nullable::Null,
            Nullable::Value(leaf) => Nullable::Value(leaf.0),
        })
    }
}

impl<T: Formatted> Formatted for Vec<T> {
    fn formatted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let leaves = Vec::<Leaf<T>>::deserialize(deserializer)?;
        Ok(leaves.into_iter().map(|leaf| leaf.0).collect())
    }
}

impl<T: Formatted> Formatted for BTreeMap<String, T> {
    fn formatted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let leaves = BTreeMap::<String, Leaf<T>>::deserialize(deserializer)?;
        Ok(leaves.into_iter().map(|(k, leaf)| (k, leaf.0)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Check, decode};

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Fields {
        #[serde(deserialize_with = "formatted")]
        ids: Vec<Nullable<Uuid>>,
        #[serde(default, deserialize_with = "formatted")]
        n: Option<Number>,
    }

    impl Check for Fields {
        fn check(&self) -> bool {
            true
        }
    }

    #[test]
    fn strictness_reaches_into_containers() {
        let id = "0199f0a0-0000-7000-8000-000000000001";
        let good = format!(r#"{{"ids": ["{id}", null], "n": 18446744073709551615}}"#);
        let fields = decode::json::<Fields>(good.as_bytes());
        assert!(fields.is_some_and(|f| f.ids.len() == 2 && f.n == Some(u64::MAX.into())));
        let lenient = format!(r#"{{"ids": ["{}"]}}"#, id.replace('-', ""));
        assert_eq!(decode::json::<Fields>(lenient.as_bytes()), None);
        assert_eq!(decode::json::<Fields>(br#"{"ids": [], "n": null}"#), None);
    }

    #[test]
    fn forms_have_numbers_and_formats_too() {
        let form = "ids=0199f0a0-0000-7000-8000-000000000001&n=1.5";
        let fields = decode::form::<Fields>(form.as_bytes());
        assert!(fields.is_some_and(|f| f.ids.len() == 1 && f.n == Number::from_f64(1.5)));
        assert_eq!(decode::form::<Fields>(b"ids=x"), None);
        assert_eq!(decode::form::<Fields>(b"ids=&n=x"), None);
    }
}
