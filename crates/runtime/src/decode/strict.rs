//! A deserializer that takes what JSON Schema takes, and nothing else.
//!
//! serde's derived code is more lenient than a schema: it takes an array for a struct, `null` for an `Option`,
//! an object for an enum of strings; and it is stricter about `1.0` for an integer. [`Strict`] stands between it and
//! the format's deserializer, at every depth.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

/// The wrapper around a format's deserializer.
pub(crate) struct Strict<D>(pub(crate) D);

macro_rules! forward {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(StrictVisitor(visitor))
        })+
    };
}

macro_rules! integers {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(IntegerVisitor(visitor))
        })+
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    forward! {
        deserialize_any deserialize_bool deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_seq deserialize_map
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_f32(NarrowVisitor(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, StrictVisitor(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        if name == crate::nullable::NAME {
            return self.0.deserialize_option(StrictVisitor(visitor));
        }
        self.0
            .deserialize_newtype_struct(name, StrictVisitor(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(len, StrictVisitor(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0
            .deserialize_tuple_struct(name, len, StrictVisitor(visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(StrictVisitor(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(NameVisitor(visitor))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_identifier(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        // Not skipped but read: a format may skip over what is malformed, and the cold path would not.
        self.0.deserialize_any(StrictVisitor(visitor))
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

/// Makes a string the name of a variant.
struct NameVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for NameVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<V::Value, E> {
        let name: StrDeserializer<'_, E> = name.into_deserializer();
        self.0.visit_enum(name)
    }
}

/// Takes a number without a fraction for an integer, however it is written (JSON Schema, section 4.2.1).
struct IntegerVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for IntegerVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.0.visit_i64(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.0.visit_u64(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        // Powers of two, so exact; the upper ones are the first that don't fit.
        const I64: std::ops::Range<f64> = -9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0;
        const U64: std::ops::Range<f64> = 0.0..18_446_744_073_709_551_616.0;
        if value.fract() != 0.0 {
            return Err(E::custom("not an integer"));
        }
        if I64.contains(&value) {
            self.0.visit_i64(value as i64)
        } else if U64.contains(&value) {
            self.0.visit_u64(value as u64)
        } else {
            Err(E::custom("out of range"))
        }
    }
}

/// Takes a number that `f32` has room for: serde would make the others infinite.
struct NarrowVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for NarrowVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.0.visit_i64(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.0.visit_u64(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        match (value as f32).is_finite() {
            true => self.0.visit_f64(value),
            false => Err(E::custom("out of range")),
        }
    }
}

/// Hands a visitor what the format found, and wraps what lies deeper.
struct StrictVisitor<V>(V);

macro_rules! visit {
    ($($method:ident($type:ty);)+) => {
        $(fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.0.$method(value)
        })+
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for StrictVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    visit! {
        visit_bool(bool); visit_i64(i64); visit_i128(i128); visit_u64(u64); visit_u128(u128);
        visit_char(char); visit_str(&str); visit_borrowed_str(&'de str); visit_string(String);
        visit_bytes(&[u8]); visit_borrowed_bytes(&'de [u8]); visit_byte_buf(Vec<u8>);
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        self.0.visit_f64(value)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Strict(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Strict(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(StrictAccess(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(StrictAccess(members))
    }
}

struct StrictAccess<A>(A);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for StrictAccess<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(StrictSeed(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for StrictAccess<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.0.next_value_seed(StrictSeed(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

struct StrictSeed<T>(T);

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for StrictSeed<T> {
    type Value = T::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T::Value, D::Error> {
        self.0.deserialize(Strict(deserializer))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use crate::decode::json_unchecked;
    use crate::nullable::Nullable;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        inner: Inner,
        list: Option<Vec<Inner>>,
        empty: Option<Nullable<Inner>>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        n: i32,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Name {
        One,
    }

    fn outer(text: &str) -> Option<Outer> {
        json_unchecked(text.as_bytes()).ok()
    }

    #[test]
    fn what_a_schema_takes_is_taken() {
        let plain = outer(r#"{"inner": {"n": 1}}"#);
        assert!(plain.is_some_and(|o| o.list.is_none() && o.empty.is_none()));
        let null = outer(r#"{"inner": {"n": 1.0, "other": [null]}, "empty": null}"#);
        assert!(null.is_some_and(|o| o.inner.n == 1 && o.empty == Some(Nullable::Null)));
        let full = outer(r#"{"inner": {"n": -1e2}, "empty": {"n": 3}, "list": [{"n": 4}]} "#);
        assert!(full.is_some_and(|o| o.inner.n == -100
            && o.empty == Some(Nullable::Value(Inner { n: 3 }))
            && o.list == Some(vec![Inner { n: 4 }])));
        assert_eq!(json_unchecked(b"\"one\"").ok(), Some(Name::One));
    }

    #[test]
    fn what_a_schema_refuses_is_refused() {
        for text in [
            r#"[{"n": 1}]"#,
            r#"{"inner": [1]}"#,
            r#"{"inner": {"n": 1}, "list": null}"#,
            r#"{"inner": {"n": 1}, "list": [[1]]}"#,
            r#"{"inner": {"n": 1}, "list": [null]}"#,
            r#"{"inner": {"n": 1}, "empty": [1]}"#,
            r#"{"inner": {"n": 1.5}}"#,
            r#"{"inner": {"n": 3e9}}"#,
            r#"{"inner": {"n": "1"}}"#,
            r#"{"inner": {"n": 1, "n": 1}}"#,
            r#"{"inner": {"n": 1}} x"#,
            r#"{"inner": null}"#,
            r#"{"inner": {"n": 1}, "other": "\ud800"}"#,
            r#"{"inner": {"n": 1}, "other": [{"deep": 1e999}]}"#,
        ] {
            assert_eq!(outer(text), None, "{text}");
        }
        for other in [
            &b"\"\xff\""[..],
            b"[{\"\xff\": 1}]",
            br#"{"\ud800": 1}"#,
            br#"["\udc00\ud800"]"#,
            b"\"\x01\"",
        ] {
            let text = [br#"{"inner": {"n": 1}, "other": "#, other, b"}"].concat();
            assert!(json_unchecked::<Outer>(&text).is_err(), "{other:?}");
        }
        assert!(json_unchecked::<Name>(br#"{"one": null}"#).is_err());
        assert_eq!(json_unchecked::<f32>(b"-0.5").ok(), Some(-0.5));
        assert_eq!(json_unchecked::<f32>(b"3").ok(), Some(3.0));
        assert!(json_unchecked::<f32>(b"1e39").is_err());
        assert!(json_unchecked::<i64>(b"9223372036854775808.0").is_err());
        assert_eq!(
            json_unchecked::<i64>(b"-9223372036854775808.0").ok(),
            Some(i64::MIN)
        );
    }
}
