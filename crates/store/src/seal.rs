//! Sealing signing keys with the key of the key file.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};

use crate::{Digest, SecretBytes};

/// The key of a key file, ready to seal: AES-256-GCM (NIST SP 800-38D) under random nonces.
#[derive(Debug)]
pub(crate) struct Sealer {
    key: RandomizedNonceKey,
    fingerprint: Digest,
}

/// A seal that could not be made or does not open.
#[derive(Debug, thiserror::Error)]
#[error("a secret cannot be sealed or does not unseal")]
pub(crate) struct SealBroken;

impl Sealer {
    pub(crate) fn new(key: &[u8; 32]) -> Result<Self, SealBroken> {
        let mut named = SecretBytes::from(b"specmint key file fingerprint".to_vec());
        named.append(key);
        Ok(Self {
            key: RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| SealBroken)?,
            fingerprint: Digest::of(&*named),
        })
    }

    /// Tells one key file from another, and nothing about the key.
    pub(crate) const fn fingerprint(&self) -> &Digest {
        &self.fingerprint
    }

    /// `secret` sealed under `name`: the nonce, then the ciphertext, then its tag.
    pub(crate) fn seal(&self, name: &str, secret: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let mut sealed = secret.to_vec();
        let nonce = self
            .key
            .seal_in_place_append_tag(Aad::from(name.as_bytes()), &mut sealed)
            .map_err(|_| SealBroken)?;
        sealed.splice(..0, *nonce.as_ref());
        Ok(sealed)
    }

    /// What was sealed under `name`; an error if it was not, or not with this key.
    pub(crate) fn open(&self, name: &str, sealed: &[u8]) -> Result<SecretBytes, SealBroken> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealBroken)?;
        let mut buffer = SecretBytes::from(ciphertext.to_vec());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = self
            .key
            .open_in_place(nonce, Aad::from(name.as_bytes()), buffer.as_mut())
            .map_err(|_| SealBroken)?
            .len();
        buffer.truncate(length);
        Ok(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_under_its_name_and_key() {
        let sealer = Sealer::new(&[7; 32]).expect("a key");
        let other = Sealer::new(&[8; 32]).expect("a key");
        let sealed = sealer.seal("signing", b"very secret").expect("sealed");
        assert_eq!(
            &*sealer.open("signing", &sealed).expect("opened"),
            b"very secret"
        );
        assert!(sealer.open("other", &sealed).is_err());
        assert!(other.open("signing", &sealed).is_err());
        assert_ne!(sealer.fingerprint(), other.fingerprint());
        let mut changed = sealed.clone();
        if let Some(last) = changed.last_mut() {
            *last ^= 1;
        }
        assert!(sealer.open("signing", &changed).is_err());
        assert!(sealer.open("signing", &[]).is_err());
    }

    #[test]
    fn never_seals_twice_alike_and_never_shows() {
        let sealer = Sealer::new(&[7; 32]).expect("a key");
        let first = sealer.seal("signing", b"very secret").expect("sealed");
        let second = sealer.seal("signing", b"very secret").expect("sealed");
        assert_ne!(first, second);
        assert!(!first.windows(4).any(|part| part == b"very"));
        assert!(!format!("{sealer:?}").contains("7, 7"));
    }
}
