//! Access tokens of machine identities: JWTs (RFC 7519) signed with HS256, whose claims name their row.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use specmint_runtime::types::Uuid;
use specmint_store::{Store, TokenId};

use super::error::Error;
use crate::error::StartError;
use crate::failure::Failure;

/// The name under which the store seals the signing secret.
const SECRET_NAME: &str = "infisical/hs256";

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claims {
    pub(crate) identity_id: String,
    /// The token's row.
    pub(crate) identity_access_token_id: String,
    pub(crate) auth_token_type: AuthTokenType,
    /// Seconds since 1970, as is `exp`.
    pub(crate) iat: i64,
    /// When the token ends; never, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) exp: Option<i64>,
}

/// What kind of token it is; there are others at the vendor's, none of which is made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AuthTokenType {
    IdentityAccessToken,
    #[serde(other)]
    Other,
}

/// A token is good for as long as it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MaxTtlReached;

impl Claims {
    /// Of a token of `identity_id` that is made at `now` and ends, if ever, at `end`.
    pub(crate) fn new(
        identity_id: &Uuid,
        token: TokenId,
        now: DateTime<Utc>,
        end: Option<DateTime<Utc>>,
    ) -> Self {
        Self {
            identity_id: identity_id.to_string(),
            identity_access_token_id: token.to_string(),
            auth_token_type: AuthTokenType::IdentityAccessToken,
            iat: now.timestamp(),
            exp: end.map(|end| end.timestamp()),
        }
    }

    /// Whether the token is an access token of an identity.
    pub(super) fn is_of_identity(&self) -> bool {
        self.auth_token_type == AuthTokenType::IdentityAccessToken
    }
}

/// When a token made at `now` ends: after its TTL or its maximum, whichever is first; 0 means without end.
pub(crate) fn end(now: DateTime<Utc>, ttl: u32, max_ttl: u32) -> Option<DateTime<Utc>> {
    let ends = [ttl, max_ttl].map(|seconds| after(now, seconds));
    ends.into_iter().flatten().min()
}

/// When a token that was made at `created` ends if it is renewed at `now`: after another TTL, but never after its maximum.
/// Where there is no TTL to give it another of, it is good until its maximum from the start.
pub(super) fn renewed_end(
    now: DateTime<Utc>,
    created: DateTime<Utc>,
    ttl: u32,
    max_ttl: u32,
) -> Result<Option<DateTime<Utc>>, MaxTtlReached> {
    match (after(now, ttl), after(created, max_ttl)) {
        (None, Some(_)) => Err(MaxTtlReached),
        ends => Ok(<[_; 2]>::from(ends).into_iter().flatten().min()),
    }
}

/// The moment that comes `seconds` after `start`; never, for 0. JWTs count whole seconds.
fn after(start: DateTime<Utc>, seconds: u32) -> Option<DateTime<Utc>> {
    let start = DateTime::from_timestamp(start.timestamp(), 0)?;
    let end = start.checked_add_signed(TimeDelta::seconds(i64::from(seconds)));
    end.filter(|_| seconds > 0)
}

/// The secret that tokens are signed with and known again by.
pub(crate) struct Signer {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl Signer {
    /// The secret that `store` keeps, made on the first call for a database.
    pub(crate) async fn open(store: &Store) -> Result<Self, StartError> {
        let secret = store.secret(SECRET_NAME, make_secret).await?;
        Ok(Self::of(&secret))
    }

