//! The operations of the contract, each handed to what serves it.

use specmint::beyond_identity as api;
use specmint::beyond_identity::models::{
    Approval, ApprovalDecision, AuthorizationRequest, IntrospectRequest, RevokeRequest,
    TokenRequest, UserInfoRequest,
};
use specmint::beyond_identity::{
    Api, ApproveAuthorizationResponse, AuthorizeByPostResponse, AuthorizeParameters,
    AuthorizeResponse, CreateTokenResponse, IntrospectTokenResponse,
    ReadAuthorizationServerMetadataByPathResponse, ReadAuthorizationServerMetadataResponse,
    ReadKeysResponse, ReadOpenidConfigurationByPathResponse, ReadOpenidConfigurationResponse,
    ReadUserInfoByPostResponse, ReadUserInfoResponse, RevokeTokenResponse, Security,
};
use specmint_runtime::{Basic, Bearer};

use super::BeyondIdentity;
use super::authorize::Shown;
use super::client::{Caller, form_decoded};
use super::error::{Error, given};
use super::management;
use super::pending::as_form;
use super::revoke::refusal;

const NO_APPLICATION: Error = Error::invalid_request("There is no such application.");

/// How an operation answers a step: a page, or the way to another address.
macro_rules! shown {
    ($response:ident, $step:expr) => {
        match $step.shown()? {
            Shown::Page(page) => $response::Ok {
                body: page.body,
                content_security_policy: page.content_security_policy,
            },
            Shown::Elsewhere(location) => $response::Found { location },
        }
    };
}

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

    async fn access_token(
        &self,
        token: Bearer,
        _: &'static [&'static str],
    ) -> Result<Caller, Error> {
        Ok(Caller::Holder(self.hold(token.expose()).await?))
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
        let unknown = Error::InvalidClient;
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        let token = self.token(caller, &application, &request).await?;
        Ok(CreateTokenResponse::Ok(token))
    }

    async fn authorize(&self, asked: AuthorizeParameters) -> Result<AuthorizeResponse, Error> {
        let (tenant_id, realm_id) = (&asked.tenant_id, &asked.realm_id);
        let application = self
            .application(tenant_id, realm_id, &asked.application_id, NO_APPLICATION)
            .await?;
        let step = self.begin(&application, &as_form(asked)).await?;
        Ok(shown!(AuthorizeResponse, step))
    }

    async fn authorize_by_post(
        &self,
        tenant_id: String,
        realm_id: String,
        application_id: String,
        asked: AuthorizationRequest,
    ) -> Result<AuthorizeByPostResponse, Error> {
        let application = self
            .application(&tenant_id, &realm_id, &application_id, NO_APPLICATION)
            .await?;
        let step = self.begin(&application, &asked).await?;
        Ok(shown!(AuthorizeByPostResponse, step))
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
        let step = match approval.decision {
            ApprovalDecision::Approve => {
                let identity_id = approval.identity_id.as_deref();
                self.approve(&application, &approval.ticket, identity_id)
                    .await?
            }
            ApprovalDecision::Deny => self.deny(&application, &approval.ticket).await?,
        };
        Ok(shown!(ApproveAuthorizationResponse, step))
    }

    async fn revoke_token(
        &self,
        caller: Option<Caller>,
        tenant_id: String,
        realm_id: String,
        application_id: String,
        request: RevokeRequest,
    ) -> Result<RevokeTokenResponse, Error> {
        let unknown = caller.as_ref().map_or(Error::InvalidClient, refusal);
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        self.revoke(caller, &application, &request).await?;
        Ok(RevokeTokenResponse::Ok)
    }

    async fn introspect_token(
        &self,
        caller: Option<Caller>,
        tenant_id: String,
        realm_id: String,
        request: IntrospectRequest,
    ) -> Result<IntrospectTokenResponse, Error> {
        let realm = self.realm(tenant_id, realm_id).await?;
        let answer = self.introspect(caller, &realm, &request).await?;
        Ok(IntrospectTokenResponse::Ok(answer))
    }

    async fn read_user_info(
        &self,
        caller: Caller,
        tenant_id: String,
        realm_id: String,
        application_id: String,
    ) -> Result<ReadUserInfoResponse, Error> {
        let unknown = Error::InvalidToken;
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        let info = self.userinfo(caller, &application).await?;
        Ok(ReadUserInfoResponse::Ok(info))
    }

    async fn read_user_info_by_post(
        &self,
        caller: Option<Caller>,
        tenant_id: String,
        realm_id: String,
        application_id: String,
        request: Option<UserInfoRequest>,
    ) -> Result<ReadUserInfoByPostResponse, Error> {
        let in_body = request.and_then(|request| request.access_token);
        let caller = self.holder(caller, given(&in_body)).await?;
        let unknown = Error::InvalidToken;
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        let info = self.userinfo(caller, &application).await?;
        Ok(ReadUserInfoByPostResponse::Ok(info))
    }

    async fn read_openid_configuration(
        &self,
        tenant_id: String,
        realm_id: String,
        application_id: String,
    ) -> Result<ReadOpenidConfigurationResponse, Error> {
        let unknown = Error::UnknownApplication;
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        Ok(ReadOpenidConfigurationResponse::Ok(
            self.metadata(&application),
        ))
    }

    async fn read_authorization_server_metadata(
        &self,
        tenant_id: String,
        realm_id: String,
        application_id: String,
    ) -> Result<ReadAuthorizationServerMetadataResponse, Error> {
        let unknown = Error::UnknownApplication;
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        Ok(ReadAuthorizationServerMetadataResponse::Ok(
            self.metadata(&application),
        ))
    }

    async fn read_authorization_server_metadata_by_path(
        &self,
        tenant_id: String,
        realm_id: String,
        application_id: String,
    ) -> Result<ReadAuthorizationServerMetadataByPathResponse, Error> {
        let unknown = Error::UnknownApplication;
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        Ok(ReadAuthorizationServerMetadataByPathResponse::Ok(
            self.metadata(&application),
        ))
    }

    async fn read_openid_configuration_by_path(
        &self,
        tenant_id: String,
        realm_id: String,
        application_id: String,
    ) -> Result<ReadOpenidConfigurationByPathResponse, Error> {
        let unknown = Error::UnknownApplication;
        let application = self
            .application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        Ok(ReadOpenidConfigurationByPathResponse::Ok(
            self.metadata(&application),
        ))
    }

    async fn read_keys(
        &self,
        tenant_id: String,
        realm_id: String,
        application_id: String,
    ) -> Result<ReadKeysResponse, Error> {
        let unknown = Error::UnknownApplication;
        self.application(&tenant_id, &realm_id, &application_id, unknown)
            .await?;
        Ok(ReadKeysResponse::Ok(self.key_set().await?))
    }

    management::operations!();
}
