//! Access tokens that Token Auth mints: made, listed, shown, renamed, revoked.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specmint::infisical::models;
use specmint_runtime::Nullable;
use specmint_runtime::types::Uuid;
use specmint_store::{
    Digest, Listing, NewToken, Order, Store, StoreError, Token, TokenId, TokenUpdate,
};

use super::access_token::{Claims, Signer, end};
use super::caller::Caller;
use super::error::Error;
use super::identity::Identity;
use super::role::Action;
use super::token_auth::TokenAuth;
use super::{API, Infisical, kind};
use crate::attributes;
use crate::failure::Failure;

/// What a token is kept with: the configuration it was minted by, which later changes of that do not reach.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    /// The identity's row, by which it is known when its configuration is gone.
    pub(super) identity: Uuid,
    pub(super) ttl: u32,
    pub(super) max_ttl: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) renewed_at: Option<DateTime<Utc>>,
}

/// Why no token was minted.
#[derive(Debug)]
pub(crate) enum MintError {
    Store(StoreError),
    Failure(Failure),
}

impl From<Failure> for MintError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<MintError> for Error {
    fn from(error: MintError) -> Self {
        match error {
            MintError::Store(error) => error.into(),
            MintError::Failure(failure) => failure.into(),
        }
    }
}

/// A new token of `identity`, by its configuration: its row and its text, to be shown once.
pub(crate) async fn mint(
    store: &Store,
    signer: &Signer,
    identity: &Identity,
    token_auth: &TokenAuth,
    name: Option<String>,
    by: String,
) -> Result<(Token, String), MintError> {
    let id = TokenId::new();
    let now = store.now();
    let configuration = &token_auth.record;
    let kept = AccessToken {
        identity: identity.owner.id.into(),
        ttl: configuration.access_token_ttl,
        max_ttl: configuration.access_token_max_ttl,
        renewed_at: None,
    };
    let ends = end(now, kept.ttl, kept.max_ttl);
    let text = signer.sign(&Claims::new(&identity.record.id, id, now, ends))?;
    let limit = configuration.access_token_num_uses_limit;
    let token = NewToken {
        id: Some(id),
        name,
        attributes: Some(attributes::to_text(&kept)?),
        expires_at: ends,
        uses_limit: (limit > 0).then_some(limit),
        minted_by: Some(by),
        ..NewToken::new(
            API,
            kind::ACCESS_TOKEN,
            token_auth.owner.id,
            Digest::of(&text),
        )
    };
    let token = store.mint(token).await.map_err(MintError::Store)?;
    Ok((token, text))
}

/// What is shown of a token: everything but its text.
fn record(token: Token, identity: &Identity) -> Result<models::AccessTokenRecord, Failure> {
    let kept: AccessToken = attributes::of_token(&token)?;
    Ok(models::AccessTokenRecord {
        id: token.id.into(),
        access_token_ttl: Some(kept.ttl.into()),
        access_token_max_ttl: Some(kept.max_ttl.into()),
        access_token_num_uses: Some(token.uses.into()),
        access_token_num_uses_limit: Some(token.uses_limit.unwrap_or_default().into()),
        access_token_last_used_at: Some(token.used_at.into()),
        access_token_last_renewed_at: Some(kept.renewed_at.into()),
        is_access_token_revoked: Some(token.revoked_at.is_some()),
        identity_ua_client_secret_id: Some(Nullable::Null),
        identity_id: identity.record.id,
        created_at: token.created_at,
        updated_at: token.updated_at,
        name: Some(token.name.into()),
        auth_method: "token-auth".to_owned(),
        access_token_period: Some(0.into()),
        sub_organization_id: Some(Nullable::Null),
    })
}

impl Infisical {
    pub(super) async fn create_token(
        &self,
        caller: &Caller,
        id: String,
        asked: Option<models::CreateTokenRequest>,
    ) -> Result<models::AccessToken, Error> {
        let identity = self.identity(caller, Action::CreateToken, id).await?;
        let (name, organization) = match asked {
            Some(asked) => (asked.name, asked.organization_slug),
            None => (None, None),
        };
        if let Some(slug) = organization {
            self.is_organization(caller, slug).await?;
        }
        let found = self.find_token_auth(&identity).await?;
        let token_auth = found.ok_or(Error::NoTokenAuth)?;
        let (store, signer) = (&self.store, &self.signer);
        let actor = caller.actor();
        let (_, minted) = mint(store, signer, &identity, &token_auth, name, actor).await?;
        Ok(models::AccessToken {
            access_token: minted,
            expires_in: token_auth.record.access_token_ttl.into(),
            access_token_max_ttl: token_auth.record.access_token_max_ttl.into(),
            token_type: models::AccessTokenTokenType::Bearer,
        })
    }

