//! Identity tokens: good once, for a quarter of an hour, for one identity of one application.

use std::sync::Arc;

use chrono::TimeDelta;
use specmint::anchorbrowser::models::{
    CreateIdentityTokenRequest, IdentityTokenResponse, IdentityTokenResponseData,
};
use specmint_store::{Digest, NewOwner, NewToken, Owner, State, StoreError, Token, Use, split};

use super::error::{Ended, Error};
use super::{API, AnchorBrowser, Caller, kind};
use crate::failure::Failure;
use crate::presented;

const PREFIX: &str = "idtok_";
const LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// A token that can be redeemed.
pub(super) struct Link {
    token: Arc<Token>,
    /// What the identity will belong to.
    pub(super) application: Arc<Owner>,
}

impl Link {
    /// Where the browser goes then.
    pub(super) fn callback_url(&self) -> Result<&str, Failure> {
        let url = self.token.attributes.as_deref();
        url.ok_or_else(|| Failure::because("an identity token has no callback URL"))
    }
}

impl AnchorBrowser {
    pub(super) async fn mint_identity_token(
        &self,
        caller: Caller,
        application: &Owner,
        request: CreateIdentityTokenRequest,
    ) -> Result<IdentityTokenResponse, Error> {
        let (id, token, hash) = split::mint(PREFIX);
        let expires_at = self.store.now() + LIFETIME;
        self.store
            .mint(NewToken {
                id: Some(id),
                attributes: Some(request.callback_url.into_string()),
                expires_at: Some(expires_at),
                uses_limit: Some(1),
                minted_by: Some(caller.by()),
                ..NewToken::new(API, kind::IDENTITY_TOKEN, application.id, hash)
            })
            .await?;
        let token_hash = Digest::of(&token).to_hex();
        Ok(IdentityTokenResponse {
            data: Some(IdentityTokenResponseData {
                token_hash: Some(token_hash.clone()),
                token: Some(token.clone()),
                expires_at: Some(expires_at),
            }),
            token: Some(token),
            expires_at: Some(expires_at),
            token_hash: Some(token_hash),
        })
    }

    /// The token of that text, as long as it can be redeemed.
    pub(super) async fn link(&self, text: &str) -> Result<Link, Error> {
        let token = presented::issued(&self.store, API, kind::IDENTITY_TOKEN, PREFIX, text).await?;
        let token = token.ok_or(Error::Ended(Ended::Unknown))?;
        match token.state(self.store.now()) {
            State::Active => {}
            State::Expired => return Err(Error::Ended(Ended::Expired)),
            State::Exhausted => return Err(Error::Ended(Ended::Used)),
            State::Revoked => return Err(Error::Ended(Ended::Withdrawn)),
        }
        let application = self.store.owner(token.owner).await?;
        let application = application.ok_or(Error::Ended(Ended::Withdrawn))?;
        Ok(Link { token, application })
    }

    /// Uses the token up and makes the identity, both or neither: of however many who try at once, one does.
    pub(super) async fn use_up(&self, link: &Link, identity: NewOwner<'_>) -> Result<Owner, Error> {
        let used = self.store.use_to_create_owner(link.token.id, identity);
        let used = match used.await {
            // Its application was deleted meanwhile.
            Err(StoreError::Missing { .. }) => return Err(Error::Ended(Ended::Withdrawn)),
            used => used?,
        };
        used.map_err(|refused| match refused {
            Use::Exhausted | Use::Used(_) => Error::Ended(Ended::Used),
            Use::Expired => Error::Ended(Ended::Expired),
            Use::Revoked => Error::Ended(Ended::Withdrawn),
            Use::Unknown => Error::Ended(Ended::Unknown),
        })
    }
}
