//! Access tokens: JWTs (RFC 7519) whose `jti` finds their row, or references to a row that says the same.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specmint_store::{Digest, TokenId};
use uuid::Uuid;

/// The kind of an access token's row.
pub(super) const ACCESS_TOKEN: &str = "access_token";

/// The realm of tokens of the application that comes with a tenant: they reach all of the tenant's.
pub(super) const EVERY_REALM: &str = "*";

/// How many of a token's last characters are kept, by which a person tells it from others.
const SUFFIX: usize = 4;

/// What an access token says (RFC 7519, section 4.1; RFC 9068, section 2.2; the rest is the provider's own).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// The application's URL.
    pub(super) iss: String,
    /// The client, or the identity that approved.
    pub(super) sub: String,
    pub(super) aud: Vec<String>,
    /// Seconds since 1970, as are `nbf` and `iat`.
    pub(super) exp: i64,
    pub(super) nbf: i64,
    pub(super) iat: i64,
    pub(super) jti: String,
    /// Scopes with a space between them.
    pub(super) scope: String,
    /// The application that the token was issued to, by its path.
    pub(super) azp: String,
    /// The principal that the token acts for, by its path: the application itself or an identity.
    pub(super) bi_p: String,
    /// The tenant.
    pub(super) bi_t: String,
    /// The realm, or [`EVERY_REALM`].
    pub(super) bi_r: String,
    /// What the token was asked to carry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) bi_custom: Option<BTreeMap<String, Value>>,
}

impl Claims {
    /// Whether the token was granted `scope`.
    pub(super) fn has(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }
}

/// What the row of a token keeps of it beside what every row has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The last characters of its text.
    pub(super) suffix: String,
    /// The identity that it acts for; the application itself, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) identity: Option<String>,
    /// What the token says, where it does not say that itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) claims: Option<Claims>,
}

impl Record {
    /// Of a token with that text, which is ASCII.
    pub(super) fn of(text: &str, identity: Option<&str>) -> Self {
        Self {
            suffix: suffix_of(text),
            identity: identity.map(ToOwned::to_owned),
            claims: None,
        }
    }
}

/// The last characters of a token's text, which is ASCII.
pub(super) fn suffix_of(text: &str) -> String {
    let start = text.len().saturating_sub(SUFFIX);
    text.get(start..).unwrap_or_default().to_owned()
}

/// The `jti` of the token in that row: 32 URL-safe characters of its id and a checksum.
pub(super) fn jti_of(id: TokenId) -> String {
    let checksum = Digest::of(id.as_bytes());
    let (checksum, _) = checksum.as_bytes().split_at(8);
    URL_SAFE_NO_PAD.encode([id.as_bytes().as_slice(), checksum].concat())
}

/// The row that a `jti` names.
pub(super) fn row_of(jti: &str) -> Option<TokenId> {
    let bytes = URL_SAFE_NO_PAD.decode(jti).ok()?;
    let id = TokenId::from(Uuid::from_slice(bytes.get(..16)?).ok()?);
    (jti_of(id) == jti).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jti_is_32_characters_and_finds_its_row() {
        let id = TokenId::new();
        let jti = jti_of(id);
        assert_eq!(jti.len(), 32);
        assert_eq!(row_of(&jti), Some(id));
        let other = jti_of(TokenId::new());
        for wrong in [
            "short".to_owned(),
            format!("{jti}AAAA"),
            format!("{}{}", &jti[..22], &other[22..]),
        ] {
            assert_eq!(row_of(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_record_keeps_the_end_of_the_text_only() {
        assert_eq!(suffix_of("0123456789"), "6789");
        assert_eq!(suffix_of("89"), "89");
        let record = Record::of("0123456789", Some("ada"));
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(text, r#"{"suffix":"6789","identity":"ada"}"#);
    }
}
