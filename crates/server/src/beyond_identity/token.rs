//! The token endpoint (RFC 6749, section 3.2): from a grant to an access token.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use specmint::beyond_identity::models::{TokenRequest, TokenResponse, TokenResponseTokenType};
use specmint_store::{Digest, NewToken, Redemption, TokenId};

use super::BeyondIdentity;
use super::access_token::{ACCESS_TOKEN, Claims, Record, jti_of};
use super::application::{API, Application};
use super::client::{Caller, Client};
use super::error::{Error, given};
use super::pkce::Challenge;
use super::registration::GrantType;
use super::scopes::Scopes;
use crate::failure::Failure;
use crate::{attributes, presented};

/// The kind of an authorization code's row.
const AUTHORIZATION_CODE: &str = "authorization_code";

/// How long a code is good for: the shorter, the less a leaked one is worth (RFC 6749, section 4.1.2).
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);

/// What a code stands for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Approval {
    pub(super) redirect_uri: String,
    pub(super) challenge: Option<Challenge>,
    pub(super) identity_id: String,
    pub(super) scopes: Scopes,
}

/// For whom a token acts.
enum Principal<'a> {
    Client,
    Identity(&'a str),
}

/// A signed token and the row that is to keep it.
struct Issue {
    row: NewToken,
    answer: TokenResponse,
}

impl BeyondIdentity {
    /// Answers a token request for `application`.
    pub(super) async fn token(
        &self,
        caller: Option<Caller>,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<TokenResponse, Error> {
        let client = self.client(caller, application, request).await?;
        let grant_type = match request.grant_type.as_str() {
            "client_credentials" => GrantType::ClientCredentials,
            "authorization_code" => GrantType::AuthorizationCode,
            "" => return Err(Error::invalid_request("grant_type is missing.")),
            _ => return Err(Error::UnsupportedGrantType),
        };
        if !client.is_of(application) {
            return Err(Error::InvalidClient);
        }
        if !application.may_use(grant_type) {
            return Err(Error::UnauthorizedClient);
        }
        match grant_type {
            GrantType::ClientCredentials => self.client_credentials(application, request).await,
            GrantType::AuthorizationCode => self.exchange(application, request).await,
        }
    }

    /// Who asks: by HTTP Basic, by a secret in the form, or, if public, by name alone; never in two ways at once
    /// (RFC 6749, section 2.3).
    async fn client(
        &self,
        caller: Option<Caller>,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<Client, Error> {
        let named = given(&request.client_id);
        let client = match (caller, given(&request.client_secret)) {
            (Some(_), Some(_)) => {
                return Err(Error::invalid_request(
                    "The client authenticates in two ways at once.",
                ));
            }
            (Some(Caller::Client(client)), None) => client,
            (Some(Caller::Bearer(_)), None) => return Err(Error::InvalidClient),
            (None, Some(secret)) => {
                let client_id = named.ok_or(Error::InvalidClient)?;
                self.authenticate(client_id, secret).await?
            }
            (None, None) => self.identify(application, named)?,
        };
        if named.is_some_and(|named| named != application.registration.client_id) {
            return Err(Error::InvalidClient);
        }
        Ok(client)
    }

    /// The client credentials grant (RFC 6749, section 4.4), which only confidential clients have.
    async fn client_credentials(
        &self,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<TokenResponse, Error> {
        if !application.registration.confidential {
            return Err(Error::UnauthorizedClient);
        }
        let scopes = application
            .registration
            .allowed_scopes
            .grant(given(&request.scope))?;
        let issue = self
            .issue(application, &Principal::Client, &scopes, None)
            .await?;
        self.store.mint(issue.row).await?;
        Ok(issue.answer)
    }

    /// The authorization code grant (RFC 6749, section 4.1.3; RFC 7636, section 4.6).
    async fn exchange(
        &self,
        application: &Application,
        request: &TokenRequest,
    ) -> Result<TokenResponse, Error> {
        let text = given(&request.code).ok_or(Error::invalid_request("code is missing."))?;
        let code = presented::issued(&self.store, API, AUTHORIZATION_CODE, "", text).await?;
        let code = code
            .filter(|code| code.owner == application.id)
            .ok_or(Error::BAD_CODE)?;
        let by = format!("client:{}", application.registration.client_id);
        if code.used_at.is_some() {
            // Whoever holds a used code, its tokens are no longer safe (RFC 6749, section 4.1.2).
            self.store.revoke_family(code.id, &by).await?;
            return Err(Error::BAD_CODE);
        }
        let approval: Approval = attributes::of_token(&code)?;
        check_redirect_uri(application, &approval, given(&request.redirect_uri))?;
        check_verifier(approval.challenge.as_ref(), given(&request.code_verifier))?;
        let scopes = approval.scopes.grant_to_person(given(&request.scope))?;
        let principal = Principal::Identity(&approval.identity_id);
        let issue = self
            .issue(application, &principal, &scopes, Some(code.id))
            .await?;
        match self.store.redeem(code.id, &by, vec![issue.row]).await? {
            Redemption::Redeemed(_) => Ok(issue.answer),
            Redemption::Replayed
            | Redemption::Expired
            | Redemption::Revoked
            | Redemption::Unknown => Err(Error::BAD_CODE),
        }
    }

    /// Signs a token and describes its row.
    async fn issue(
        &self,
        application: &Application,
        principal: &Principal<'_>,
        scopes: &Scopes,
        code: Option<TokenId>,
    ) -> Result<Issue, Failure> {
        let id = TokenId::new();
        let now = self.store.now();
        let registration = &application.registration;
        let expires_in = i64::from(registration.expires_after);
        let (sub, bi_p, identity) = match principal {
            Principal::Client => (registration.client_id.clone(), application.path(), None),
            Principal::Identity(identity) => (
                (*identity).to_owned(),
                format!("{}/identities/{identity}", application.realm_path()),
                Some(*identity),
            ),
        };
        let scope = scopes.to_string();
        let claims = Claims {
            iss: format!("{}/v1/{}", self.public_url, application.path()),
            sub,
            aud: application.audience(),
            exp: now.timestamp() + expires_in,
            nbf: now.timestamp(),
            iat: now.timestamp(),
            jti: jti_of(id),
            scope: scope.clone(),
            azp: application.path(),
            bi_p,
            bi_t: application.tenant_id.clone(),
            bi_r: application.realm_id.clone(),
        };
        let access_token = self.keys.sign(&claims).await?;
        let row = NewToken {
            id: Some(id),
            parent: code,
            scopes: Some(scope.clone()),
            attributes: Some(attributes::to_text(&Record::of(&access_token, identity))?),
            expires_at: chrono::DateTime::from_timestamp(claims.exp, 0),
            minted_by: Some(format!("client:{}", registration.client_id)),
            ..NewToken::new(API, ACCESS_TOKEN, application.id, Digest::of(&access_token))
        };
        let answer = TokenResponse {
            access_token,
            token_type: TokenResponseTokenType::Bearer,
            expires_in,
            scope,
        };
        Ok(Issue { row, answer })
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
