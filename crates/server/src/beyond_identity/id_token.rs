//! ID tokens (OpenID Connect Core 1.0, section 2): who approved, and when, for the client that asked.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::application::{Application, Identity};
use super::grant::Grant;
use super::scopes::{EMAIL, PROFILE, Scopes};

/// The longest that an ID token is good for, in seconds: it is read once.
const LIFETIME: i64 = 3600;

/// What an ID token says.
#[derive(Debug, Serialize)]
pub(super) struct IdToken<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    iat: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    at_hash: String,
    azp: &'a str,
    #[serde(flatten)]
    person: Person<'a>,
}

/// What else the scopes `profile` and `email` ask for (section 5.4). By the letter it is for `/userinfo` to tell, but
/// clients written for the vendor do not ask there.
#[derive(Debug, Default, Serialize)]
pub(super) struct Person<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

impl<'a> Person<'a> {
    /// What these scopes ask for of an identity.
    pub(super) fn asked_for(scopes: &Scopes, identity: Option<&'a Identity>) -> Self {
        let mut person = Self::default();
        let Some(identity) = identity else {
            return person;
        };
        if scopes.contains(PROFILE) {
            person.name = Some(&identity.display_name);
            person.preferred_username = Some(&identity.username);
        }
        if scopes.contains(EMAIL) {
            person.email = identity.email.as_deref();
        }
        person
    }
}

impl<'a> IdToken<'a> {
    /// The one that comes with `access_token`, good for as long as that at most; nothing where `openid` was not asked
    /// for.
    pub(super) fn of(
        grant: &'a Grant,
        application: &'a Application,
        issuer: &'a str,
        access_token: &str,
        (iat, lifetime): (i64, u32),
        person: Person<'a>,
    ) -> Option<Self> {
        let openid = grant.openid.as_ref()?;
        let client_id = &application.registration.client_id;
        Some(Self {
            iss: issuer,
            sub: &grant.subject,
            aud: client_id,
            exp: iat + LIFETIME.min(i64::from(lifetime)),
            iat,
            auth_time: grant.auth_time,
            nonce: openid.nonce.as_deref(),
            at_hash: at_hash(access_token),
            azp: client_id,
            person,
        })
    }
}

/// The left half of the access token's SHA-256, in base64url (section 3.1.3.6).
fn at_hash(access_token: &str) -> String {
    let digest = digest(&SHA256, access_token.as_bytes());
    let (half, _) = digest.as_ref().split_at(digest.as_ref().len() / 2);
    URL_SAFE_NO_PAD.encode(half)
}

#[cfg(test)]
mod tests {
    use super::at_hash;

    #[test]
    fn the_hash_is_that_of_the_specification_s_example() {
        // OpenID Connect Core 1.0, appendix A.3.
        let access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        assert_eq!(at_hash(access_token), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
