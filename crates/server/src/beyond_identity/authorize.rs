//! The authorization endpoint (RFC 6749, section 3.1): from a request to a person's decision to a code.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use specmint_store::{NewToken, Redemption, State, Token, split};

use super::BeyondIdentity;
use super::application::{API, Application, Identity, kind};
use super::consent::Consent;
use super::error::{Error, given};
use super::pkce::Challenge;
use super::redirect::redirect;
use super::registration::GrantType;
use super::scopes::Scopes;
use super::token::{Approval, new_code};
use crate::failure::Failure;
use crate::{attributes, presented};

/// The kind of the row behind a page that waits for a decision.
const CONSENT: &str = "consent";

/// How long a person may think.
const CONSENT_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// The query of an authorization request, as it was sent.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) response_type: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) redirect_uri: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) state: Option<String>,
    pub(super) code_challenge: Option<String>,
    pub(super) code_challenge_method: Option<String>,
}

/// An authorization request that is in order, as it waits for a decision.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Pending {
    redirect_uri: String,
    state: Option<String>,
    challenge: Option<Challenge>,
    scopes: Scopes,
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
struct Refusal(&'static str, &'static str);

const DENIED: Refusal = Refusal("access_denied", "The person did not approve.");

/// No redirect can have status 500 (RFC 6749, section 4.1.2.1).
const FAILED: Refusal = Refusal("server_error", "The server failed; try again.");

impl BeyondIdentity {
    /// Answers an authorization request.
    pub(super) async fn begin(
        &self,
        application: &Application,
        mut query: Query,
    ) -> Result<Step, Error> {
        query.state = query.state.filter(|state| !state.is_empty());
        if given(&query.client_id) != Some(application.registration.client_id.as_str()) {
            return Err(Error::invalid_request(
                "client_id is not this application's.",
            ));
        }
        let redirect_uri = application
            .redirect_uri(given(&query.redirect_uri))
            .ok_or(Error::invalid_request("redirect_uri is not registered."))?
            .to_owned();
        let state = query.state.clone();
        let pending = match Pending::read(application, &redirect_uri, query) {
            Ok(pending) => pending,
            Err(refusal) => return Ok(refusal.redirect(&redirect_uri, state.as_deref())),
        };
        let step = self.decide(application, &pending).await;
        Ok(step.unwrap_or_else(|Failure| FAILED.redirect(&redirect_uri, state.as_deref())))
    }

    /// Lets a person decide on what is in order; or decides, where that is what the server was told to do.
    async fn decide(&self, application: &Application, pending: &Pending) -> Result<Step, Failure> {
        let identities = application.identities(&self.store).await?;
        let Some(first) = identities.first() else {
            let nobody = Refusal("access_denied", "The realm has no identity.");
            return Ok(nobody.redirect(&pending.redirect_uri, pending.state.as_deref()));
        };
        if !self.auto_approve {
            return self.ask(application, pending, identities).await;
        }
        let approval = pending.approval(&first.id);
        let (code, row) = new_code(application, &approval, None, self.store.now())?;
        self.store.mint(row).await?;
        Ok(pending.success(&code))
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
            scopes: pending.scopes.iter().map(ToOwned::to_owned).collect(),
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
        let approval = pending.approval(&identity.id);
        let (code, row) = new_code(application, &approval, Some(ticket.id), self.store.now())?;
        let by = format!("identity:{}", identity.id);
        match self.store.redeem(ticket.id, &by, vec![row]).await? {
            Redemption::Redeemed(_) => Ok(pending.success_uri(&code)),
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
        Ok(DENIED.uri(&pending.redirect_uri, pending.state.as_deref()))
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
    /// Checks all that may be told to the client, now that its redirect URI is known.
    fn read(application: &Application, redirect_uri: &str, query: Query) -> Result<Self, Refusal> {
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
        if !application.may_use(GrantType::AuthorizationCode) {
            return Err(Refusal(
                "unauthorized_client",
                "The client may not use the authorization code grant.",
            ));
        }
        let challenge = query
            .code_challenge
            .filter(|challenge| !challenge.is_empty());
        let challenge = Challenge::read(challenge, given(&query.code_challenge_method))
            .map_err(|why| Refusal("invalid_request", why))?;
        if challenge.is_none() && !application.registration.confidential {
            return Err(Refusal(
                "invalid_request",
                "A public client must send a code_challenge.",
            ));
        }
        let allowed = &application.registration.allowed_scopes;
        let scopes = allowed.grant_to_person(given(&query.scope)).map_err(|_| {
            Refusal(
                "invalid_scope",
                "A scope is not allowed for this application.",
            )
        })?;
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            state: query.state,
            challenge,
            scopes,
        })
    }

    fn approval(&self, identity_id: &str) -> Approval {
        Approval {
            redirect_uri: self.redirect_uri.clone(),
            challenge: self.challenge.clone(),
            identity_id: identity_id.to_owned(),
            scopes: self.scopes.clone(),
        }
    }

    fn success_uri(&self, code: &str) -> String {
        redirect(&self.redirect_uri, &[("code", code)], self.state.as_deref())
    }

    fn success(&self, code: &str) -> Step {
        Step::Redirect(self.success_uri(code))
    }
}

impl Refusal {
    fn uri(&self, redirect_uri: &str, state: Option<&str>) -> String {
        let parameters = [("error", self.0), ("error_description", self.1)];
        redirect(redirect_uri, &parameters, state)
    }

    fn redirect(&self, redirect_uri: &str, state: Option<&str>) -> Step {
        Step::Redirect(self.uri(redirect_uri, state))
    }
}

#[cfg(test)]
mod tests {
    use specmint::beyond_identity::{Api, AuthorizeParameters, AuthorizeResponse};
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
