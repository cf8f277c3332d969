//! The client of the AnchorBrowser API.
//!
//! `submit_identity_page` answers 303 when it sends the browser back to the application. No redirect is followed;
//! `redirect_location` reads where to from the answer. The custom fields of its form are `extra`, which has to be given
//! even where there are none.

generated!("/anchorbrowser.rs");

/// Where a redirect of `submit_identity_page` leads to.
pub use crate::http::redirect_location;
pub use generated::*;

use crate::{SetupError, http};

/// A client that sends `api_key` in the header field `anchor-api-key`.
///
/// # Errors
/// When the key cannot stand in a header field.
pub fn client(base_url: &str, api_key: &str) -> Result<Client, SetupError> {
    let name = reqwest::header::HeaderName::from_static("anchor-api-key");
    let http = http::with_credential(name, api_key)?;
    Ok(Client::new_with_client(http::origin(base_url), http))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::answering;

    #[tokio::test]
    async fn the_key_is_sent_and_the_token_read() {
        let (base_url, request) = answering("201 Created\r\n", r#"{"data":{"token":"abcd"}}"#);
        let client = client(&format!("{base_url}/"), "key-1").expect("a client");
        let minted = client
            .create_identity_token()
            .application_id(uuid::Uuid::nil())
            .body_map(|body| body.callback_url("https://app.example.com/"))
            .send()
            .await
            .expect("an answer");
        let token = minted.into_inner().data.and_then(|data| data.token);
        assert_eq!(token.as_deref(), Some("abcd"));
        let request = request.join().expect("a request");
        assert!(request.starts_with(
            "POST /v1/applications/00000000-0000-0000-0000-000000000000/tokens HTTP/1.1\r\n"
        ));
        assert!(request.contains("anchor-api-key: key-1\r\n"));
        assert!(request.ends_with(r#"{"callbackUrl":"https://app.example.com/"}"#));
    }

    #[tokio::test]
    async fn a_callback_that_is_not_https_is_not_sent() {
        let outcome = client("http://127.0.0.1:1", "key-1")
            .expect("a client")
            .create_identity_token()
            .application_id(uuid::Uuid::nil())
            .body_map(|body| body.callback_url("http://app.example.com/"))
            .send()
            .await;
        assert!(matches!(outcome, Err(Error::InvalidRequest(_))));
    }

    #[test]
    fn a_key_that_no_header_can_carry_is_refused() {
        assert!(matches!(
            client("http://127.0.0.1:1", "a\nb"),
            Err(SetupError::Credential(_))
        ));
    }
}
