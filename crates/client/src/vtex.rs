//! The client of the VTEX Payment Provider Protocol.

generated!("/vtex.rs");

/// Where the redirect of `consent` leads to.
pub use crate::http::redirect_location;
pub use generated::*;

use reqwest::header::HeaderName;

use crate::{SetupError, http};

/// A client without credentials, which the configuration flow needs none of.
///
/// # Errors
/// When the HTTP client cannot be set up.
pub fn client(base_url: &str) -> Result<Client, SetupError> {
    Ok(Client::new_with_client(
        http::origin(base_url),
        http::anonymous()?,
    ))
}

/// A client that sends what `get_credentials` gave, which `manifest` takes.
///
/// # Errors
/// When one of them cannot stand in a header field.
pub fn client_with_credentials(
    base_url: &str,
    app_key: &str,
    app_token: &str,
) -> Result<Client, SetupError> {
    let http = http::with_credentials([
        (HeaderName::from_static("x-vtex-api-appkey"), app_key),
        (HeaderName::from_static("x-vtex-api-apptoken"), app_token),
    ])?;
    Ok(Client::new_with_client(http::origin(base_url), http))
}
