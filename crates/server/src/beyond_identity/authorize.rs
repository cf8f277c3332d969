//! The authorization endpoint (RFC 6749, section 3.1): from a request to a person's decision to a code.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use specmint::beyond_identity::AuthorizeParameters;
use specmint_store::{NewToken, Redemption, State, Token, split};

use super::BeyondIdentity;
use super::application::{API, Application, Identity, kind};
use super::asking::Asking;
use super::code::{Approval, new_code};
use super::consent::Consent;
use super::error::{Error, given};
use super::grant::{Grant, Openid};
use super::pkce::Challenge;
use super::redirect::Way;
use super::registration::GrantType;
use super::scopes::{InvalidScope, OF_OPENID, OPENID, Scopes};
use crate::failure::Failure;
use crate::{attributes, presented};

/// The kind of the row behind a page that waits for a decision.
const CONSENT: &str = "consent";

/// How long a person may think.
const CONSENT_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// An authorization request that is in order, as it waits for a decision.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Pending {
    way: Way,
    challenge: Option<Challenge>,
    scopes: Scopes,
    more: Scopes,
    openid: Option<Openid>,
}

/// What the browser gets.
pub(super) enum Step {
    /// A page to decide on.
    Page(Consent),
    /// The way back to the client.
    Redirect(String),
}

/// An error that the client is told through its redirect URI (RFC 6749, section 4.1.2.1).
#[derive(Debug, PartialEq)]
pub(super) struct Refusal(pub(super) &'static str, pub(super) &'static str);

const DENIED: Refusal = Refusal("access_denied", "The person did not approve.");

const NOBODY: Refusal = Refusal("access_denied", "The realm has no identity.");

/// Nobody is remembered here, so that every approval needs the page.
const UNSEEN: Refusal = Refusal("login_required", "The person has to be asked.");

/// No redirect can have status 500 (RFC 6749, section 4.1.2.1).
const FAILED: Refusal = Refusal("server_error", "The server failed; try again.");

impl BeyondIdentity {
    /// Answers an authorization request.
    pub(super) async fn begin(
        &self,
        application: &Application,
        query: AuthorizeParameters,
    ) -> Result<Step, Error> {
        if given(&query.client_id) != Some(application.registration.client_id.as_str()) {
            return Err(Error::invalid_request(
                "client_id is not this application's.",
            ));
        }
        let way = Way {
            redirect_uri: application
                .redirect_uri(given(&query.redirect_uri))
                .ok_or(Error::invalid_request("redirect_uri is not registered."))?
                .to_owned(),
            state: given(&query.state).map(ToOwned::to_owned),
            issuer: self.issuer(application),
        };
        let asking = match Asking::read(&query) {
            Ok(asking) => asking,
            Err(refusal) => return Ok(refusal.redirect(&way)),
        };
        let pending = match Pending::read(application, way.clone(), query) {
            Ok(pending) => pending,
            Err(refusal) => return Ok(refusal.redirect(&way)),
        };
        let step = self.decide(application, &pending, &asking).await;
        Ok(step.unwrap_or_else(|Failure| FAILED.redirect(&way)))
    }

    /// Lets a person decide on what is in order; or decides, where that is what the server was told to do.
    async fn decide(
        &self,
        application: &Application,
        pending: &Pending,
        asking: &Asking,
    ) -> Result<Step, Failure> {
        let mut identities = application.identities(&self.store).await?;
        if let Some(hint) = &asking.login_hint {
            identities.sort_by_key(|identity| !identity.is_hinted_at(hint));
        }
        let Some(first) = identities.first() else {
            return Ok(NOBODY.redirect(&pending.way));
        };
        if !self.auto_approve {
            if asking.silently {
                return Ok(UNSEEN.redirect(&pending.way));
            }
            return self.ask(application, pending, identities).await;
        }
        let now = self.store.now();
        let approval = pending.approval(application, first, now);
        let (code, row) = new_code(application, &approval, None, now)?;
        self.store.mint(row).await?;
        Ok(Step::Redirect(pending.success(&code)))
    }

    /// Shows the page, and keeps what it is about until it is sent back.
    async fn ask(
        &self,
        application: &Application,
        pending: &Pending,
        identities: Vec<Identity>,
    ) -> Result<Step, Failure> {
        let (id, ticket, hash) = split::mint("");
        let row = NewToken {
            id: Some(id),
            attributes: Some(attributes::to_text(pending)?),
            expires_at: Some(self.store.now() + CONSENT_LIFETIME),
            uses_limit: Some(1),
            ..NewToken::new(API, CONSENT, application.id, hash)
        };
        self.store.mint(row).await?;
        Ok(Step::Page(Consent {
            application: application.registration.display_name.clone(),
            scopes: pending.access(),
            identities,
            ticket,
        }))
    }

    /// The person approved, as the identity of that id: a code for it.
    pub(super) async fn approve(
        &self,
        application: &Application,
        ticket: &str,
        identity_id: Option<&str>,
    ) -> Result<String, Error> {
        let ticket = self.ticket(application, ticket).await?;
        let pending: Pending = attributes::of_token(&ticket)?;
        let identity = match identity_id {
            None => None,
            Some(id) => {
                let realm = Some(application.realm);
                self.store
                    .find_owner(API, kind::IDENTITY, realm, id)
                    .await?
            }
        };
        let identity =
            identity.ok_or(Error::invalid_request("identity_id is not of this realm."))?;
        let identity: Identity = attributes::of_owner(&identity)?;
        let now = self.store.now();
        let approval = pending.approval(application, &identity, now);
        let (code, row) = new_code(application, &approval, Some(ticket.id), now)?;
        let by = format!("identity:{}", identity.id);
        match self.store.redeem(ticket.id, &by, vec![row]).await? {
            Redemption::Redeemed(_) => Ok(pending.success(&code)),
            _ => Err(Error::BAD_TICKET),
        }
    }

