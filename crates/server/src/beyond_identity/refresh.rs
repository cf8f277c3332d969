//! The refresh token grant (RFC 6749, section 6): each works once and brings its successor (RFC 9700, section 4.14.2).

use serde::{Deserialize, Serialize};
use specmint::beyond_identity::models::{TokenRequest, TokenResponse};
use specmint_store::{Redemption, State};

use super::BeyondIdentity;
use super::access_token::suffix_of;
use super::application::{API, Application};
use super::error::{Error, given};
use super::grant::{Grant, Openid};
use super::requested::Requested;
use crate::{attributes, presented};

/// The kind of a refresh token's row.
pub(super) const REFRESH_TOKEN: &str = "refresh_token";

/// What a refresh token stands for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Refreshing {
    /// The last characters of its text.
    suffix: String,
    /// The identity that it acts for.
    identity: String,
    grant: Grant,
}

impl Refreshing {
    /// Of a token with that text, which is ASCII.
    pub(super) fn of(text: &str, grant: Grant) -> Self {
        Self {
            suffix: suffix_of(text),
            identity: grant.identity_id.clone(),
            grant,
        }
    }

    /// The identity that it acts for.
    pub(super) fn identity(&self) -> &str {
        &self.identity
    }

    /// How tokens name that identity.
    pub(super) fn subject(&self) -> &str {
        &self.grant.subject
    }
}

impl BeyondIdentity {
    /// Answers the refresh token grant. The first use counts: of a token that comes again, nobody knows whether its
    /// client or a thief used it, so that all that came of the same approval ends.
    pub(super) async fn refresh(
        &self,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<TokenResponse, Error> {
        if !application.registration.refresh_tokens {
            return Err(Error::UnauthorizedClient);
        }
        let text = given(&request.refresh_token)
            .ok_or(Error::invalid_request("refresh_token is missing."))?;
        let token = presented::issued(&self.store, API, REFRESH_TOKEN, "", text).await?;
        let token = token
            .filter(|token| token.owner == application.id)
            .ok_or(Error::BAD_REFRESH_TOKEN)?;
        let by = application.actor();
        if token.uses > 0 {
            self.store.revoke_family(token.id, &by).await?;
        }
        if token.state(self.store.now()) != State::Active {
            return Err(Error::BAD_REFRESH_TOKEN);
        }
        let mut grant = attributes::of_token::<Refreshing>(&token)?.grant;
        let identity = self.identity(application, &grant.identity_id).await?;
        if identity.is_none() {
            return Err(Error::BAD_REFRESH_TOKEN);
        }
        let requested = Requested::read(request, &application.registration)?;
        let scopes = grant.granted(given(&request.scope), &application.registration)?;
        // The nonce was for the first ID token (OpenID Connect Core 1.0, section 12.2).
        grant.openid = grant.openid.map(|_| Openid { nonce: None });
        let issue = self
            .issue_to_person(application, grant, &scopes, requested)
            .await?;
        match self.store.redeem(token.id, &by, issue.rows).await? {
            Redemption::Redeemed(_) => Ok(issue.answer),
            Redemption::Replayed
            | Redemption::Expired
            | Redemption::Revoked
            | Redemption::Unknown => Err(Error::BAD_REFRESH_TOKEN),
        }
    }
}
