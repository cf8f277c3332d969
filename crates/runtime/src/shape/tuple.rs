//! Tuples: arrays of a fixed length, each item of its own type.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::decode::{Formatted, Leaf};

/// `Serialize` and `Deserialize` of a tuple struct: each item by its number, `plain` or `formatted`.
///
/// ```
/// # use specmint_runtime::{decode, tuple, unconstrained};
/// #[derive(Debug, PartialEq)]
/// struct Point(f64, f64);
/// tuple! { Point { 0: plain, 1: plain, } }
/// unconstrained! { Point }
/// assert_eq!(decode::json(b"[1, 2]"), Some(Point(1.0, 2.0)));
/// assert_eq!(decode::json::<Point>(b"[1, 2, 3]"), None);
/// ```
#[macro_export]
macro_rules! tuple {
    ($name:ident { $($index:tt: $read:ident,)+ }) => {
        impl $crate::shape::Tuple for $name {
            fn read<'de, __A: $crate::shape::SeqAccess<'de>>(
                items: &mut $crate::shape::Items<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                ::core::result::Result::Ok(Self($(items.$read()?),+))
            }
        }

        impl<'de> $crate::shape::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::shape::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::shape::tuple(deserializer)
            }
        }

        impl $crate::shape::Serialize for $name {
            fn serialize<__S: $crate::shape::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                let mut writer = $crate::shape::ItemWriter::new(serializer);
                $(writer.item(&self.$index);)+
                writer.end()
            }
        }
    };
}

/// A type that is read from the items of an array.
pub trait Tuple: Sized {
    /// Reads all items.
    ///
    /// # Errors
    /// The first thing that is wrong.
    fn read<'de, A: SeqAccess<'de>>(items: &mut Items<A>) -> Result<Self, A::Error>;
}

/// [`Tuple::read`], of what must be an array that has no more items.
///
/// # Errors
/// The first thing that is wrong.
pub fn tuple<'de, T: Tuple, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_seq(TupleVisitor(PhantomData))
}

struct TupleVisitor<T>(PhantomData<T>);

impl<'de, T: Tuple> Visitor<'de> for TupleVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let mut items = Items(items);
        let tuple = T::read(&mut items)?;
        match items.0.next_element::<IgnoredAny>()? {
            None => Ok(tuple),
            Some(_) => Err(A::Error::custom("more items than are allowed")),
        }
    }
}

/// The items of an array, one after the other.
#[derive(Debug)]
pub struct Items<A>(A);

impl<'de, A: SeqAccess<'de>> Items<A> {
    /// The next one.
    ///
    /// # Errors
    /// Those of the value, or that there is none.
    pub fn plain<T: Deserialize<'de>>(&mut self) -> Result<T, A::Error> {
        self.0
            .next_element()?
            .ok_or_else(|| A::Error::custom("fewer items than are required"))
    }

    /// The next one, whose text has a strict form.
    ///
    /// # Errors
    /// Those of the value, or that there is none.
    pub fn formatted<T: Formatted>(&mut self) -> Result<T, A::Error> {
        self.plain::<Leaf<T>>().map(|leaf| leaf.0)
    }
}

/// Writes items, and keeps the first fault to the end.
pub struct ItemWriter<S: Serializer>(Result<S::SerializeSeq, S::Error>);

impl<S: Serializer> ItemWriter<S> {
    /// Of no items yet.
    pub fn new(serializer: S) -> Self {
        Self(serializer.serialize_seq(None))
    }

    /// The next one.
    pub fn item<T: Serialize>(&mut self, value: &T) {
        if let Ok(seq) = &mut self.0
            && let Err(error) = seq.serialize_element(value)
        {
            self.0 = Err(error);
        }
    }

    /// The end of the array.
    ///
    /// # Errors
    /// The first that occurred.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}
