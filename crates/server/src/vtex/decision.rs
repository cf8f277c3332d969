//! A merchant's decision: the page that asks for it, and what becomes of it.

use std::sync::Arc;

use chrono::TimeDelta;
use serde::Deserialize;
use specmint::vtex::models::{Consent, ConsentDecision};
use specmint_store::{NewToken, Owner, State, Token, Use, split};

use super::authorization::Authorization;
use super::error::Error;
use super::merchant::by;
use super::pages::ConsentPage;
use super::return_url::with_code;
use super::{API, Vtex, kind};
use crate::{attributes, presented};

/// How long VTEX has to exchange a code. Nobody authenticates when it does, so that it is short.
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);

const USED: Error =
    Error::Refused("This page was used before or has expired. Start again at the store.");

/// What a merchant is kept with.
#[derive(Deserialize)]
struct Account {
    email: String,
}

/// What becomes of a decision.
pub(super) enum Decided {
    /// Back to the store, with a code.
    Back(String),
    /// Nothing was connected.
    Denied,
}

impl Vtex {
    /// The page on which a merchant who has signed in decides. Its ticket is what its form is known by again: nobody
    /// else has it, and it ends with the token.
    pub(super) async fn ask(
        &self,
        authorization: &Authorization,
        merchant: &Owner,
    ) -> Result<ConsentPage, Error> {
        let account: Account = attributes::of_owner(merchant)?;
        let (id, ticket, hash) = split::mint("");
        self.store
            .mint(NewToken {
                id: Some(id),
                parent: Some(authorization.token.id),
                expires_at: authorization.token.expires_at,
                uses_limit: Some(1),
                minted_by: Some(by(merchant.id)),
                ..NewToken::new(API, kind::TICKET, merchant.id, hash)
            })
            .await?;
        Ok(ConsentPage::new(
            authorization.return_url(),
            account.email,
            ticket,
        ))
    }

    /// Does what the merchant decided.
    pub(super) async fn decide(&self, form: Consent) -> Result<Decided, Error> {
        let ticket = presented::issued(&self.store, API, kind::TICKET, "", &form.ticket).await?;
        let ticket = ticket
            .filter(|ticket| ticket.state(self.store.now()) == State::Active)
            .ok_or(USED)?;
        let authorization = match ticket.parent {
            Some(token) => self.store.token(token).await?,
            None => None,
        };
        let authorization = self.usable(authorization)?;
        let by = by(ticket.owner);
        // Whoever presses the button twice is told so, and loses nothing.
        if !matches!(self.store.use_token(ticket.id, &by).await?, Use::Used(_)) {
            return Err(USED);
        }
        // Of several pages of one token, as in two tabs, one decides.
        let token = authorization.token.id;
        if !matches!(self.store.use_token(token, &by).await?, Use::Used(_)) {
            return Err(USED);
        }
        match form.decision {
            ConsentDecision::Approve => self.approve(&ticket, &authorization, by).await,
            ConsentDecision::Deny => {
                self.store.revoke(token, &by).await?;
                Ok(Decided::Denied)
            }
        }
    }

    /// A code, which goes back to where the token says.
    async fn approve(
        &self,
        ticket: &Arc<Token>,
        authorization: &Authorization,
        by: String,
    ) -> Result<Decided, Error> {
        let (id, code, hash) = split::mint("");
        let row = NewToken {
            id: Some(id),
            expires_at: Some(self.store.now() + CODE_LIFETIME),
            uses_limit: Some(1),
            minted_by: Some(by),
            parent: Some(authorization.token.id),
            ..NewToken::new(API, kind::AUTHORIZATION_CODE, ticket.owner, hash)
        };
        self.store.mint(row).await?;
        Ok(Decided::Back(with_code(authorization.return_url(), &code)))
    }
}
