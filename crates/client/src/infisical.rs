//! The client of the Infisical API.

generated!("/infisical.rs");

pub use generated::*;

use crate::{SetupError, http};

/// A client that sends `access_token` as a Bearer token.
///
/// # Errors
/// When the token cannot stand in a header field.
pub fn client(base_url: &str, access_token: &str) -> Result<Client, SetupError> {
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
    async fn an_error_of_any_status_is_read_as_the_one_type() {
        let (base_url, request) = answering(
            "403 Forbidden\r\n",
            r#"{"reqId":"r","statusCode":403,"message":"m","details":[1],"error":"TokenError"}"#,
        );
        let client = client(&base_url, "token-1").expect("a client");
        let outcome = client
            .create_token_auth_token()
            .identity_id("i/1")
            .send()
            .await;
        let Err(Error::ErrorResponse(error)) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(error.status().as_u16(), 403);
        assert_eq!(error.error, "TokenError");
        assert_eq!(error.details, Some(serde_json::json!([1])));
        let request = request.join().expect("a request");
        assert!(request.starts_with("POST /api/v1/auth/token-auth/identities/i%2F1/tokens "));
        assert!(request.contains("authorization: Bearer token-1\r\n"));
    }
}
