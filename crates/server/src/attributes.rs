//! What the store keeps for a provider without looking into it: read into the provider's own types, and written.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specmint_store::{Owner, Token};

use crate::failure::Failure;

/// The attributes of `owner`.
pub(crate) fn of_owner<T: DeserializeOwned>(owner: &Owner) -> Result<T, Failure> {
    T::deserialize(&owner.attributes).map_err(|error| {
        Failure::because(format_args!(
            "the attributes of {} {} cannot be read: {error}",
            owner.kind, owner.id
        ))
    })
}

/// The attributes of `token`.
pub(crate) fn of_token<'a, T: Deserialize<'a>>(token: &'a Token) -> Result<T, Failure> {
    serde_json::from_str(token.attributes.as_deref().unwrap_or("null")).map_err(|error| {
        Failure::because(format_args!(
            "the attributes of {} {} cannot be read: {error}",
            token.kind, token.id
        ))
    })
}

/// `value` as an owner keeps it.
pub(crate) fn of<T: Serialize>(value: &T) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(Failure::because)
}

/// `value` as a new token keeps it.
pub(crate) fn to_text<T: Serialize>(value: &T) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(Failure::because)
}

/// `value` as a new owner keeps it.
pub(crate) fn to_value<T: Serialize>(value: &T) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(value).map_err(Failure::because)
}
