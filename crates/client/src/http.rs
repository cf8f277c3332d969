//! The HTTP client that stands under each provider's client.

use std::time::Duration;

use progenitor_client::Error;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect;

/// How long an answer may take, in seconds.
const TIMEOUT: u64 = 30;

/// Why a client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The credential holds a character that no header field can carry.
    #[error("the credential cannot be sent in a header field")]
    Credential(#[from] reqwest::header::InvalidHeaderValue),
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up")]
    Http(#[from] reqwest::Error),
}

/// A base URL to which paths, which start with a slash, can be appended.
pub(crate) fn origin(base_url: &str) -> &str {
    base_url.trim_end_matches('/')
}

/// A client without a credential. It follows no redirects, so that none takes a credential elsewhere.
pub(crate) fn anonymous() -> Result<reqwest::Client, SetupError> {
    with_headers(HeaderMap::new())
}

/// A client that sends `credential` in the header field `name`.
pub(crate) fn with_credential(
    name: HeaderName,
    credential: &str,
) -> Result<reqwest::Client, SetupError> {
    with_credentials([(name, credential)])
}

/// A client that sends several credentials, each in the header field of its name.
pub(crate) fn with_credentials<const N: usize>(
    credentials: [(HeaderName, &str); N],
) -> Result<reqwest::Client, SetupError> {
    let mut headers = HeaderMap::new();
    for (name, credential) in credentials {
        let mut value = HeaderValue::from_str(credential)?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    with_headers(headers)
}

/// Where a redirect (3XX) leads to; `None` when `outcome` is no redirect.
pub fn redirect_location<T, E>(outcome: &Result<T, Error<E>>) -> Option<&str> {
    match outcome {
        Err(Error::UnexpectedResponse(response)) if response.status().is_redirection() => response
            .headers()
            .get(reqwest::header::LOCATION)?
            .to_str()
            .ok(),
        _ => None,
    }
}

/// A client that sends `token` as a Bearer token (RFC 6750, section 2.1).
pub(crate) fn with_bearer(token: &str) -> Result<reqwest::Client, SetupError> {
    with_credential(reqwest::header::AUTHORIZATION, &format!("Bearer {token}"))
}

fn with_headers(headers: HeaderMap) -> Result<reqwest::Client, SetupError> {
    Ok(reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .timeout(Duration::from_secs(TIMEOUT))
        .default_headers(headers)
        .build()?)
}
