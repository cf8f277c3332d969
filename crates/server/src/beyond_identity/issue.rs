//! Making tokens: their texts, shown once, and their rows.

use chrono::{DateTime, TimeDelta};
use specmint::beyond_identity::models::{TokenResponse, TokenResponseTokenType};
use specmint_store::{Digest, NewToken, TokenId, split};

use super::BeyondIdentity;
use super::access_token::{ACCESS_TOKEN, Claims, EVERY_REALM, Record, jti_of};
use super::application::{API, Application};
use super::grant::Grant;
use super::id_token::{IdToken, Person};
use super::keys::Key;
use super::refresh::{REFRESH_TOKEN, Refreshing};
use super::registration::TokenFormat;
use super::requested::Requested;
use super::scopes::Scopes;
use crate::attributes;
use crate::failure::Failure;

/// The least that a refresh token is good for: three months, and again with each one that replaces it.
const REFRESH_LIFETIME: TimeDelta = TimeDelta::seconds(7_776_000);

/// For whom a token acts.
struct Principal<'a> {
    sub: &'a str,
    /// By its path.
    bi_p: String,
    identity: Option<&'a str>,
}

/// What an access token is to be.
struct Wanted<'a> {
    application: &'a Application,
    principal: Principal<'a>,
    scopes: &'a Scopes,
    requested: Requested,
    /// The application as the issuer.
    issuer: String,
    /// In seconds since 1970.
    now: i64,
}

/// What a token request is answered with, and the rows that are to keep it.
pub(super) struct Issue {
    pub(super) rows: Vec<NewToken>,
    pub(super) answer: TokenResponse,
}

impl BeyondIdentity {
    /// A token for the application itself.
    pub(super) async fn issue_to_client(
        &self,
        application: &Application,
        scopes: &Scopes,
        requested: Requested,
    ) -> Result<Issue, Failure> {
        let ring = self.keys.ring().await?;
        let principal = Principal {
            sub: &application.registration.client_id,
            bi_p: application.path(),
            identity: None,
        };
        let wanted = self.wanted(application, principal, scopes, requested);
        wanted.access_token(ring.signing()?).await
    }

    /// A token with `scopes` for what a person approved, and beside it those that were asked for.
    pub(super) async fn issue_to_person(
        &self,
        application: &Application,
        mut grant: Grant,
        scopes: &Scopes,
        mut requested: Requested,
    ) -> Result<Issue, Failure> {
        let ring = self.keys.ring().await?;
        let key = ring.signing()?;
        if requested.custom_claims.is_some() {
            grant.custom_claims = requested.custom_claims;
        }
        requested.custom_claims = grant.custom_claims.clone();
        let realm = application.realm_path();
        let principal = Principal {
            sub: &grant.subject,
            bi_p: format!("{realm}/identities/{}", grant.identity_id),
            identity: Some(&grant.identity_id),
        };
        let wanted = self.wanted(application, principal, scopes, requested);
        let mut issue = wanted.access_token(key).await?;
        let (access_token, times) = (&issue.answer.access_token, wanted.times());
        let identity = self.identity(application, &grant.identity_id).await?;
        let person = Person::asked_for(scopes, identity.as_ref());
        let issuer = &wanted.issuer;
        if let Some(claims) = IdToken::of(&grant, application, issuer, access_token, times, person)
        {
            issue.answer.id_token = Some(key.sign(&wanted.issuer, &claims).await?);
        }
        if application.registration.refresh_tokens {
            self.add_refresh_token(&mut issue, application, grant)?;
        }
        Ok(issue)
    }

    fn wanted<'a>(
        &self,
        application: &'a Application,
        principal: Principal<'a>,
        scopes: &'a Scopes,
        requested: Requested,
    ) -> Wanted<'a> {
        Wanted {
            application,
            principal,
            scopes,
            requested,
            issuer: self.issuer(application),
            now: self.store.now().timestamp(),
        }
    }

    fn add_refresh_token(
        &self,
        issue: &mut Issue,
        application: &Application,
        grant: Grant,
    ) -> Result<(), Failure> {
        let (id, text, hash) = split::mint("");
        let lifetime = TimeDelta::seconds(i64::from(application.registration.expires_after));
        issue.rows.push(NewToken {
            id: Some(id),
            scopes: Some(grant.scopes.to_string()),
            attributes: Some(attributes::to_text(&Refreshing::of(&text, grant))?),
            expires_at: Some(self.store.now() + REFRESH_LIFETIME.max(lifetime)),
            uses_limit: Some(1),
            minted_by: Some(application.actor()),
            ..NewToken::new(API, REFRESH_TOKEN, application.id, hash)
        });
        issue.answer.refresh_token = Some(text);
        Ok(())
    }
}

impl Wanted<'_> {
    /// When it is issued and how long it is good for, in seconds.
    const fn times(&self) -> (i64, u32) {
        (self.now, self.requested.lifetime)
    }

    /// The token, in the application's format.
    async fn access_token(&self, key: &Key) -> Result<Issue, Failure> {
        let identity = self.principal.identity;
        let (id, text, hash, record) = match self.application.registration.token_format {
            TokenFormat::SelfContained => {
                let id = TokenId::new();
                let text = key.sign(&self.issuer, &self.claims(id)).await?;
                let (hash, record) = (Digest::of(&text), Record::of(&text, identity));
                (id, text, hash, record)
            }
            TokenFormat::Referential => {
                let (id, text, hash) = split::mint("");
                let record = Record {
                    claims: Some(self.claims(id)),
                    ..Record::of(&text, identity)
                };
                (id, text, hash, record)
            }
        };
        let owner = self.application.id;
        let scope = self.scopes.to_string();
        let row = NewToken {
            id: Some(id),
            scopes: Some(scope.clone()),
            attributes: Some(attributes::to_text(&record)?),
            expires_at: DateTime::from_timestamp(self.end(), 0),
            minted_by: Some(self.application.actor()),
            ..NewToken::new(API, ACCESS_TOKEN, owner, hash)
        };
        let answer = TokenResponse {
            access_token: text,
            token_type: TokenResponseTokenType::Bearer,
            expires_in: i64::from(self.requested.lifetime),
            scope,
            refresh_token: None,
            id_token: None,
        };
        Ok(Issue {
            rows: vec![row],
            answer,
        })
    }

    fn end(&self) -> i64 {
        self.now + i64::from(self.requested.lifetime)
    }

    fn claims(&self, id: TokenId) -> Claims {
        let application = self.application;
        Claims {
            iss: self.issuer.clone(),
            sub: self.principal.sub.to_owned(),
            aud: application.audience(),
            exp: self.end(),
            nbf: self.now,
            iat: self.now,
            jti: jti_of(id),
            scope: self.scopes.to_string(),
            azp: application.path(),
            bi_p: self.principal.bi_p.clone(),
            bi_t: application.tenant_id.clone(),
            bi_r: match application.registration.is_managed {
                true => EVERY_REALM.to_owned(),
                false => application.realm_id.clone(),
            },
            bi_custom: self.requested.custom_claims.clone(),
        }
    }
}
