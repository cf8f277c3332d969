//! AnchorBrowser: applications of a team, how people sign in to them, and the identities that people link to them.

mod answers;
pub(crate) mod application;
pub(crate) mod auth_flow;
mod credentials;
mod error;
mod filled_in;
mod identity;
mod page;
mod redemption;
mod site;
mod token;
mod ways;

use std::collections::BTreeMap;

use specmint::anchorbrowser::models::{
    ApplicationList, AuthFlowList, CreateApplicationRequest, CreateAuthFlowRequest,
    CreateIdentityRequest, CreateIdentityTokenRequest, Deletion, IdentityDeletion, IdentityForm,
    IdentityList, UpdateAuthFlowRequest, UpdateIdentityRequest,
};
use specmint::anchorbrowser::{
    Api, CreateApplicationResponse, CreateAuthFlowResponse, CreateIdentityResponse,
    CreateIdentityTokenResponse, DeleteApplicationResponse, DeleteAuthFlowResponse,
    DeleteIdentityResponse, GetApplicationResponse, GetIdentityResponse,
    ListApplicationIdentitiesResponse, ListApplicationsResponse, ListAuthFlowsResponse, Security,
    ShowIdentityPageResponse, SubmitIdentityPageResponse, UpdateAuthFlowResponse,
    UpdateIdentityResponse,
};
use specmint_runtime::ApiKey;
use specmint_runtime::types::{Uuid, Value};
use specmint_store::{OwnerId, Store, TokenId};

use crate::presented;
pub use error::Error;

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "anchorbrowser";

/// What an API key starts with.
pub(crate) const API_KEY_PREFIX: &str = "sk-";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const TEAM: &str = "team";
    pub(crate) const APPLICATION: &str = "application";
    pub(crate) const AUTH_FLOW: &str = "auth_flow";
    pub(crate) const IDENTITY: &str = "identity";
    pub(crate) const API_KEY: &str = "api_key";
    pub(crate) const IDENTITY_TOKEN: &str = "identity_token";
}

/// The teams, with their applications.
pub struct AnchorBrowser {
    store: Store,
}

impl AnchorBrowser {
    /// On `store`.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }
}

/// The API key that calls, and the team that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    team: OwnerId,
    key: TokenId,
}

impl Caller {
    /// Who this is in the trail.
    fn by(self) -> String {
        format!("{}:{}", kind::API_KEY, self.key)
    }
}

impl Security for AnchorBrowser {
    type Caller = Caller;
    type Error = Error;

    async fn api_key_header(
        &self,
        key: ApiKey,
        _: &'static [&'static str],
    ) -> Result<Caller, Error> {
        let key = key.expose();
        let key = presented::live(&self.store, API, kind::API_KEY, API_KEY_PREFIX, key).await?;
        let key = key.ok_or(Error::InvalidApiKey)?;
        Ok(Caller {
            team: key.owner,
            key: key.id,
        })
    }
}

impl Api for AnchorBrowser {
    async fn create_application(
        &self,
        caller: Caller,
        request: CreateApplicationRequest,
    ) -> Result<CreateApplicationResponse, Error> {
        let application = self.make_application(caller, request).await?;
        Ok(CreateApplicationResponse::Created(application))
    }

    async fn list_applications(
        &self,
        caller: Caller,
        search: Option<String>,
    ) -> Result<ListApplicationsResponse, Error> {
        let applications = self.find_applications(caller, search.as_deref()).await?;
        Ok(ListApplicationsResponse::Ok(ApplicationList {
            applications,
        }))
    }

    async fn get_application(
        &self,
        caller: Caller,
        application_id: Uuid,
    ) -> Result<GetApplicationResponse, Error> {
        let application = self.application(caller, application_id).await?;
        Ok(GetApplicationResponse::Ok(self.shown(&application).await?))
    }

    async fn delete_application(
        &self,
        caller: Caller,
        application_id: Uuid,
    ) -> Result<DeleteApplicationResponse, Error> {
        let application = self.application(caller, application_id).await?;
        if !self
            .store
            .delete_owner(application.id, &caller.by())
            .await?
        {
            return Err(Error::ApplicationNotFound);
        }
        Ok(DeleteApplicationResponse::Ok(Deletion { success: true }))
    }

