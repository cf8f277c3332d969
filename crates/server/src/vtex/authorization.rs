//! The token of the first step: the context in which a merchant decides.

use std::sync::Arc;

use chrono::TimeDelta;
use specmint::vtex::models::AuthorizationToken;
use specmint_runtime::types::{Uri, Uuid};
use specmint_store::{Digest, NewToken, State, Token};

use super::error::Error;
use super::{API, APPLICATION_ID, Vtex, application, kind};

/// How long a merchant has to sign in or up, and to decide.
const LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// The token of a merchant who may still decide.
pub(super) struct Authorization {
    pub(super) token: Arc<Token>,
}

impl Authorization {
    /// Where the merchant goes back to.
    pub(super) fn return_url(&self) -> &str {
        self.token.attributes.as_deref().unwrap_or_default()
    }
}

impl Vtex {
    /// A new token for a merchant who goes back to `return_url`.
    pub(super) async fn authorize(&self, return_url: Uri) -> Result<AuthorizationToken, Error> {
        let application = application(&self.store).await?;
        let token = Uuid::new_v4().to_string();
        self.store
            .mint(NewToken {
                // The protocol's example is a bare UUID, which names no row: so its hash must.
                indexed: true,
                attributes: Some(return_url.into_string()),
                expires_at: Some(self.store.now() + LIFETIME),
                uses_limit: Some(1),
                minted_by: Some(format!("{}:{APPLICATION_ID}", kind::APPLICATION)),
                ..NewToken::new(
                    API,
                    kind::AUTHORIZATION_TOKEN,
                    application.id,
                    Digest::of(&token),
                )
            })
            .await?;
        Ok(AuthorizationToken {
            application_id: APPLICATION_ID.to_owned(),
            token,
        })
    }

    /// The token of that text, if it may still be used.
    pub(super) async fn authorization(&self, token: &str) -> Result<Authorization, Error> {
        let hash = Digest::of(token);
        let found = self
            .store
            .find_token_by_hash(API, kind::AUTHORIZATION_TOKEN, &hash)
            .await?;
        self.usable(found.map(Arc::new))
    }

    /// `token`, if it may still be used; else why it may not.
    pub(super) fn usable(&self, token: Option<Arc<Token>>) -> Result<Authorization, Error> {
        let token = token.ok_or(Error::Refused("There is no such token."))?;
        match token.state(self.store.now()) {
            State::Active => Ok(Authorization { token }),
            State::Expired => Err(Error::Refused(
                "The token has expired. Start again at the store.",
            )),
            State::Exhausted => Err(Error::Refused(
                "The token was used before. Start again at the store.",
            )),
            // By the merchant, who declined, or by an administrator.
            State::Revoked => Err(Error::Refused(
                "The token was withdrawn, and nothing was connected. Start again at the store.",
            )),
        }
    }
}
