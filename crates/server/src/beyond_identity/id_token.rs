//! ID tokens (OpenID Connect Core 1.0, section 2): who approved, and when, for the client that asked.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::application::Application;
use super::grant::Grant;

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
