//! Named types that are another type on the wire.

use serde::de::{Deserialize, Deserializer};

use crate::decode::Formatted;

/// `Serialize`, `Deserialize`, `Deref` and conversions of a struct of one unnamed field, whose text has a strict form
/// (`formatted`) or not (`plain`).
#[macro_export]
macro_rules! newtype {
    ($name:ident($inner:ty): $read:ident) => {
        impl ::core::ops::Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::core::convert::From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl ::core::convert::From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl<'de> $crate::shape::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::shape::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::shape::$read(deserializer).map(Self)
            }
        }

        impl $crate::shape::Serialize for $name {
            fn serialize<__S: $crate::shape::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                self.0.serialize(serializer)
            }
        }
    };
}

/// Decodes by the type's own `Deserialize`.
///
/// # Errors
/// Those of the type.
pub fn plain<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    T::deserialize(d)
}

/// Decodes by the strict form of the text.
///
/// # Errors
/// Where the text isn't of the format.
pub fn formatted<'de, T: Formatted, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    T::formatted(d)
}
