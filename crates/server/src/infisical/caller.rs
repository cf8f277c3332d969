//! Who calls: the machine identity of the access token that a request shows.

use std::sync::Arc;

use specmint::infisical::Security;
use specmint_runtime::Bearer;
use specmint_store::{OwnerId, State, Token, Use};

use super::access_token::Claims;
use super::ended::{Ended, Purpose};
use super::error::Error;
use super::identity::Identity;
use super::role::Action;
use super::token::AccessToken;
use super::token_auth::TokenAuth;
use super::trusted_ip::TrustedIp;
use super::{API, Infisical, kind};
use crate::attributes;
use crate::failure::Failure;

/// The machine identity that calls.
#[derive(Debug)]
pub struct Caller {
    identity: Identity,
}

impl Caller {
    /// The organization that it belongs to.
    pub(super) fn organization(&self) -> Result<OwnerId, Failure> {
        self.identity.organization()
    }

    /// By which name it stands in the trail.
    pub(super) fn actor(&self) -> String {
        self.identity.actor()
    }

    /// Whether it may do `action` to some identity of its organization.
    pub(super) fn may(&self, action: Action) -> Result<(), Error> {
        Ok(self.identity.record.role.may(action)?)
    }

    /// Whether it may do `action` to `identity`.
    pub(super) fn may_to(&self, action: Action, identity: &Identity) -> Result<(), Error> {
        let role = self.identity.record.role;
        Ok(role.may_to(action, identity.record.role)?)
    }
}

/// An access token that somebody shows, and what it belongs to.
pub(super) struct Shown {
    pub(super) token: Arc<Token>,
    pub(super) kept: AccessToken,
    pub(super) identity: Identity,
    pub(super) token_auth: TokenAuth,
}

impl Infisical {
    /// The token whose text is `text`, unless it has expired or was ended. How often it was used is for the caller to judge.
    pub(super) async fn shown(&self, text: &str, purpose: Purpose) -> Result<Shown, Error> {
        let claims = self.signer.read(text, self.store.now())?;
        if !claims.is_of_identity() {
            return Err(match purpose {
                Purpose::Authorize => Error::Malformed,
                Purpose::Renew | Purpose::Revoke => Error::NotAnAccessToken,
            });
        }
        let ended = |why| Error::Ended(purpose, why);
        let token = self.kept(&claims).await?;
        let token = token.ok_or(ended(Ended::Unknown))?;
        let kept: AccessToken = attributes::of_token(&token)?;
        let identity = self.store.owner(kept.identity.into()).await?;
        let identity = identity.ok_or(ended(Ended::IdentityDeleted))?;
        let token_auth = self.store.owner(token.owner).await?;
        let token_auth = token_auth.ok_or(ended(Ended::AuthMethodRemoved))?;
        if token.revoked_at.is_some() {
            return Err(ended(Ended::Revoked));
        }
        Ok(Shown {
            token,
            kept,
            identity: Identity::of(identity)?,
            token_auth: TokenAuth::of(token_auth)?,
        })
    }

    async fn kept(&self, claims: &Claims) -> Result<Option<Arc<Token>>, Error> {
        let id = claims.identity_access_token_id.parse();
        // The signature proves the text; after a renewal it is not the one whose digest is kept.
        let found = self.store.token(id.map_err(|_| Error::Malformed)?).await?;
        Ok(found.filter(|token| token.api == API && token.kind == kind::ACCESS_TOKEN))
    }

    /// Counts a use, exactly where uses are limited, and refuses what is no longer good.
    async fn count(&self, shown: &Shown) -> Result<(), Error> {
        let ended = |why| Err(Error::Ended(Purpose::Authorize, why));
        let token = &shown.token;
        let state = if token.uses_limit.is_some() {
            let actor = shown.identity.actor();
            match self.store.use_token(token.id, &actor).await? {
                Use::Used(_) => State::Active,
                Use::Exhausted => State::Exhausted,
                Use::Revoked => State::Revoked,
                Use::Expired => State::Expired,
                Use::Unknown => return ended(Ended::Unknown),
            }
        } else {
            let state = token.state(self.store.now());
            if state == State::Active {
                self.store.tally_use(token);
            }
            state
        };
        match state {
            State::Active => Ok(()),
            State::Exhausted => ended(Ended::UsedUp),
            State::Revoked => ended(Ended::Revoked),
            State::Expired => Err(Error::Expired),
        }
    }
}

impl Security for Infisical {
    type Caller = Caller;
    type Error = Error;

    async fn bearer_auth(
        &self,
        token: Bearer,
        _: &'static [&'static str],
    ) -> Result<Caller, Error> {
        let shown = self.shown(token.expose(), Purpose::Authorize).await?;
        // First, so that nobody uses up a token from where it may not be used.
        TrustedIp::admit(&shown.token_auth.record.access_token_trusted_ips)?;
        self.count(&shown).await?;
        Ok(Caller {
            identity: shown.identity,
        })
    }
}
