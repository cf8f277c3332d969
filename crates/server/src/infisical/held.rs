//! What may be done with an access token by who holds it: renew it, and end it.

use chrono::{DateTime, Utc};
use specmint::infisical::models;
use specmint_store::{State, Token, TokenUpdate};

use super::Infisical;
use super::access_token::{Claims, renewed_end};
use super::caller::Shown;
use super::ended::{Ended, Purpose};
use super::error::Error;
use super::token::{AccessToken, revoked};
use super::trusted_ip::TrustedIp;
use crate::attributes;

/// What a renewal at `now` makes of a token.
fn renewed(token: &Token, now: DateTime<Utc>) -> Result<TokenUpdate, Error> {
    let ended = |why| Err(Error::Ended(Purpose::Renew, why));
    match token.state(now) {
        State::Active => {}
        State::Expired => return Err(Error::Expired),
        State::Exhausted => return ended(Ended::UsedUp),
        State::Revoked => return ended(Ended::Revoked),
    }
    let mut kept: AccessToken = attributes::of_token(token)?;
    let end = renewed_end(now, token.created_at, kept.ttl, kept.max_ttl);
    let Ok(end) = end else {
        return ended(Ended::MaxTtlReached);
    };
    kept.renewed_at = Some(now);
    Ok(TokenUpdate {
        expires_at: Some(end),
        attributes: Some(Some(attributes::to_text(&kept)?)),
        ..TokenUpdate::default()
    })
}

impl Infisical {
    /// Gives a token another text, which ends later than the one that is shown; that one stays good until its own end.
    pub(super) async fn renew(&self, text: &str) -> Result<models::AccessToken, Error> {
        let shown = self.shown(text, Purpose::Renew).await?;
        // Nor does a token stay good by anybody whom it would not serve.
        TrustedIp::admit(&shown.token_auth.record.access_token_trusted_ips)?;
        let Shown {
            token,
            kept,
            identity,
            ..
        } = shown;
        let now = self.store.now();
        let actor = identity.actor();
        let edit = move |token: &Token| renewed(token, now);
        let edited = self.store.edit_token(token.id, &actor, edit).await?;
        let token = edited.ok_or(Error::Ended(Purpose::Renew, Ended::Unknown))??;
        let claims = Claims::new(&identity.record.id, token.id, now, token.expires_at);
        let left = claims.exp.map_or(0, |exp| exp - claims.iat);
        Ok(models::AccessToken {
            access_token: self.signer.sign(&claims)?,
            expires_in: left.into(),
            access_token_max_ttl: kept.max_ttl.into(),
            token_type: models::AccessTokenTokenType::Bearer,
        })
    }

    /// Ends a token, from wherever it is shown: whoever found it does well to end it.
    pub(super) async fn revoke_held(&self, text: &str) -> Result<models::RevokedResponse, Error> {
        let shown = self.shown(text, Purpose::Revoke).await?;
        let actor = shown.identity.actor();
        match self.store.revoke(shown.token.id, &actor).await? {
            true => Ok(revoked()),
            false => Err(Error::Ended(Purpose::Revoke, Ended::Revoked)),
        }
    }
}
