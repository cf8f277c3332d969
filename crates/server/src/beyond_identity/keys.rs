//! The keys that tokens are signed with (RS256; RFC 7518, section 3.3): the newest signs, and those before it verify
//! until the last token they signed has ended.

use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::{Serialize, de::DeserializeOwned};
use specmint::beyond_identity::models::JsonWebKey;
use specmint_store::{Digest, SecretBytes, Store};

use super::signer::Signer;
use crate::error::StartError;
use crate::failure::Failure;

/// The name under which the store seals the first key; those of later ones have a number behind it.
pub(super) const NAME: &str = "beyond-identity/rs256";

/// The keys as the store has them.
pub(super) struct Keys {
    store: Store,
    ring: RwLock<Arc<Ring>>,
}

/// The keys as they were when somebody looked, the newest first.
#[derive(Clone)]
pub(super) struct Ring {
    /// The store's generation before the look.
    generation: u64,
    names: Vec<String>,
    keys: Vec<Arc<Key>>,
}

/// A key pair, parsed once: `jsonwebtoken` would parse it for every signature, which costs as much again.
pub(super) struct Key {
    pub(super) name: String,
    pub(super) kid: String,
    /// When the last token that it signed has ended; unknown of the key that signs.
    pub(super) until: Option<DateTime<Utc>>,
    signer: Signer,
    verifying: DecodingKey,
    validation: Validation,
    modulus: String,
    exponent: String,
}

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    jku: &'a str,
    kid: &'a str,
    typ: &'a str,
}

impl Keys {
    /// The keys that `store` has; the first is made on the first call for a database.
    pub(super) async fn open(store: &Store) -> Result<Self, StartError> {
        if names(store).await?.is_empty() {
            store.secret(NAME, make).await?;
        }
        let ring = Ring::read(store).await?;
        Ok(Self {
            store: store.clone(),
            ring: RwLock::new(Arc::new(ring)),
        })
    }

    /// The keys, looked at again if they may have changed.
    pub(super) async fn ring(&self) -> Result<Arc<Ring>, Failure> {
        let ring = self.held();
        if ring.generation == self.store.generation() {
            return Ok(ring);
        }
        self.look_again().await
    }

    /// The keys, looked at now.
    pub(super) async fn look_again(&self) -> Result<Arc<Ring>, Failure> {
        let generation = self.store.generation();
        let held = self.held();
        let names = names(&self.store).await?;
        let ring = if names == held.names {
            Ring {
                generation,
                ..Ring::clone(&held)
            }
        } else {
            Ring::read(&self.store).await.map_err(Failure::because)?
        };
        let ring = Arc::new(ring);
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&ring);
        Ok(ring)
    }

    /// What `token` says, when we signed it with a key that is still good.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        token: &str,
    ) -> Result<Option<T>, Failure> {
        let Some(kid) = decode_header(token).ok().and_then(|header| header.kid) else {
            return Ok(None);
        };
        let mut ring = self.ring().await?;
        if ring.key(&kid).is_none() {
            // Another process may have made a key since.
            ring = self.look_again().await?;
        }
        let now = self.store.now();
        let key = ring.key(&kid).filter(|key| key.is_good(now));
        Ok(key.and_then(|key| key.read(token)))
    }

    fn held(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Ring {
    pub(super) async fn read(store: &Store) -> Result<Self, StartError> {
        let generation = store.generation();
        let names = names(store).await?;
        let mut keys = Vec::with_capacity(names.len());
        let mut until = None;
        for name in names.iter().rev() {
            // Dropped since.
            let Some(kept) = store.read_secret(name).await? else {
                continue;
            };
            let (others_until, pkcs8) = parts(name, &kept).ok_or(UNUSABLE)?;
            keys.push(Arc::new(Key::parse(name, pkcs8, until).ok_or(UNUSABLE)?));
            until = others_until;
        }
        if keys.is_empty() {
            return Err(UNUSABLE);
        }
        Ok(Self {
            generation,
            names,
            keys,
        })
    }

    /// The key that signs.
    pub(super) fn signing(&self) -> Result<&Key, Failure> {
        let newest = self.keys.first();
        newest
            .map(AsRef::as_ref)
            .ok_or_else(|| Failure::because(UNUSABLE))
    }

    /// All keys, the newest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().map(AsRef::as_ref)
    }

    fn key(&self, kid: &str) -> Option<&Key> {
        self.iter().find(|key| key.kid == kid)
    }
}

impl Key {
    fn parse(name: &str, pkcs8: &[u8], until: Option<DateTime<Utc>>) -> Option<Self> {
        let pair = RsaKeyPair::from_pkcs8(pkcs8).ok()?;
        let public = pair.public_key();
        let base64url = |number: &[u8]| URL_SAFE_NO_PAD.encode(number);
        Some(Self {
            name: name.to_owned(),
            kid: base64url(Digest::of(public.as_ref()).as_bytes()),
            until,
            verifying: DecodingKey::from_rsa_der(public.as_ref()),
            validation: validation(),
            modulus: base64url(public.modulus().big_endian_without_leading_zero()),
            exponent: base64url(public.exponent().big_endian_without_leading_zero()),
            signer: Signer::new(pair),
        })
    }