    fn of(secret: &[u8]) -> Self {
        // The end is checked below, by the store's clock.
        let mut validation = Validation::new(Algorithm::HS256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_aud = false;
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    /// The token's text.
    pub(crate) fn sign(&self, claims: &Claims) -> Result<String, Failure> {
        encode(&Header::new(Algorithm::HS256), claims, &self.encoding).map_err(Failure::because)
    }

    /// What `token` says, if we signed it and it has not ended at `now`.
    pub(super) fn read(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, Error> {
        let claims = decode::<Claims>(token, &self.decoding, &self.validation)
            .map_err(|error| match error.kind() {
                ErrorKind::InvalidSignature => Error::InvalidSignature,
                ErrorKind::InvalidAlgorithm => Error::InvalidAlgorithm,
                // A header with an algorithm that the library has no name for, `none` among them.
                ErrorKind::Json(_) if has_unknown_algorithm(token) => Error::InvalidAlgorithm,
                _ => Error::Malformed,
            })?
            .claims;
        match claims.exp {
            Some(exp) if exp <= now.timestamp() => Err(Error::Expired),
            _ => Ok(claims),
        }
    }
}

fn has_unknown_algorithm(token: &str) -> bool {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    #[derive(Deserialize)]
    struct Algorithmic {
        #[serde(rename = "alg")]
        _alg: String,
    }

    token
        .split_once('.')
        .and_then(|(header, _)| URL_SAFE_NO_PAD.decode(header).ok())
        .is_some_and(|header| {
            serde_json::from_slice::<Algorithmic>(&header).is_ok()
                && serde_json::from_slice::<Header>(&header).is_err()
        })
}

fn make_secret() -> Result<Vec<u8>, aws_lc_rs::error::Unspecified> {
    let mut secret = vec![0; 32];
    aws_lc_rs::rand::fill(&mut secret)?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN_TYPE: AuthTokenType = AuthTokenType::IdentityAccessToken;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn claims(exp: Option<i64>) -> Claims {
        Claims {
            identity_id: "an-identity".to_owned(),
            identity_access_token_id: "a-token".to_owned(),
            auth_token_type: TOKEN_TYPE,
            iat: 0,
            exp,
        }
    }

    #[test]
    fn the_claims_have_the_vendor_s_names() {
        let json = serde_json::to_value(claims(None)).unwrap();
        let expected = serde_json::json!({
            "identityId": "an-identity",
            "identityAccessTokenId": "a-token",
            "authTokenType": "identityAccessToken",
            "iat": 0,
        });
        assert_eq!(json, expected);
    }

    #[test]
    fn the_shorter_of_ttl_and_maximum_counts_and_zero_is_none() {
        assert_eq!(end(at(0), 60, 90), Some(at(60)));
        assert_eq!(end(at(0), 60, 30), Some(at(30)));
        assert_eq!(end(at(0), 60, 0), Some(at(60)));
        assert_eq!(end(at(0), 0, 90), Some(at(90)));
        assert_eq!(end(at(0), 0, 0), None);
    }

    #[test]
    fn a_renewal_shrinks_to_what_is_left_of_the_maximum() {
        let renewed = |now, ttl, max_ttl| renewed_end(at(now), at(0), ttl, max_ttl);
        assert_eq!(renewed(50, 60, 200), Ok(Some(at(110))));
        assert_eq!(renewed(150, 60, 200), Ok(Some(at(200))));
        assert_eq!(renewed(199, 60, 200), Ok(Some(at(200))));
        assert_eq!(renewed(150, 0, 200), Err(MaxTtlReached));
        assert_eq!(renewed(9999, 60, 0), Ok(Some(at(10_059))));
        assert_eq!(renewed(9999, 0, 0), Ok(None));
    }

    #[test]
    fn another_kind_of_token_is_told_apart() {
        let mut json = serde_json::to_value(claims(None)).unwrap();
        json["authTokenType"] = "accessToken".into();
        let other: Claims = serde_json::from_value(json).unwrap();
        assert!(!other.is_of_identity());
        assert!(claims(None).is_of_identity());
    }

    #[test]
    fn a_token_is_good_until_its_end() {
        let signer = Signer::of(b"a secret of at least 32 bytes....");
        let token = signer.sign(&claims(Some(60))).unwrap();
        assert_eq!(signer.read(&token, at(59)).unwrap(), claims(Some(60)));
        assert!(matches!(signer.read(&token, at(60)), Err(Error::Expired)));
        let endless = signer.sign(&claims(None)).unwrap();
        assert_eq!(
            signer.read(&endless, at(i64::from(u32::MAX))).unwrap(),
            claims(None)
        );
    }

    #[test]
    fn what_is_wrong_with_a_token_is_told_apart() {
        let signer = Signer::of(b"a secret of at least 32 bytes....");
        let token = Signer::of(b"another").sign(&claims(None)).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        assert!(matches!(
            signer.read(&token, at(0)),
            Err(Error::InvalidSignature)
        ));
        assert!(matches!(
            signer.read("not a token", at(0)),
            Err(Error::Malformed)
        ));
        assert!(matches!(signer.read("", at(0)), Err(Error::Malformed)));
        let with_alg = |alg: &str| {
            use base64::Engine;
            use base64::engine::general_purpose::URL_SAFE_NO_PAD;
            let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{alg}","typ":"JWT"}}"#));
            signer.read(&format!("{header}.{payload}.c2ln"), at(0))
        };
        assert!(matches!(with_alg("none"), Err(Error::InvalidAlgorithm)));
        assert!(matches!(with_alg("RS256"), Err(Error::InvalidAlgorithm)));
        assert!(matches!(with_alg("HS512"), Err(Error::InvalidAlgorithm)));
    }
}
