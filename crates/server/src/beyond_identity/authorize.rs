//! The authorization endpoint (RFC 6749, section 3.1): from a request to a person's decision to a code.

use chrono::TimeDelta;
use specmint::beyond_identity::models::AuthorizationRequest;
use specmint_store::{NewToken, State, Token, Use, split};

use super::BeyondIdentity;
use super::application::{API, Application, Identity, kind};
use super::asking::Asking;
use super::code::new_code;
use super::consent::Consent;
use super::error::{Error, given};
use super::pending::Pending;
use super::redirect::{Back, ResponseMode, Way};
use super::scopes::is_of_openid;
use crate::failure::Failure;
use crate::hosted_page::HostedPage;
use crate::{attributes, presented};

/// The kind of the row behind a page that waits for a decision.
const CONSENT: &str = "consent";

/// How long a person may think.
const CONSENT_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// What the browser gets.
pub(super) enum Step {
    /// A page to decide on.
    Page(Consent),
    /// The way back to the client.
    Back(Back),
}

/// The same on the wire.
pub(super) enum Shown {
    /// A page.
    Page(HostedPage),
    /// Another address.
    Elsewhere(String),
}

impl Step {
    /// Renders it.
    pub(super) fn shown(self) -> Result<Shown, Failure> {
        Ok(match self {
            Self::Page(page) => Shown::Page(page.html()?),
            Self::Back(Back::Post(page)) => Shown::Page(page.html()?),
            Self::Back(Back::Redirect(location)) => Shown::Elsewhere(location),
        })
    }
}

/// An error that the client is told through its redirect URI (RFC 6749, section 4.1.2.1).
#[derive(Debug, PartialEq)]
pub(super) struct Refusal(pub(super) &'static str, pub(super) &'static str);

const DENIED: Refusal = Refusal("access_denied", "The person did not approve.");

const NOBODY: Refusal = Refusal("access_denied", "The realm has no identity.");

/// Nobody is remembered here, so that every approval needs the page.
const UNSEEN: Refusal = Refusal("login_required", "The person has to be asked.");

/// The person whom the client knows is not of the realm (OpenID Connect Core 1.0, section 3.1.2.2).
const GONE: Refusal = Refusal(
    "login_required",
    "The person of id_token_hint is not of this realm.",
);

/// No redirect can have status 500 (RFC 6749, section 4.1.2.1).
const FAILED: Refusal = Refusal("server_error", "The server failed; try again.");

impl BeyondIdentity {
    /// Answers an authorization request.
    pub(super) async fn begin(
        &self,
        application: &Application,
        query: &AuthorizationRequest,
    ) -> Result<Step, Error> {
        if given(&query.client_id) != Some(application.registration.client_id.as_str()) {
            return Err(Error::invalid_request(
                "client_id is not this application's.",
            ));
        }
        if given(&query.redirect_uri).is_none() && is_of_openid(given(&query.scope)) {
            return Err(Error::invalid_request(
                "redirect_uri is missing, which OpenID Connect requires.",
            ));
        }
        let way = Way {
            redirect_uri: application
                .redirect_uri(given(&query.redirect_uri))
                .ok_or(Error::invalid_request("redirect_uri is not registered."))?
                .to_owned(),
            state: given(&query.state).map(ToOwned::to_owned),
            issuer: self.issuer(application),
            mode: given(&query.response_mode)
                .and_then(ResponseMode::named)
                .unwrap_or_default(),
        };
        let step = self.consider(application, &way, query).await;
        let step = step.unwrap_or(Err(FAILED));
        Ok(step.unwrap_or_else(|refusal| Step::Back(refusal.back(&way))))
    }

