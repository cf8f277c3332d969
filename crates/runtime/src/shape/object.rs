//! Objects: a struct, its members by name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::decode::{self, Formatted, Leaf};

/// `Serialize` and `Deserialize` of a struct.
///
/// After its name stands what becomes of members that are not listed: `ignored`, `refused`, or `kept(field: plain)` in
/// a map, whose values are `plain` or `formatted`. Each member has its name on the wire, its field, whether its text has a
/// strict form (`formatted`) or not (`plain`), and whether it is `required`, `optional`, `defaulted(value)` or `decoded(json)`.
///
/// ```
/// # use specmint_runtime::{decode, object, unconstrained};
/// #[derive(Debug, PartialEq)]
/// struct Loan { days: i64, note: Option<String> }
/// object! { Loan refused { "days" days: plain defaulted(14), "note" note: plain optional, } }
/// unconstrained! { Loan }
/// assert_eq!(decode::json(b"{}"), Some(Loan { days: 14, note: None }));
/// assert_eq!(decode::json::<Loan>(b"{\"other\": 1}"), None);
/// ```
#[macro_export]
macro_rules! object {
    (
        $name:ident $others:ident $(($rest:ident: $how:ident))? {
            $($wire:literal $field:ident: $read:ident $presence:ident $(($default:expr))?,)*
        }
    ) => {
        impl $crate::shape::Object for $name {
            fn read<'de, __A: $crate::shape::MapAccess<'de>>(
                members: &mut $crate::shape::Members<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while let ::core::option::Option::Some(name) = members.name()? {
                    match &*name {
                        $($wire => members.$read(&mut $field),)*
                        _ => $crate::__others!(members name $others $($rest $how)?),
                    }?;
                }
                ::core::result::Result::Ok(Self {
                    $($field: $crate::__present!($presence $wire $field $($default)?),)*
                    $($rest,)?
                })
            }
        }

        impl<'de> $crate::shape::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::shape::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::shape::object(deserializer)
            }
        }

        impl $crate::shape::Serialize for $name {
            fn serialize<__S: $crate::shape::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #[allow(unused_mut)]
                let mut writer = $crate::shape::Writer::new(serializer);
                $(writer.$presence($wire, &self.$field);)*
                $(writer.$others(&self.$rest);)?
                writer.end()
            }
        }
    };
}

/// What becomes of a member that is not listed.
#[doc(hidden)]
#[macro_export]
macro_rules! __others {
    ($members:ident $name:ident ignored) => {
        $members.ignored()
    };
    ($members:ident $name:ident refused) => {
        $members.refused()
    };
    ($members:ident $name:ident kept $rest:ident plain) => {
        $members.keep($name, &mut $rest)
    };
    ($members:ident $name:ident kept $rest:ident formatted) => {
        $members.keep_formatted($name, &mut $rest)
    };
}

/// The field's value, of what was read for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __present {
    (required $wire:literal $field:ident) => {
        $crate::shape::required($field, $wire)?
    };
    (optional $wire:literal $field:ident) => {
        $field
    };
    (defaulted $wire:literal $field:ident $default:expr) => {
        $field.unwrap_or_else(|| $default)
    };
    (decoded $wire:literal $field:ident $default:expr) => {
        $crate::shape::decoded($field, $default)?
    };
}

/// A type that is read from the members of an object.
pub trait Object: Sized {
    /// Reads all members.
    ///
    /// # Errors
    /// The first thing that is wrong.
    fn read<'de, A: MapAccess<'de>>(members: &mut Members<A>) -> Result<Self, A::Error>;
}

/// [`Object::read`], of what must be an object.
///
/// # Errors
/// The first thing that is wrong.
pub fn object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// The value of a member that must be there.
///
/// # Errors
/// Where it isn't.
pub fn required<T, E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(name))
}

/// The value of a member that is what `text` says, JSON, where it is absent.
///
/// # Errors
/// Where that is no such value.
pub fn decoded<T: DeserializeOwned, E: Error>(slot: Option<T>, text: &str) -> Result<T, E> {
    match slot {
        Some(value) => Ok(value),
        None => decode::json_unchecked(text.as_bytes()).map_err(|unread| E::custom(unread.error)),
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(&mut Members(map))
    }
}

/// The members of an object, one after the other.
#[derive(Debug)]
pub struct Members<A>(A);

impl<'de, A: MapAccess<'de>> Members<A> {
    /// The next one's name.
    ///
    /// # Errors
    /// Those of the format.
    pub fn name(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        Ok(self.0.next_key::<Name<'de>>()?.map(|name| name.0))
    }

    /// Its value.
    ///
    /// # Errors
    /// Those of the value, or that there was one before.
    pub fn plain<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if slot.is_some() {
            return Err(twice());
        }
        *slot = Some(self.0.next_value()?);
        Ok(())
    }

    /// The value of one whose text has a strict form.
    ///
    /// # Errors
    /// Those of the value, or that there was one before.
    pub fn formatted<T: Formatted>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if slot.is_some() {
            return Err(twice());
        }
        *slot = Some(self.0.next_value::<Leaf<T>>()?.0);
        Ok(())
    }

    /// Skips the value.
    ///
    /// # Errors
    /// Those of the format.
    pub fn ignored(&mut self) -> Result<(), A::Error> {
        self.0.next_value::<IgnoredAny>().map(|_| ())
    }

    /// Refuses the member.
    ///
    /// # Errors
    /// Always.
    pub fn refused(&mut self) -> Result<(), A::Error> {
        Err(A::Error::custom("a member that is not allowed"))
    }

    /// Keeps the member.
    ///
    /// # Errors
    /// Those of the value, or that there was one of that name before.
    pub fn keep<T: Deserialize<'de>>(
        &mut self,
        name: Cow<'de, str>,
        map: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        let value = self.0.next_value()?;
        insert(map, name, value)
    }

    /// Keeps a member whose text has a strict form.
    ///
    /// # Errors
    /// Those of the value, or that there was one of that name before.
    pub fn keep_formatted<T: Formatted>(
        &mut self,
        name: Cow<'de, str>,
        map: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        let value = self.0.next_value::<Leaf<T>>()?;
        insert(map, name, value.0)
    }
}

fn insert<T, E: Error>(
    map: &mut BTreeMap<String, T>,
    name: Cow<'_, str>,
    value: T,
) -> Result<(), E> {
    match map.insert(name.into_owned(), value) {
        None => Ok(()),
        Some(_) => Err(twice()),
    }
}

fn twice<E: Error>() -> E {
    E::custom("a member is there twice")
}

/// A member's name, borrowed where the text has no escapes.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name<'de>, E> {
        self.visit_string(name.to_owned())
    }

    fn visit_string<E: Error>(self, name: String) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name)))
    }
}

/// Writes members, and keeps the first fault to the end.
pub struct Writer<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Writer<S> {
    /// Of no members yet.
    pub fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// A member that is always there.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    /// A member that may be absent.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// A member that is always written, though it need not be sent.
    pub fn defaulted<T: Serialize>(&mut self, name: &str, value: &T) {
        self.required(name, value);
    }

    /// The same.
    pub fn decoded<T: Serialize>(&mut self, name: &str, value: &T) {
        self.required(name, value);
    }

    /// Members that are not listed.
    pub fn kept<T: Serialize>(&mut self, members: &BTreeMap<String, T>) {
        for (name, value) in members {
            self.required(name, value);
        }
    }

    /// The end of the object.
    ///
    /// # Errors
    /// The first that occurred.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}
