//! The person whom an ID token names that comes back with a request (OpenID Connect Core 1.0, section 3.1.2.2).

use serde::Deserialize;

use super::BeyondIdentity;
use super::application::Application;
use super::authorize::Refusal;
use crate::failure::Failure;

/// What is read of the ID token.
#[derive(Deserialize)]
struct Named {
    iss: String,
    aud: String,
    sub: String,
}

const NOT_OURS: Refusal = Refusal(
    "invalid_request",
    "id_token_hint is no ID token that this client got here.",
);

impl BeyondIdentity {
    /// How the tokens of `application` name the person whom `id_token_hint` is about. That it has expired since is no
    /// matter.
    pub(super) async fn named_by(
        &self,
        application: &Application,
        id_token_hint: Option<&str>,
    ) -> Result<Result<Option<String>, Refusal>, Failure> {
        let Some(hint) = id_token_hint else {
            return Ok(Ok(None));
        };
        let named = self.keys.read::<Named>(hint).await?;
        let ours = named.filter(|named| {
            named.iss == self.issuer(application) && named.aud == application.registration.client_id
        });
        Ok(ours.map(|named| Some(named.sub)).ok_or(NOT_OURS))
    }
}
