//! The client of the Applivery API.

generated!("/applivery.rs");

pub use generated::*;

use crate::{SetupError, http};

/// A client that sends `api_key` as a Bearer token: that of a service account, or, for the integrations, of an
/// application.
///
/// # Errors
/// When the key cannot stand in a header field.
pub fn client(base_url: &str, api_key: &str) -> Result<Client, SetupError> {
    Ok(Client::new_with_client(
        http::origin(base_url),
        http::with_bearer(api_key)?,
    ))
}