    pub(super) async fn list_tokens(
        &self,
        caller: &Caller,
        id: String,
        (offset, limit): (i64, i64),
    ) -> Result<models::AccessTokenRecordsResponse, Error> {
        let identity = self.identity(caller, Action::GetToken, id).await?;
        let found = self.find_token_auth(&identity).await?;
        let token_auth = found.ok_or(Error::NoTokenAuth)?;
        let listing = Listing {
            order: Order::LastChanged,
            offset: u32::try_from(offset).map_err(Failure::because)?,
            limit: u32::try_from(limit).map_err(Failure::because)?,
            ..Listing::of(&[kind::ACCESS_TOKEN])
        };
        let tokens = self.store.tokens_of(token_auth.owner.id, &listing).await?;
        let records = tokens.into_iter().map(|token| record(token, &identity));
        Ok(models::AccessTokenRecordsResponse {
            tokens: records.collect::<Result<_, _>>()?,
        })
    }

    /// The token `id` of an identity of the caller's organization, if the caller may do `action` to it.
    async fn token(
        &self,
        caller: &Caller,
        action: Action,
        id: &str,
    ) -> Result<(Arc<Token>, Identity), Error> {
        caller.may(action)?;
        let missing = || Error::TokenNotFound(id.to_owned());
        let id: TokenId = id.parse().map_err(|_| missing())?;
        let found = self.store.token(id).await?;
        let found = found.filter(|token| token.api == API && token.kind == kind::ACCESS_TOKEN);
        let token = found.ok_or_else(missing)?;
        // With its configuration or its identity a token is gone.
        let token_auth = self.store.owner(token.owner).await?.ok_or_else(missing)?;
        let identity = match token_auth.parent {
            Some(identity) => self.store.owner(identity).await?,
            None => None,
        };
        let identity = Identity::of(identity.ok_or_else(missing)?)?;
        if identity.organization()? != caller.organization()? {
            return Err(missing());
        }
        caller.may_to(action, &identity)?;
        Ok((token, identity))
    }

    pub(super) async fn show_token(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<models::AccessTokenRecordResponse, Error> {
        let (token, identity) = self.token(caller, Action::GetToken, id).await?;
        Ok(models::AccessTokenRecordResponse {
            token: record(Token::clone(&token), &identity)?,
        })
    }

    pub(super) async fn rename_token(
        &self,
        caller: &Caller,
        id: &str,
        name: Option<String>,
    ) -> Result<models::AccessTokenRecordResponse, Error> {
        let (token, identity) = self.token(caller, Action::UpdateToken, id).await?;
        let rename = move |_: &Token| {
            Ok::<_, Error>(TokenUpdate {
                name: name.clone().map(Some),
                ..TokenUpdate::default()
            })
        };
        let actor = caller.actor();
        let renamed = self.store.edit_token(token.id, &actor, rename).await?;
        let renamed = renamed.ok_or_else(|| Error::TokenNotFound(id.to_owned()))??;
        Ok(models::AccessTokenRecordResponse {
            token: record(renamed, &identity)?,
        })
    }

    pub(super) async fn revoke_token(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<models::RevokedResponse, Error> {
        let missing = || Error::TokenNotFoundOrRevoked(id.to_owned());
        let found = self.token(caller, Action::RevokeToken, id).await;
        let (token, _) = found.map_err(|error| match error {
            Error::TokenNotFound(_) => missing(),
            error => error,
        })?;
        match self.store.revoke(token.id, &caller.actor()).await? {
            true => Ok(revoked()),
            false => Err(missing()),
        }
    }
}

/// That a token has ended.
pub(super) fn revoked() -> models::RevokedResponse {
    models::RevokedResponse {
        message: "Successfully revoked access token".to_owned(),
    }
}