    /// Answers it, now that the way back is known.
    async fn consider(
        &self,
        application: &Application,
        way: &Way,
        query: &AuthorizationRequest,
    ) -> Result<Result<Step, Refusal>, Failure> {
        let read = Asking::read(query)
            .and_then(|asking| Ok((asking, Pending::read(application, way, query)?)));
        let (asking, mut pending) = match read {
            Ok(read) => read,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let hint = given(&query.id_token_hint);
        match self.named_by(application, hint).await? {
            Ok(subject) => pending.subject = subject,
            Err(refusal) => return Ok(Err(refusal)),
        }
        self.decide(application, &pending, &asking).await
    }

    /// Lets a person decide on what is in order; or decides, where that is what the server was told to do.
    async fn decide(
        &self,
        application: &Application,
        pending: &Pending,
        asking: &Asking,
    ) -> Result<Result<Step, Refusal>, Failure> {
        let mut identities = application.identities(&self.store).await?;
        if identities.is_empty() {
            return Ok(Err(NOBODY));
        }
        identities.retain(|identity| pending.is_for(application, identity));
        if let Some(hint) = &asking.login_hint {
            identities.sort_by_key(|identity| !identity.is_hinted_at(hint));
        }
        let Some(first) = identities.first() else {
            return Ok(Err(GONE));
        };
        if !self.auto_approve {
            if asking.silently {
                return Ok(Err(UNSEEN));
            }
            let page = self.ask(application, pending, identities).await?;
            return Ok(Ok(Step::Page(page)));
        }
        let now = self.store.now();
        let approval = pending.approval(application, first, now);
        let (code, row) = new_code(application, &approval, None, now)?;
        self.store.mint(row).await?;
        Ok(Ok(Step::Back(pending.success(&code))))
    }

    /// Shows the page, and keeps what it is about until it is sent back.
    async fn ask(
        &self,
        application: &Application,
        pending: &Pending,
        identities: Vec<Identity>,
    ) -> Result<Consent, Failure> {
        let (id, ticket, hash) = split::mint("");
        let row = NewToken {
            id: Some(id),
            attributes: Some(attributes::to_text(pending)?),
            expires_at: Some(self.store.now() + CONSENT_LIFETIME),
            uses_limit: Some(1),
            ..NewToken::new(API, CONSENT, application.id, hash)
        };
        self.store.mint(row).await?;
        Ok(Consent {
            application: application.registration.display_name.clone(),
            scopes: pending.access(),
            identities,
            ticket,
            redirect_uri: pending.way.redirect_uri.clone(),
        })
    }

    /// The person approved, as the identity of that id: a code for it.
    pub(super) async fn approve(
        &self,
        application: &Application,
        ticket: &str,
        identity_id: Option<&str>,
    ) -> Result<Step, Error> {
        let ticket = self.ticket(application, ticket).await?;
        let pending: Pending = attributes::of_token(&ticket)?;
        if !application.admits(&pending.way.redirect_uri, pending.challenge.is_some()) {
            return Err(Error::invalid_request(
                "The application has changed since the page was shown; start again.",
            ));
        }
        let identity = match identity_id {
            None => None,
            Some(id) => {
                let realm = Some(application.realm);
                self.store
                    .find_owner(API, kind::IDENTITY, realm, id)
                    .await?
            }
        };
        let identity = identity.as_deref().map(attributes::of_owner).transpose()?;
        let identity: Identity = identity
            .filter(|identity| pending.is_for(application, identity))
            .ok_or(Error::invalid_request(
                "identity_id is none that was offered.",
            ))?;
        let now = self.store.now();
        let approval = pending.approval(application, &identity, now);
        let (code, row) = new_code(application, &approval, Some(ticket.id), now)?;
        self.use_up(&ticket, &format!("identity:{}", identity.id))
            .await?;
        self.store.mint(row).await?;
        Ok(Step::Back(pending.success(&code)))
    }

    /// The person said no.
    pub(super) async fn deny(
        &self,
        application: &Application,
        ticket: &str,
    ) -> Result<Step, Error> {
        let ticket = self.ticket(application, ticket).await?;
        let pending: Pending = attributes::of_token(&ticket)?;
        self.use_up(&ticket, "page:authorize").await?;
        Ok(Step::Back(DENIED.back(&pending.way)))
    }

    /// Of however many answers to a page, one counts: who presses a button twice loses nothing.
    async fn use_up(&self, ticket: &Token, by: &str) -> Result<(), Error> {
        match self.store.use_token(ticket.id, by).await? {
            Use::Used(_) => Ok(()),
            _ => Err(Error::BAD_TICKET),
        }
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

impl Refusal {
    fn back(&self, way: &Way) -> Back {
        way.with(&[("error", self.0), ("error_description", self.1)])
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
            nonce: None,
            prompt: None,
            max_age: None,
            login_hint: None,
            id_token_hint: None,
            response_mode: None,
            request2: None,
            request_uri: None,
            registration: None,
        };
        let answer = api.authorize(ask()).await;
        assert!(
            matches!(answer, Ok(AuthorizeResponse::Ok { .. })),
            "{answer:?}"
        );
        store.close().await;
        let answer = api.authorize(ask()).await;
        let Ok(AuthorizeResponse::Found { location }) = answer else {
            panic!("{answer:?}");
        };
        assert!(location.starts_with(&format!("{}?error=server_error&", demo.redirect_uri)));
        assert!(location.ends_with("&state=a-state"), "{location}");
    }
}
