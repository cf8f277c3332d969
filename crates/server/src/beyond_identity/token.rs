//! The token endpoint (RFC 6749, section 3.2): from a grant to tokens.

use specmint::beyond_identity::models::{TokenRequest, TokenResponse};

use super::BeyondIdentity;
use super::application::Application;
use super::client::{Caller, Client};
use super::error::{Error, given};
use super::registration::GrantType;
use super::requested::Requested;

impl BeyondIdentity {
    /// Answers a token request for `application`.
    pub(super) async fn token(
        &self,
        caller: Option<Caller>,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<TokenResponse, Error> {
        let client = self.client(caller, application, request).await?;
        let needs = match request.grant_type.as_str() {
            "client_credentials" => GrantType::ClientCredentials,
            "authorization_code" | "refresh_token" => GrantType::AuthorizationCode,
            "" => return Err(Error::invalid_request("grant_type is missing.")),
            _ => return Err(Error::UnsupportedGrantType),
        };
        if !client.is_of(application) {
            return Err(Error::InvalidClient);
        }
        if !application.may_use(needs) {
            return Err(Error::UnauthorizedClient);
        }
        match request.grant_type.as_str() {
            "refresh_token" => self.refresh(application, request).await,
            "authorization_code" => self.exchange(application, request).await,
            _ => self.client_credentials(application, request).await,
        }
    }

    /// Who asks: a client that authenticates, or a public one that names itself.
    async fn client(
        &self,
        caller: Option<Caller>,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<Client, Error> {
        let named = given(&request.client_id);
        let secret = given(&request.client_secret);
        let client = match self.caller(caller, named, secret).await? {
            Some(Caller::Client(client)) => client,
            Some(_) => return Err(Error::InvalidClient),
            None => self.identify(application, named)?,
        };
        if named.is_some_and(|named| named != application.registration.client_id) {
            return Err(Error::InvalidClient);
        }
        Ok(client)
    }

    /// The client credentials grant (RFC 6749, section 4.4), which only confidential clients have.
    async fn client_credentials(
        &self,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<TokenResponse, Error> {
        if !application.registration.confidential {
            return Err(Error::UnauthorizedClient);
        }
        let registration = &application.registration;
        let requested = Requested::read(request, registration)?;
        let scopes = registration.allowed_scopes.grant(given(&request.scope))?;
        let issue = self
            .issue_to_client(application, &scopes, requested)
            .await?;
        for row in issue.rows {
            self.store.mint(row).await?;
        }
        Ok(issue.answer)
    }
}
