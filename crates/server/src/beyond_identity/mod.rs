//! Beyond Identity: the OAuth 2.0 endpoints of an application.

mod access_token;
pub(crate) mod application;
mod authorize;
mod client;
mod consent;
mod error;
mod pkce;
mod redirect;
pub(crate) mod registration;
pub(crate) mod resource_server;
mod revoke;
pub(crate) mod scopes;
mod signer;
mod token;

use specmint::beyond_identity::models::{Approval, ApprovalDecision, RevokeRequest, TokenRequest};
use specmint::beyond_identity::{
    Api, ApproveAuthorizationResponse, AuthorizeParameters, AuthorizeResponse, CreateTokenResponse,
    RevokeTokenResponse, Security,
};
use specmint_runtime::{Basic, Bearer};
use specmint_store::Store;

pub use client::Caller;
pub use error::Error;

use crate::error::StartError;
use access_token::Keys;
use application::Application;
use authorize::{Query, Step};
use client::form_decoded;

/// The applications of all tenants, and the keys that their tokens are signed with.
pub struct BeyondIdentity {
    store: Store,
    keys: Keys,
    public_url: String,
    auto_approve: bool,
}

impl BeyondIdentity {
    /// On `store`; `public_url` is what tokens name as the place of their issue, and `auto_approve` lets the first
    /// identity of a realm approve everything, without a page.
    ///
    /// # Errors
    /// When the signing key cannot be made or read.
    pub async fn new(
        store: Store,
        public_url: String,
        auto_approve: bool,
    ) -> Result<Self, StartError> {
        let keys = Keys::open(&store).await?;
        Ok(Self {
            store,
            keys,
            public_url,
            auto_approve,
        })
    }

    async fn application(
        &self,
        tenant_id: &str,
        realm_id: &str,
        application_id: &str,
        unknown: Error,
    ) -> Result<Application, Error> {
        let found = Application::find(&self.store, tenant_id, realm_id, application_id).await?;
        found.ok_or(unknown)
    }
}

const NO_APPLICATION: Error = Error::invalid_request("There is no such application.");

impl Security for BeyondIdentity {
    type Caller = Caller;
    type Error = Error;

    async fn application_basic(
        &self,
        client: Basic,
        _: &'static [&'static str],
    ) -> Result<Caller, Error> {
        let client_id = form_decoded(client.username());
        let secret = form_decoded(client.expose());
        Ok(Caller::Client(
            self.authenticate(&client_id, &secret).await?,
        ))
    }

    async fn oauth2(
        &self,
        token: Bearer,
        scopes: &'static [&'static str],
    ) -> Result<Caller, Error> {
        Ok(Caller::Bearer(
            self.authorize_bearer(token.expose(), scopes).await?,
        ))
    }
}

impl Api for BeyondIdentity {
    async fn create_token(
        &self,
        caller: Option<Caller>,
        tenant_id: String,
        realm_id: String,
        application_id: String,
        request: TokenRequest,
    ) -> Result<CreateTokenResponse, Error> {
        let application = self
            .application(&tenant_id, &realm_id, &application_id, Error::InvalidClient)
            .await?;
        let token = self.token(caller, &application, &request).await?;
        Ok(CreateTokenResponse::Ok(token))
    }

    async fn authorize(&self, asked: AuthorizeParameters) -> Result<AuthorizeResponse, Error> {
        let application = self
            .application(
                &asked.tenant_id,
                &asked.realm_id,
                &asked.application_id,
                NO_APPLICATION,
            )
            .await?;
        let query = Query {
            response_type: asked.response_type,
            client_id: asked.client_id,
            redirect_uri: asked.redirect_uri,
            scope: asked.scope,
            state: asked.state,
            code_challenge: asked.code_challenge,
            code_challenge_method: asked.code_challenge_method,
        };
        Ok(match self.begin(&application, query).await? {
            Step::Page(page) => AuthorizeResponse::Ok(page.html()?),
            Step::Redirect(location) => AuthorizeResponse::Found { location },
        })
    }

    async fn approve_authorization(
        &self,
        tenant_id: String,
        realm_id: String,
        application_id: String,
        approval: Approval,
    ) -> Result<ApproveAuthorizationResponse, Error> {
        let application = self
            .application(&tenant_id, &realm_id, &application_id, NO_APPLICATION)
            .await?;
        let location = match approval.decision {
            ApprovalDecision::Approve => {
                let identity_id = approval.identity_id.as_deref();
                self.approve(&application, &approval.ticket, identity_id)
                    .await?
            }
            ApprovalDecision::Deny => self.deny(&application, &approval.ticket).await?,
        };
        Ok(ApproveAuthorizationResponse::Found { location })
    }

    async fn revoke_token(
        &self,
        caller: Caller,
        tenant_id: String,
        realm_id: String,
        application_id: String,
        request: RevokeRequest,
    ) -> Result<RevokeTokenResponse, Error> {
        let unknown = match caller {
            Caller::Client(_) => Error::InvalidClient,
            Caller::Bearer(_) => Error::InvalidToken,
        };
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        self.revoke(&caller, &application, &request.token).await?;
        Ok(RevokeTokenResponse::Ok)
    }
}