    async fn list_application_identities(
        &self,
        caller: Caller,
        application_id: Uuid,
        search: Option<String>,
        metadata: Option<BTreeMap<String, Value>>,
    ) -> Result<ListApplicationIdentitiesResponse, Error> {
        let application = self.application(caller, application_id).await?;
        let metadata = metadata.unwrap_or_default();
        let identities = self
            .find_identities(&application, search.as_deref(), &metadata)
            .await?;
        Ok(ListApplicationIdentitiesResponse::Ok(IdentityList {
            identities,
        }))
    }

    async fn create_auth_flow(
        &self,
        caller: Caller,
        application_id: Uuid,
        request: CreateAuthFlowRequest,
    ) -> Result<CreateAuthFlowResponse, Error> {
        let application = self.application(caller, application_id).await?;
        let flow = self.make_auth_flow(caller, &application, request).await?;
        Ok(CreateAuthFlowResponse::Created(flow))
    }

    async fn list_auth_flows(
        &self,
        caller: Caller,
        application_id: Uuid,
    ) -> Result<ListAuthFlowsResponse, Error> {
        let application = self.application(caller, application_id).await?;
        let flows = self.auth_flows(application.id).await?;
        let auth_flows = flows.into_iter().map(|flow| flow.shown()).collect();
        Ok(ListAuthFlowsResponse::Ok(AuthFlowList { auth_flows }))
    }

    async fn update_auth_flow(
        &self,
        caller: Caller,
        application_id: Uuid,
        auth_flow_id: Uuid,
        request: UpdateAuthFlowRequest,
    ) -> Result<UpdateAuthFlowResponse, Error> {
        let flow = self
            .change_auth_flow(caller, application_id, auth_flow_id, request)
            .await?;
        Ok(UpdateAuthFlowResponse::Ok(flow))
    }

    async fn delete_auth_flow(
        &self,
        caller: Caller,
        application_id: Uuid,
        auth_flow_id: Uuid,
    ) -> Result<DeleteAuthFlowResponse, Error> {
        let flow = self.auth_flow(caller, application_id, auth_flow_id).await?;
        if !self.store.delete_owner(flow.id, &caller.by()).await? {
            return Err(Error::AuthFlowNotFound);
        }
        Ok(DeleteAuthFlowResponse::Ok(Deletion { success: true }))
    }

    async fn create_identity_token(
        &self,
        caller: Caller,
        application_id: Uuid,
        request: CreateIdentityTokenRequest,
    ) -> Result<CreateIdentityTokenResponse, Error> {
        let application = self.application(caller, application_id).await?;
        let token = self
            .mint_identity_token(caller, &application, request)
            .await?;
        Ok(CreateIdentityTokenResponse::Created(token))
    }

    async fn create_identity(
        &self,
        caller: Caller,
        validate_async: bool,
        request: CreateIdentityRequest,
    ) -> Result<CreateIdentityResponse, Error> {
        let identity = self.make_identity(caller, validate_async, request).await?;
        Ok(CreateIdentityResponse::Created(identity))
    }

    async fn get_identity(
        &self,
        caller: Caller,
        identity_id: Uuid,
    ) -> Result<GetIdentityResponse, Error> {
        let identity = self.identity(caller, identity_id).await?;
        Ok(GetIdentityResponse::Ok(identity::shown(&identity)?))
    }

    async fn update_identity(
        &self,
        caller: Caller,
        identity_id: Uuid,
        request: UpdateIdentityRequest,
    ) -> Result<UpdateIdentityResponse, Error> {
        let identity = self.change_identity(caller, identity_id, request).await?;
        Ok(UpdateIdentityResponse::Ok(identity))
    }

    async fn delete_identity(
        &self,
        caller: Caller,
        identity_id: Uuid,
    ) -> Result<DeleteIdentityResponse, Error> {
        let identity = self.identity(caller, identity_id).await?;
        if !self.store.delete_owner(identity.id, &caller.by()).await? {
            return Err(Error::IdentityNotFound);
        }
        Ok(DeleteIdentityResponse::Ok(IdentityDeletion {
            message: "Identity deleted successfully".to_owned(),
        }))
    }

    async fn show_identity_page(
        &self,
        token: String,
        user_name: Option<String>,
    ) -> Result<ShowIdentityPageResponse, Error> {
        let page = self.identity_page(&token, user_name).await?;
        Ok(ShowIdentityPageResponse::Ok {
            body: page.body,
            content_security_policy: page.content_security_policy,
        })
    }

    async fn submit_identity_page(
        &self,
        form: IdentityForm,
    ) -> Result<SubmitIdentityPageResponse, Error> {
        self.redeem(form).await
    }
}
