//! Infisical: machine identities of an organization, and their access tokens by Token Auth.

pub(crate) mod access_token;
mod answer;
mod caller;
mod ended;
mod error;
mod held;
pub(crate) mod identity;
mod issues;
pub(crate) mod organization;
pub(crate) mod role;
pub(crate) mod token;
pub(crate) mod token_auth;
pub(crate) mod trusted_ip;

use specmint::infisical::models::{
    AttachTokenAuthRequest, CreateMachineIdentityRequest, CreateTokenRequest, HeldTokenRequest,
    UpdateMachineIdentityRequest, UpdateTokenAuthRequest, UpdateTokenRequest,
};
use specmint::infisical::{
    Api, AttachTokenAuthResponse, CreateMachineIdentityResponse, CreateTokenAuthTokenResponse,
    DeleteMachineIdentityResponse, DeleteTokenAuthResponse, GetMachineIdentityDetailsResponse,
    GetMachineIdentityResponse, GetTokenAuthResponse, GetTokenAuthTokenByIdResponse,
    GetTokenAuthTokensResponse, ListMachineIdentitiesResponse, RenewAccessTokenResponse,
    RevokeAccessTokenResponse, RevokeTokenAuthTokenResponse, UpdateMachineIdentityResponse,
    UpdateTokenAuthResponse, UpdateTokenAuthTokenResponse,
};
use specmint_store::Store;

pub use caller::Caller;
pub use error::Error;
pub(crate) use token::MintError;

use crate::error::StartError;
use access_token::Signer;

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "infisical";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const ORGANIZATION: &str = "organization";
    pub(crate) const IDENTITY: &str = "identity";
    pub(crate) const TOKEN_AUTH: &str = "token_auth";
    pub(crate) const ACCESS_TOKEN: &str = "access_token";
}

/// The organizations, with their identities, and the secret that tokens are signed with.
pub struct Infisical {
    store: Store,
    signer: Signer,
}

impl Infisical {
    /// On `store`.
    ///
    /// # Errors
    /// When the signing secret cannot be made or read.
    pub async fn new(store: Store) -> Result<Self, StartError> {
        let signer = Signer::open(&store).await?;
        Ok(Self { store, signer })
    }
}

impl Api for Infisical {
    async fn create_machine_identity(
        &self,
        caller: Caller,
        body: CreateMachineIdentityRequest,
    ) -> Result<CreateMachineIdentityResponse, Error> {
        let made = self.create_identity(&caller, body).await?;
        Ok(CreateMachineIdentityResponse::Ok(made))
    }

    async fn list_machine_identities(
        &self,
        caller: Caller,
        org_id: String,
    ) -> Result<ListMachineIdentitiesResponse, Error> {
        let listed = self.list_identities(&caller, org_id).await?;
        Ok(ListMachineIdentitiesResponse::Ok(listed))
    }

    async fn get_machine_identity_details(
        &self,
        caller: Caller,
    ) -> Result<GetMachineIdentityDetailsResponse, Error> {
        let details = self.details(&caller).await?;
        Ok(GetMachineIdentityDetailsResponse::Ok(details))
    }

    async fn get_machine_identity(
        &self,
        caller: Caller,
        identity_id: String,
    ) -> Result<GetMachineIdentityResponse, Error> {
        let shown = self.show_identity(&caller, identity_id).await?;
        Ok(GetMachineIdentityResponse::Ok(shown))
    }

    async fn update_machine_identity(
        &self,
        caller: Caller,
        identity_id: String,
        body: UpdateMachineIdentityRequest,
    ) -> Result<UpdateMachineIdentityResponse, Error> {
        let updated = self.update_identity(&caller, identity_id, body).await?;
        Ok(UpdateMachineIdentityResponse::Ok(updated))
    }

    async fn delete_machine_identity(
        &self,
        caller: Caller,
        identity_id: String,
    ) -> Result<DeleteMachineIdentityResponse, Error> {
        let deleted = self.delete_identity(&caller, identity_id).await?;
        Ok(DeleteMachineIdentityResponse::Ok(deleted))
    }

    async fn attach_token_auth(
        &self,
        caller: Caller,
        identity_id: String,
        body: AttachTokenAuthRequest,
    ) -> Result<AttachTokenAuthResponse, Error> {
        let attached = self.attach(&caller, identity_id, body).await?;
        Ok(AttachTokenAuthResponse::Ok(attached))
    }

    async fn update_token_auth(
        &self,
        caller: Caller,
        identity_id: String,
        body: UpdateTokenAuthRequest,
    ) -> Result<UpdateTokenAuthResponse, Error> {
        let updated = self.update(&caller, identity_id, body).await?;
        Ok(UpdateTokenAuthResponse::Ok(updated))
    }

    async fn get_token_auth(
        &self,
        caller: Caller,
        identity_id: String,
    ) -> Result<GetTokenAuthResponse, Error> {
        let shown = self.show_token_auth(&caller, identity_id).await?;
        Ok(GetTokenAuthResponse::Ok(shown))
    }

    async fn delete_token_auth(
        &self,
        caller: Caller,
        identity_id: String,
    ) -> Result<DeleteTokenAuthResponse, Error> {
        let removed = self.remove(&caller, identity_id).await?;
        Ok(DeleteTokenAuthResponse::Ok(removed))
    }

    async fn create_token_auth_token(
        &self,
        caller: Caller,
        identity_id: String,
        body: Option<CreateTokenRequest>,
    ) -> Result<CreateTokenAuthTokenResponse, Error> {
        let created = self.create_token(&caller, identity_id, body).await?;
        Ok(CreateTokenAuthTokenResponse::Ok(created))
    }

    async fn get_token_auth_tokens(
        &self,
        caller: Caller,
        identity_id: String,
        offset: i64,
        limit: i64,
    ) -> Result<GetTokenAuthTokensResponse, Error> {
        let part = (offset, limit);
        let listed = self.list_tokens(&caller, identity_id, part).await?;
        Ok(GetTokenAuthTokensResponse::Ok(listed))
    }

    async fn get_token_auth_token_by_id(
        &self,
        caller: Caller,
        token_id: String,
    ) -> Result<GetTokenAuthTokenByIdResponse, Error> {
        let shown = self.show_token(&caller, &token_id).await?;
        Ok(GetTokenAuthTokenByIdResponse::Ok(shown))
    }

    async fn update_token_auth_token(
        &self,
        caller: Caller,
        token_id: String,
        body: UpdateTokenRequest,
    ) -> Result<UpdateTokenAuthTokenResponse, Error> {
        let renamed = self.rename_token(&caller, &token_id, body.name).await?;
        Ok(UpdateTokenAuthTokenResponse::Ok(renamed))
    }

    async fn revoke_token_auth_token(
        &self,
        caller: Caller,
        token_id: String,
    ) -> Result<RevokeTokenAuthTokenResponse, Error> {
        let revoked = self.revoke_token(&caller, &token_id).await?;
        Ok(RevokeTokenAuthTokenResponse::Ok(revoked))
    }

    async fn renew_access_token(
        &self,
        body: HeldTokenRequest,
    ) -> Result<RenewAccessTokenResponse, Error> {
        let renewed = self.renew(&body.access_token).await?;
        Ok(RenewAccessTokenResponse::Ok(renewed))
    }

    async fn revoke_access_token(
        &self,
        body: HeldTokenRequest,
    ) -> Result<RevokeAccessTokenResponse, Error> {
        let revoked = self.revoke_held(&body.access_token).await?;
        Ok(RevokeAccessTokenResponse::Ok(revoked))
    }
}