    /// The text of a token of `issuer` with these claims.
    pub(super) async fn sign<T: Serialize>(
        &self,
        issuer: &str,
        claims: &T,
    ) -> Result<String, Failure> {
        let header = Header {
            alg: "RS256",
            jku: &jwks_uri(issuer),
            kid: &self.kid,
            typ: "JWT",
        };
        let header = serde_json::to_vec(&header).map_err(Failure::because)?;
        let claims = serde_json::to_vec(claims).map_err(Failure::because)?;
        // With room for a signature.
        let mut input = String::with_capacity((header.len() + claims.len()) / 3 * 4 + 360);
        URL_SAFE_NO_PAD.encode_string(header, &mut input);
        input.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut input);
        self.signer.sign(input).await
    }

    fn read<T: DeserializeOwned>(&self, token: &str) -> Option<T> {
        let token = decode(token, &self.verifying, &self.validation);
        token.ok().map(|token| token.claims)
    }

    /// Whether some token that it signed may not have ended yet.
    pub(super) fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    /// Its public half (RFC 7517, section 4; RFC 7518, section 6.3.1).
    pub(super) fn public(&self) -> JsonWebKey {
        JsonWebKey {
            kty: "RSA".to_owned(),
            r#use: "sig".to_owned(),
            alg: "RS256".to_owned(),
            kid: self.kid.clone(),
            n: self.modulus.clone(),
            e: self.exponent.clone(),
        }
    }
}

/// The signature alone: times are read off the row, by the store's clock; the audience is the concern of who is asked.
fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation
}

/// Where an issuer's public keys are.
pub(super) fn jwks_uri(issuer: &str) -> String {
    format!("{issuer}/.well-known/jwks.json")
}

const UNUSABLE: StartError = StartError::SigningKey(NAME);

/// A new key pair, in PKCS #8.
pub(super) fn make() -> Result<Vec<u8>, aws_lc_rs::error::Unspecified> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let der: Pkcs8V1Der<'_> = pair.as_der()?;
    Ok(der.as_ref().to_vec())
}

/// The names of the keys, oldest first.
pub(super) async fn names(store: &Store) -> Result<Vec<String>, specmint_store::StoreError> {
    let names = store.secret_names(NAME).await?.into_iter();
    let mut names: Vec<String> = names
        .map(|(name, _)| name)
        .filter(|name| number(name).is_some())
        .collect();
    names.sort_by_key(|name| number(name));
    Ok(names)
}

/// How many keys there have been when the one of that name was the newest.
pub(super) fn number(name: &str) -> Option<u64> {
    match name.strip_prefix(NAME)? {
        "" => Some(1),
        rest => rest.strip_prefix('/')?.parse().ok(),
    }
}

/// A later key as it is kept: behind the moment, in milliseconds, until which those before it are good.
pub(super) fn kept(others_until: DateTime<Utc>, pkcs8: &[u8]) -> SecretBytes {
    let millis = others_until.timestamp_millis().to_be_bytes();
    SecretBytes::from([millis.as_slice(), pkcs8].concat())
}

/// Until when the keys before the one of that name are good, and its PKCS #8.
fn parts<'a>(name: &str, kept: &'a [u8]) -> Option<(Option<DateTime<Utc>>, &'a [u8])> {
    if name == NAME {
        return Some((None, kept));
    }
    let (millis, pkcs8) = kept.split_first_chunk()?;
    let until = DateTime::from_timestamp_millis(i64::from_be_bytes(*millis))?;
    Some((Some(until), pkcs8))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn key() -> Key {
        Key::parse(NAME, &make().unwrap(), None).unwrap()
    }

    #[tokio::test]
    async fn a_token_reads_back_and_another_key_s_does_not() {
        let (ours, theirs) = (key(), key());
        let claims = json!({"sub": "s", "exp": 1});
        let token = ours.sign("https://issuer.example", &claims).await.unwrap();
        assert_eq!(ours.read::<Value>(&token), Some(claims));
        assert_eq!(theirs.read::<Value>(&token), None);
        let header = decode_header(&token).unwrap();
        assert_eq!(header.alg, Algorithm::RS256);
        assert_eq!(header.kid.map(|kid| kid.len()), Some(43));
        let jku = "https://issuer.example/.well-known/jwks.json";
        assert_eq!(header.jku.as_deref(), Some(jku));
    }

    #[tokio::test]
    async fn an_unsigned_token_is_not_read() {
        let key = key();
        let token = key.sign("i", &json!({"sub": "s"})).await.unwrap();
        let payload = token.split('.').nth(1).unwrap();
        let none = URL_SAFE_NO_PAD.encode(br#"{"alg":"none"}"#);
        assert_eq!(key.read::<Value>(&format!("{none}.{payload}.")), None);
    }

    #[test]
    fn the_public_half_is_2048_bits_and_the_usual_exponent() {
        let public = key().public();
        assert_eq!(public.e, "AQAB");
        assert_eq!(URL_SAFE_NO_PAD.decode(public.n).unwrap().len(), 256);
    }

    #[test]
    fn names_have_numbers() {
        assert_eq!(number(NAME), Some(1));
        assert_eq!(number("beyond-identity/rs256/12"), Some(12));
        assert_eq!(number("beyond-identity/rs256-other"), None);
        assert_eq!(number("beyond-identity/rs256/x"), None);
    }
}
