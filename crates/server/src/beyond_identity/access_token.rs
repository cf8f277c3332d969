//! Access tokens: JWTs (RFC 7519) signed with RS256 (RFC 7518, section 3.3), whose `jti` finds their row.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::{Deserialize, Serialize};
use specmint_store::{Digest, Store, TokenId};
use uuid::Uuid;

use super::signer::Signer;
use crate::error::StartError;
use crate::failure::Failure;

/// The name under which the store seals the signing key.
const KEY_NAME: &str = "beyond-identity/rs256";

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
    /// The realm.
    pub(super) bi_r: String,
}

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    kid: &'a str,
    typ: &'a str,
}

/// The key pair, parsed once: `jsonwebtoken` would parse it for every signature, which costs as much again.
pub(super) struct Keys {
    header: String,
    signer: Signer,
    verifying: DecodingKey,
    validation: Validation,
}

impl Keys {
    /// The pair that `store` keeps, made on the first call for a database.
    pub(super) async fn open(store: &Store) -> Result<Self, StartError> {
        let pkcs8 = store.secret(KEY_NAME, make_key).await?;
        Self::parse(&pkcs8).ok_or(StartError::SigningKey(KEY_NAME))
    }

    fn parse(pkcs8: &[u8]) -> Option<Self> {
        let pair = RsaKeyPair::from_pkcs8(pkcs8).ok()?;
        let public = pair.public_key().as_ref();
        let kid = URL_SAFE_NO_PAD.encode(Digest::of(public).as_bytes());
        let header = Header {
            alg: "RS256",
            kid: &kid,
            typ: "JWT",
        };
        let header = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&header).ok()?);
        let verifying = DecodingKey::from_rsa_der(public);
        // Times are read off the row, by the store's clock; the audience is the concern of who is asked.
        let mut validation = Validation::new(Algorithm::RS256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_aud = false;
        Some(Self {
            header,
            signer: Signer::new(pair),
            verifying,
            validation,
        })
    }

    /// The token's text.
    pub(super) async fn sign(&self, claims: &Claims) -> Result<String, Failure> {
        let claims = serde_json::to_vec(claims).map_err(Failure::because)?;
        let input = format!("{}.{}", self.header, URL_SAFE_NO_PAD.encode(claims));
        self.signer.sign(input).await
    }

    /// What `token` says, when we signed it.
    pub(super) fn read(&self, token: &str) -> Option<Claims> {
        decode(token, &self.verifying, &self.validation)
            .ok()
            .map(|token| token.claims)
    }
}

fn make_key() -> Result<Vec<u8>, aws_lc_rs::error::Unspecified> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let der: Pkcs8V1Der<'_> = pair.as_der()?;
    Ok(der.as_ref().to_vec())
}

/// The kind of an access token's row.
pub(super) const ACCESS_TOKEN: &str = "access_token";

/// How many of a token's last characters are kept, by which a person tells it from others.
const SUFFIX: usize = 4;

/// What the row of a token keeps of it beside what every row has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The last characters of its text.
    pub(super) suffix: String,
    /// The identity that it acts for; the application itself, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) identity: Option<String>,
}

impl Record {
    /// Of a token with that text, which is ASCII.
    pub(super) fn of(text: &str, identity: Option<&str>) -> Self {
        let start = text.len().saturating_sub(SUFFIX);
        Self {
            suffix: text.get(start..).unwrap_or_default().to_owned(),
            identity: identity.map(ToOwned::to_owned),
        }
    }
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

    fn claims(jti: String) -> Claims {
        Claims {
            iss: "http://127.0.0.1/v1/tenants/t/realms/r/applications/a".to_owned(),
            sub: "client".to_owned(),
            aud: vec!["beyondidentity".to_owned()],
            exp: 7_776_000,
            nbf: 0,
            iat: 0,
            jti,
            scope: "tokens:read".to_owned(),
            azp: "tenants/t/realms/r/applications/a".to_owned(),
            bi_p: "tenants/t/realms/r/applications/a".to_owned(),
            bi_t: "t".to_owned(),
            bi_r: "r".to_owned(),
        }
    }

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

    #[tokio::test]
    async fn a_token_reads_back_and_another_key_s_does_not() {
        let ours = Keys::parse(&make_key().unwrap()).unwrap();
        let theirs = Keys::parse(&make_key().unwrap()).unwrap();
        let claims = claims(jti_of(TokenId::new()));
        let token = ours.sign(&claims).await.unwrap();
        assert_eq!(ours.read(&token), Some(claims));
        assert_eq!(theirs.read(&token), None);
        let header = jsonwebtoken::decode_header(&token).unwrap();
        assert_eq!(header.alg, Algorithm::RS256);
        assert_eq!(header.kid.map(|kid| kid.len()), Some(43));
    }

    #[tokio::test]
    async fn an_unsigned_token_is_not_read() {
        let keys = Keys::parse(&make_key().unwrap()).unwrap();
        let token = keys.sign(&claims("x".to_owned())).await.unwrap();
        let payload = token.split('.').nth(1).unwrap();
        let none = URL_SAFE_NO_PAD.encode(br#"{"alg":"none"}"#);
        assert_eq!(keys.read(&format!("{none}.{payload}.")), None);
    }
}
