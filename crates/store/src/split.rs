//! Split tokens: a text whose first part finds a row and whose second part proves the bearer.
//!
//! The text is a prefix of the caller's, then base64url without padding (RFC 4648, section 5) of the 16 bytes of
//! a [`TokenId`] and 32 random bytes: 64 characters after the prefix, all safe in a URL and in a header.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use uuid::Uuid;

use crate::{Digest, TokenId};

const SELECTOR: usize = 16;
const SECRET: usize = 32;

/// The part of a split token that proves its bearer: 32 bytes, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SplitSecret([u8; SECRET]);

impl AsRef<[u8]> for SplitSecret {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SplitSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SplitSecret(..)")
    }
}

/// Makes a new split token from the operating system's randomness: its name, its text to be shown once, and the
/// digest of its secret part to be kept.
///
/// # Panics
/// When the operating system has no randomness to give, as at no time after boot.
#[must_use]
pub fn mint(prefix: &str) -> (TokenId, String, Digest) {
    let id = TokenId::new();
    let mut bytes = [0; SELECTOR + SECRET];
    let (selector, secret) = bytes.split_at_mut(SELECTOR);
    selector.copy_from_slice(id.as_bytes());
    UnwrapErr(SysRng).fill_bytes(secret);
    let digest = Digest::of(secret);
    let mut text = String::with_capacity(prefix.len() + (SELECTOR + SECRET) / 3 * 4);
    text.push_str(prefix);
    URL_SAFE_NO_PAD.encode_string(bytes, &mut text);
    (id, text, digest)
}

/// Takes a text apart again; `None` unless it is exactly what [`mint`] writes after `prefix`.
#[must_use]
pub fn parse(prefix: &str, text: &str) -> Option<(TokenId, SplitSecret)> {
    let encoded = text.strip_prefix(prefix)?;
    let mut bytes = [0; SELECTOR + SECRET];
    let length = URL_SAFE_NO_PAD.decode_slice(encoded, &mut bytes).ok()?;
    if length != bytes.len() {
        return None;
    }
    let (selector, secret) = bytes.split_first_chunk::<SELECTOR>()?;
    let id = TokenId::from(Uuid::from_bytes(*selector));
    Some((id, SplitSecret(secret.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let (id, text, digest) = mint("sm_");
        let (parsed, secret) = parse("sm_", &text).expect("its own text");
        assert_eq!(parsed, id);
        assert!(digest.verify(&secret));
        assert_eq!(text.len(), 3 + 64);
        assert!(
            text.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        );
        assert_eq!(format!("{secret:?}"), "SplitSecret(..)");
    }

    #[test]
    fn no_two_are_alike() {
        let (first, second) = (mint("").1, mint("").1);
        assert_ne!(first, second);
        assert_ne!(first.get(22..), second.get(22..));
    }

    #[test]
    fn refuses_everything_else() {
        let (_, text, _) = mint("sm_");
        let long = format!("{text}AAAA");
        let padded = format!("{text}=");
        let cut = text.get(..text.len() - 1).expect("ASCII");
        let foreign = text.replace("sm_", "xx_");
        let invalid = format!("{}!", cut);
        for wrong in [
            "",
            "sm_",
            cut,
            &long,
            &padded,
            &foreign,
            &invalid,
            &"é".repeat(40),
        ] {
            assert_eq!(parse("sm_", wrong), None, "{wrong}");
        }
    }
}