    /// The person said no.
    pub(super) async fn deny(
        &self,
        application: &Application,
        ticket: &str,
    ) -> Result<String, Error> {
        let ticket = self.ticket(application, ticket).await?;
        let pending: Pending = attributes::of_token(&ticket)?;
        if !self.store.revoke(ticket.id, "page:authorize").await? {
            return Err(Error::BAD_TICKET);
        }
        Ok(DENIED.uri(&pending.way))
    }

    /// The row behind a page of `application` that was not sent back yet.
    async fn ticket(
        &self,
        application: &Application,
        ticket: &str,
    ) -> Result<std::sync::Arc<Token>, Error> {
        presented::issued(&self.store, API, CONSENT, "", ticket)
            .await?
            .filter(|ticket| ticket.owner == application.id)
            .filter(|ticket| ticket.state(self.store.now()) == State::Active)
            .ok_or(Error::BAD_TICKET)
    }
}

impl Pending {
    /// Checks all that may be told to the client, now that the way back is known.
    fn read(
        application: &Application,
        way: Way,
        query: AuthorizeParameters,
    ) -> Result<Self, Refusal> {
        match given(&query.response_type) {
            Some("code") => {}
            None => return Err(Refusal("invalid_request", "response_type is missing.")),
            Some(_) => {
                return Err(Refusal(
                    "unsupported_response_type",
                    "response_type must be code.",
                ));
            }
        }
        let registration = &application.registration;
        if !application.may_use(GrantType::AuthorizationCode) {
            return Err(Refusal(
                "unauthorized_client",
                "The client may not use the authorization code grant.",
            ));
        }
        let challenge = given(&query.code_challenge).map(ToOwned::to_owned);
        let method = given(&query.code_challenge_method);
        let challenge = Challenge::read(challenge, method, application.pkce())
            .map_err(|why| Refusal("invalid_request", why))?;
        let allowed = &registration.allowed_scopes;
        let asked = allowed.ask(given(&query.scope), registration.refresh_tokens);
        let asked = asked.map_err(|InvalidScope| {
            Refusal(
                "invalid_scope",
                "A scope is not allowed for this application.",
            )
        })?;
        // Without a scope all that is allowed is meant, which `openid` is not.
        let openid = asked.scopes.contains(OPENID).then(|| Openid {
            nonce: given(&query.nonce).map(ToOwned::to_owned),
        });
        Ok(Self {
            way,
            challenge,
            scopes: asked.scopes,
            more: asked.more,
            openid,
        })
    }

    /// What the application could do: scopes that ask who a person is left out.
    fn access(&self) -> Vec<String> {
        let all = self.scopes.and(&self.more);
        let access = all.iter().filter(|scope| !OF_OPENID.contains(scope));
        access.map(ToOwned::to_owned).collect()
    }

    fn approval(
        &self,
        application: &Application,
        identity: &Identity,
        now: DateTime<Utc>,
    ) -> Approval {
        let subject = identity.subject(application.registration.subject_field);
        Approval {
            redirect_uri: self.way.redirect_uri.clone(),
            challenge: self.challenge.clone(),
            grant: Grant {
                identity_id: identity.id.clone(),
                subject: subject.to_owned(),
                scopes: self.scopes.clone(),
                more: self.more.clone(),
                auth_time: now.timestamp(),
                openid: self.openid.clone(),
                custom_claims: None,
            },
        }
    }

    fn success(&self, code: &str) -> String {
        self.way.with(&[("code", code)])
    }
}

impl Refusal {
    fn uri(&self, way: &Way) -> String {
        way.with(&[("error", self.0), ("error_description", self.1)])
    }

    fn redirect(&self, way: &Way) -> Step {
        Step::Redirect(self.uri(way))
    }
}

#[cfg(test)]
mod tests {
    use specmint::beyond_identity::{Api, AuthorizeResponse};
    use specmint_store::{Options, Store};

    use super::*;
    use crate::demo;

    #[tokio::test]
    async fn a_failure_is_told_to_the_client_once_its_redirect_uri_is_known() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/store.db", directory.path().display());
        let store = Store::open(Options::new(url)).await.unwrap();
        let demo = demo::make(&store).await.unwrap().demo.beyond_identity;
        let api = BeyondIdentity::new(store.clone(), "http://localhost".to_owned(), false);
        let api = api.await.unwrap();
        let ask = || AuthorizeParameters {
            tenant_id: demo.tenant_id.clone(),
            realm_id: demo.realm_id.clone(),
            application_id: demo.application_id.clone(),
            response_type: Some("code".to_owned()),
            client_id: Some(demo.client_id.clone()),
            redirect_uri: None,
            scope: None,
            state: Some("a-state".to_owned()),
            code_challenge: None,
            code_challenge_method: None,
            nonce: None,
            prompt: None,
            max_age: None,
            login_hint: None,
            response_mode: None,
            request2: None,
            request_uri: None,
        };
        let answer = api.authorize(ask()).await;
        assert!(matches!(answer, Ok(AuthorizeResponse::Ok(_))), "{answer:?}");
        store.close().await;
        let answer = api.authorize(ask()).await;
        let Ok(AuthorizeResponse::Found { location }) = answer else {
            panic!("{answer:?}");
        };
        assert!(location.starts_with(&format!("{}?error=server_error&", demo.redirect_uri)));
        assert!(location.ends_with("&state=a-state"), "{location}");
    }
}
