//! An authorization request that is in order, and what comes of it when a person approves.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specmint::beyond_identity::AuthorizeParameters;
use specmint::beyond_identity::models::AuthorizationRequest;

use super::application::{Application, Identity};
use super::authorize::Refusal;
use super::code::Approval;
use super::error::given;
use super::grant::{Grant, Openid};
use super::pkce::Challenge;
use super::redirect::{Back, Way};
use super::registration::GrantType;
use super::scopes::{InvalidScope, OF_OPENID, OPENID, Scopes};

/// An authorization request that is in order, as it waits for a decision.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) way: Way,
    pub(super) challenge: Option<Challenge>,
    pub(super) scopes: Scopes,
    pub(super) more: Scopes,
    pub(super) openid: Option<Openid>,
    /// Whom an ID token named: nobody else may approve.
    #[serde(default)]
    pub(super) subject: Option<String>,
}

impl Pending {
    /// Checks all that may be told to the client, now that the way back is known.
    pub(super) fn read(
        application: &Application,
        way: &Way,
        query: &AuthorizationRequest,
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
            way: way.clone(),
            challenge,
            scopes: asked.scopes,
            more: asked.more,
            openid,
            subject: None,
        })
    }

    /// Whether this person may approve.
    pub(super) fn is_for(&self, application: &Application, identity: &Identity) -> bool {
        let own = identity.subject(application.registration.subject_field);
        self.subject.as_ref().is_none_or(|subject| subject == own)
    }

    /// What the application could do: scopes that ask who a person is left out.
    pub(super) fn access(&self) -> Vec<String> {
        let all = self.scopes.and(&self.more);
        let access = all.iter().filter(|scope| !OF_OPENID.contains(scope));
        access.map(ToOwned::to_owned).collect()
    }

    pub(super) fn approval(
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

    pub(super) fn success(&self, code: &str) -> Back {
        self.way.with(&[("code", code)])
    }
}

/// A request by GET says the same as one by POST.
pub(super) fn as_form(query: AuthorizeParameters) -> AuthorizationRequest {
    AuthorizationRequest {
        response_type: query.response_type,
        client_id: query.client_id,
        redirect_uri: query.redirect_uri,
        scope: query.scope,
        state: query.state,
        code_challenge: query.code_challenge,
        code_challenge_method: query.code_challenge_method,
        nonce: query.nonce,
        prompt: query.prompt,
        max_age: query.max_age,
        login_hint: query.login_hint,
        id_token_hint: query.id_token_hint,
        response_mode: query.response_mode,
        request: query.request2,
        request_uri: query.request_uri,
        registration: query.registration,
    }
}
