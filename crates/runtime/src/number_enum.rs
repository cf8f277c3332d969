//! Enums of numbers.

/// Declares an enum whose JSON form is a number: `enum: [1, 2]`.
///
/// ```
/// specmint_runtime::number_enum! {
///     /// How much.
///     #[derive(Clone, Copy, Debug, PartialEq)]
///     pub enum Level {
///         /// Little.
///         One => 1,
///         /// Much.
///         Two => 2,
///     }
/// }
/// assert_eq!(specmint_runtime::decode::json::<Level>(b"2.0"), Some(Level::Two));
/// assert_eq!(specmint_runtime::decode::json::<Level>(b"3"), None);
/// ```
#[macro_export]
macro_rules! number_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$variant_attribute:meta])* $variant:ident => $number:literal),+ $(,)?
        }
    ) => {
        $(#[$attribute])*
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant,)+
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant => $crate::__private::serde::Serialize::serialize(&$number, serializer),)+
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let number = <f64 as $crate::__private::serde::Deserialize>::deserialize(deserializer)?;
                $(if number == $number as f64 {
                    return ::core::result::Result::Ok(Self::$variant);
                })+
                ::core::result::Result::Err($crate::__private::serde::de::Error::custom("not one of the numbers allowed"))
            }
        }

        impl $crate::Check for $name {
            fn check(&self) -> bool {
                true
            }
        }
    };
}
