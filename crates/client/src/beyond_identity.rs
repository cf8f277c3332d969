//! The client of the Beyond Identity API.
//!
//! `authorize` and `approve_authorization` answer 302 when they send the browser back to the application. No redirect is
//! followed; `redirect_location` reads where to from the answer.

generated!("/beyond_identity.rs");

/// Where a redirect of `authorize` or `approve_authorization` leads to.
pub use crate::http::redirect_location;
pub use generated::*;

use crate::{SetupError, http};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A client without a credential: for public clients, for credentials in the body, and for `authorize`.
///
/// # Errors
/// When the HTTP client cannot be set up.
pub fn client(base_url: &str) -> Result<Client, SetupError> {
    Ok(Client::new_with_client(
        http::origin(base_url),
        http::anonymous()?,
    ))
}

/// A client that authenticates by HTTP Basic with an application's identifier and secret, both encoded as RFC 6749,
/// section 2.3.1, says.
///
/// # Errors
/// When the HTTP client cannot be set up.
pub fn client_with_basic(
    base_url: &str,
    client_id: &str,
    client_secret: &str,
) -> Result<Client, SetupError> {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = STANDARD.encode(format!("{}:{}", encoded(client_id), encoded(client_secret)));
    let http = http::with_credential(reqwest::header::AUTHORIZATION, &format!("Basic {pair}"))?;
    Ok(Client::new_with_client(http::origin(base_url), http))
}

/// A client that sends `access_token` as a Bearer token, which `revoke_token` takes.
///
/// # Errors
/// When the token cannot stand in a header field.
pub fn client_with_bearer(base_url: &str, access_token: &str) -> Result<Client, SetupError> {
    Ok(Client::new_with_client(
        http::origin(base_url),
        http::with_bearer(access_token)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::answering;

    #[tokio::test]
    async fn a_redirect_is_not_followed_but_told() {
        let (base_url, _request) = answering(
            "302 Found\r\nlocation: https://app.example.com/?code=1\r\n",
            "",
        );
        let client = client(&base_url).expect("a client");
        let outcome = (client.authorize())
            .tenant_id("t")
            .realm_id("r")
            .application_id("a")
            .response_type("code")
            .send()
            .await;
        assert_eq!(
            redirect_location(&outcome),
            Some("https://app.example.com/?code=1")
        );
    }

    #[tokio::test]
    async fn basic_credentials_are_encoded_and_the_body_is_a_form() {
        let (base_url, request) = answering("200 OK\r\n", "");
        let client = client_with_basic(&base_url, "id:1", "a b").expect("a client");
        let revoked = (client.revoke_token())
            .tenant_id("t")
            .realm_id("r")
            .application_id("a")
            .body_map(|body| body.token("x&y"))
            .send()
            .await;
        assert!(revoked.is_ok());
        let request = request.join().expect("a request");
        let expected = format!("authorization: Basic {}\r\n", STANDARD.encode("id%3A1:a+b"));
        assert!(request.contains(&expected));
        assert!(request.ends_with("\r\n\r\ntoken=x%26y"));
    }
}
