//! From bytes to the model: strict, and fast when right.
//!
//! What JSON Schema would refuse is refused here too: an array for an object, `null` for an optional
//! member, a lenient form of a format. So the hot path, which these functions are, agrees with the cold path,
//! which [`crate::Schemas`] is.

mod form;
mod formats;
mod held;
mod scalar;
mod strict;
pub mod text;
mod unread;

use serde::de::{DeserializeOwned, Error as _};

use crate::check::Check;
use crate::rejection::{Kind, Rejection};

pub use form::form;
pub(crate) use form::{Fields, Pairs, SYNTAX, fields, form_unchecked, pairs};
pub use formats::{
    Formatted, formatted, is_base64, is_date, is_date_time, is_ipv4, is_ipv6, is_uri, is_uuid,
};
pub(crate) use formats::{Leaf, TextVisitor};
pub use text::FromText;

pub(crate) use held::held;
pub(crate) use strict::Strict;
pub(crate) use unread::{Unread, unless_spent};

/// Decodes one JSON text (RFC 8259) and checks it; `None` where anything is wrong.
#[must_use]
pub fn json<T: DeserializeOwned + Check>(bytes: &[u8]) -> Option<T> {
    json_unchecked(bytes).ok().filter(Check::check)
}

/// Decodes a JSON value as strictly as [`json`] does bytes.
#[must_use]
pub fn value<T: DeserializeOwned + Check>(value: &serde_json::Value) -> Option<T> {
    value_unchecked(value).ok().filter(Check::check)
}

/// The value that stands for an absent parameter, of the JSON that the contract has for it.
///
/// # Errors
/// A fault of the generator: the text is no such value.
pub fn constant<T: DeserializeOwned>(text: &str) -> Result<T, Rejection> {
    json_unchecked(text.as_bytes()).map_err(|_| Kind::Internal.into())
}

pub(crate) fn value_unchecked<T: DeserializeOwned>(value: &serde_json::Value) -> Result<T, Unread> {
    Unread::or(|| T::deserialize(Strict(value)))
}

pub(crate) fn json_unchecked<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unread> {
    Unread::or(|| {
        // Once and first: what is only skipped over is UTF-8 too.
        let text = std::str::from_utf8(bytes).map_err(serde_json::Error::custom)?;
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = T::deserialize(Strict(&mut deserializer))?;
        deserializer.end()?;
        Ok(value)
    })
}
