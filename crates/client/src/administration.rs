//! The client of the administration API.

generated!("/specmint.rs");

pub use generated::*;

use crate::{SetupError, http};

/// A client of the administration's listener, with a key made by `specmint admin key`.
///
/// # Errors
/// When the key is no header value, or the HTTP client cannot be set up.
pub fn client(base_url: &str, key: &str) -> Result<Client, SetupError> {
    Ok(Client::new_with_client(
        http::origin(base_url),
        http::with_bearer(key)?,
    ))
}
