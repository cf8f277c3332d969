//! Parameters: one text, one value.

use serde::Deserialize;

use super::formats::{parse_date, parse_date_time, parse_ip, parse_uri, parse_uuid};
use super::strict::Strict;
use crate::types::{Base64, Date, DateTime, Ipv4Addr, Ipv6Addr, Never, Number, Uri, Uuid, Value};

/// A type that a parameter's text can be.
pub trait FromText: Sized {
    /// The value; `None` where `text` is no such value.
    fn from_text(text: &str) -> Option<Self>;
}

/// A number or boolean in the syntax of JSON.
pub(super) fn scalar<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    if text.trim() != text {
        return None;
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Strict(&mut deserializer)).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

macro_rules! scalars {
    ($($type:ty),+) => {
        $(impl FromText for $type {
            fn from_text(text: &str) -> Option<Self> {
                scalar(text)
            }
        })+
    };
}

scalars!(bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Number);

impl FromText for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

macro_rules! parsed {
    ($($type:ty: $parse:expr;)+) => {
        $(impl FromText for $type {
            fn from_text(text: &str) -> Option<Self> {
                $parse(text)
            }
        })+
    };
}

parsed! {
    Uuid: parse_uuid;
    DateTime: parse_date_time;
    Date: parse_date;
    Uri: parse_uri;
    Ipv4Addr: parse_ip;
    Ipv6Addr: parse_ip;
    Base64: Base64::parse;
    // A text is never null, and nothing is never.
    (): |_| None;
    Never: |_| None;
}

impl<T: FromText> FromText for crate::Nullable<T> {
    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Self::Value)
    }
}

impl<T: FromText> FromText for Box<T> {
    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Self::new)
    }
}

impl FromText for Value {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_syntax_of_json() {
        assert_eq!(i64::from_text("-12"), Some(-12));
        assert_eq!(i64::from_text("1e2"), Some(100));
        assert_eq!(f64::from_text("0.5"), Some(0.5));
        for text in ["", " 1", "+1", "0x1", "1.5", "NaN", "1 2", "\"1\""] {
            assert_eq!(i64::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn uuids_are_hyphenated() {
        let text = "0199f0a0-0000-7000-8000-000000000001";
        assert!(Uuid::from_text(text).is_some());
        assert!(Uuid::from_text(&text.replace('-', "")).is_none());
        assert!(Uuid::from_text(&format!("{{{text}}}")).is_none());
    }

    #[test]
    fn date_times_have_a_t_and_an_offset() {
        for text in ["2026-01-02T03:04:05Z", "2026-01-02t03:04:05.123+01:00"] {
            assert!(DateTime::from_text(text).is_some(), "{text}");
        }
        for text in [
            "2026-01-02 03:04:05Z",
            "2026-01-02T03:04:05",
            "2026-02-30T00:00:00Z",
        ] {
            assert!(DateTime::from_text(text).is_none(), "{text}");
        }
    }
}
