//! Authorization codes: what one stands for, and the grant that redeems it (RFC 6749, section 4.1.3).

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use specmint::beyond_identity::models::{TokenRequest, TokenResponse};
use specmint_store::{NewToken, Redemption, TokenId};

use super::BeyondIdentity;
use super::application::{API, Application};
use super::error::{Error, given};
use super::grant::Grant;
use super::pkce::Challenge;
use super::requested::Requested;
use super::scopes::Scopes;
use crate::failure::Failure;
use crate::{attributes, presented};

/// The kind of an authorization code's row.
pub(super) const AUTHORIZATION_CODE: &str = "authorization_code";

/// How long a code is good for: the shorter, the less a leaked one is worth (RFC 6749, section 4.1.2).
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);

/// What a code stands for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Approval {
    pub(super) redirect_uri: String,
    pub(super) challenge: Option<Challenge>,
    pub(super) grant: Grant,
}

impl BeyondIdentity {
    /// The authorization code grant (RFC 6749, section 4.1.3; RFC 7636, section 4.6).
    pub(super) async fn exchange(
        &self,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<TokenResponse, Error> {
        let text = given(&request.code).ok_or(Error::invalid_request("code is missing."))?;
        let code = presented::issued(&self.store, API, AUTHORIZATION_CODE, "", text).await?;
        let code = code
            .filter(|code| code.owner == application.id)
            .ok_or(Error::BAD_CODE)?;
        let by = application.actor();
        if code.uses > 0 {
            // Whoever holds a used code, its tokens are no longer safe (RFC 6749, section 4.1.2).
            self.store.revoke_family(code.id, &by).await?;
            return Err(Error::BAD_CODE);
        }
        let approval: Approval = attributes::of_token(&code)?;
        check_redirect_uri(application, &approval, given(&request.redirect_uri))?;
        check_verifier(approval.challenge.as_ref(), given(&request.code_verifier))?;
        if !application.admits(&approval.redirect_uri, approval.challenge.is_some()) {
            return Err(Error::BAD_CODE);
        }
        let person = self.identity(application, &approval.grant.identity_id);
        if person.await?.is_none() {
            return Err(Error::BAD_CODE);
        }
        let requested = Requested::read(request, &application.registration)?;
        let scopes = approval
            .grant
            .granted(given(&request.scope), &application.registration)?;
        // What is granted now is what a refresh token will stand for (RFC 6749, section 6).
        let grant = Grant {
            scopes: scopes.clone(),
            more: Scopes::default(),
            ..approval.grant
        };
        let issue = self
            .issue_to_person(application, grant, &scopes, requested)
            .await?;
        match self.store.redeem(code.id, &by, issue.rows).await? {
            Redemption::Redeemed(_) => Ok(issue.answer),
            Redemption::Replayed
            | Redemption::Expired
            | Redemption::Revoked
            | Redemption::Unknown => Err(Error::BAD_CODE),
        }
    }
}

/// A new code for `approval`: its text, to be shown once, and its row.
pub(super) fn new_code(
    application: &Application,
    approval: &Approval,
    ticket: Option<TokenId>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(String, NewToken), Failure> {
    let (id, text, hash) = specmint_store::split::mint("");
    let row = NewToken {
        id: Some(id),
        parent: ticket,
        attributes: Some(attributes::to_text(approval)?),
        expires_at: Some(now + CODE_LIFETIME),
        uses_limit: Some(1),
        ..NewToken::new(API, AUTHORIZATION_CODE, application.id, hash)
    };
    Ok((text, row))
}

/// The redirect URI of the authorization request comes again with its code (RFC 6749, section 4.1.3). It may be
/// left out where it adds nothing: PKCE binds the code already, or there is only one that it could be.
fn check_redirect_uri(
    application: &Application,
    approval: &Approval,
    sent: Option<&str>,
) -> Result<(), Error> {
    let good = match sent {
        Some(sent) => sent == approval.redirect_uri,
        None => approval.challenge.is_some() || application.redirect_uri(None).is_some(),
    };
    if good {
        Ok(())
    } else {
        Err(Error::InvalidGrant(
            "redirect_uri is not the one of the authorization request.",
        ))
    }
}

/// A challenge needs its verifier, and a verifier its challenge (RFC 7636, section 4.6; RFC 9700, section 4.8.2).
fn check_verifier(challenge: Option<&Challenge>, verifier: Option<&str>) -> Result<(), Error> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier)) if challenge.is_met_by(verifier) => Ok(()),
        (Some(_), Some(_)) => Err(Error::InvalidGrant(
            "code_verifier does not meet the code_challenge.",
        )),
        (Some(_), None) => Err(Error::InvalidGrant("code_verifier is missing.")),
        (None, Some(_)) => Err(Error::InvalidGrant(
            "The code was asked for without a code_challenge.",
        )),
    }
}
