//! Enums of constants.

use serde::de::{Deserialize, Deserializer, Error};

use crate::decode::TextVisitor;

/// `Serialize`, `Deserialize` and text of an enum of strings.
///
/// ```
/// # use specmint_runtime::{decode, strings};
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// enum Order { Up, Down }
/// strings! { Order { "up" => Up, "down" => Down, } }
/// assert_eq!(decode::json(b"\"up\""), Some(Order::Up));
/// assert_eq!(Order::Down.as_str(), "down");
/// ```
#[macro_export]
macro_rules! strings {
    ($name:ident { $($wire:literal => $variant:ident,)+ }) => {
        impl $name {
            /// The value on the wire.
            #[allow(dead_code)]
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)+
                }
            }
        }

        impl $crate::FromText for $name {
            fn from_text(text: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match text {
                    $($wire => Self::$variant,)+
                    _ => return ::core::option::Option::None,
                })
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl<'de> $crate::shape::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::shape::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::shape::text(deserializer)
            }
        }

        impl $crate::shape::Serialize for $name {
            fn serialize<__S: $crate::shape::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::unconstrained! { $name }
    };
}

/// `Serialize`, `Deserialize`, text and conversions of an enum of integers or truth values.
///
/// ```
/// # use specmint_runtime::{constants, decode};
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// enum Code { NotFound }
/// constants! { Code: i64 { 404 => NotFound, } }
/// assert_eq!(decode::json(b"404.0"), Some(Code::NotFound));
/// assert_eq!(i64::from(Code::NotFound), 404);
/// ```
#[macro_export]
macro_rules! constants {
    ($name:ident: $repr:ty { $($wire:literal => $variant:ident,)+ }) => {
        impl ::core::convert::From<$name> for $repr {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => $wire,)+
                }
            }
        }

        impl ::core::convert::TryFrom<$repr> for $name {
            type Error = &'static str;

            fn try_from(value: $repr) -> ::core::result::Result<Self, Self::Error> {
                match value {
                    $($wire => ::core::result::Result::Ok(Self::$variant),)+
                    #[allow(unreachable_patterns)]
                    _ => ::core::result::Result::Err("not one of the values allowed"),
                }
            }
        }

        impl $crate::FromText for $name {
            fn from_text(text: &str) -> ::core::option::Option<Self> {
                Self::try_from(<$repr as $crate::FromText>::from_text(text)?).ok()
            }
        }

        impl<'de> $crate::shape::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::shape::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::shape::constant::<$repr, _, _>(deserializer)
            }
        }

        impl $crate::shape::Serialize for $name {
            fn serialize<__S: $crate::shape::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                <$repr>::from(*self).serialize(serializer)
            }
        }

        $crate::unconstrained! { $name }
    };
}

/// A string that is one of the values.
///
/// # Errors
/// Where it is none of them.
pub fn text<'de, T: crate::FromText, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor {
        parse: T::from_text,
        expected: "one of the values allowed",
    })
}

/// A constant of the type `R` that is one of the values.
///
/// # Errors
/// Where it is none of them.
pub fn constant<'de, R, T, D>(deserializer: D) -> Result<T, D::Error>
where
    R: Deserialize<'de>,
    T: TryFrom<R, Error = &'static str>,
    D: Deserializer<'de>,
{
    T::try_from(R::deserialize(deserializer)?).map_err(D::Error::custom)
}
