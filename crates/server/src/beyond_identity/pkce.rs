//! Proof Key for Code Exchange, with the one method worth having: S256 (RFC 7636; RFC 9700, section 2.1.1).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// What a client commits to when it asks for a code: `BASE64URL(SHA256(verifier))` (RFC 7636, section 4.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Challenge(String);

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method`; without a challenge there is nothing to read, and a
    /// method alone means nothing. The error is a sentence for `error_description`.
    pub(super) fn read(
        challenge: Option<String>,
        method: Option<&str>,
    ) -> Result<Option<Self>, &'static str> {
        let Some(challenge) = challenge else {
            return Ok(None);
        };
        match method {
            Some("S256") => {}
            // Absence means `plain` (RFC 7636, section 4.3), which shows the verifier to whoever sees the request.
            None | Some("plain") => return Err("code_challenge_method must be S256."),
            Some(_) => return Err("code_challenge_method is not known; it must be S256."),
        }
        let is_digest = URL_SAFE_NO_PAD
            .decode(&challenge)
            .is_ok_and(|bytes| bytes.len() == 32);
        if !is_digest {
            return Err("code_challenge must be a SHA-256 in base64url: 43 characters.");
        }
        Ok(Some(Self(challenge)))
    }

    /// Whether `verifier` is what the challenge was made of, and is one at all: 43 to 128 unreserved characters
    /// (RFC 7636, section 4.1).
    pub(super) fn is_met_by(&self, verifier: &str) -> bool {
        let well_formed = (43..=128).contains(&verifier.len())
            && verifier
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        let computed = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        well_formed && verify_slices_are_equal(computed.as_bytes(), self.0.as_bytes()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn read(challenge: &str, method: Option<&str>) -> Result<Option<Challenge>, &'static str> {
        Challenge::read(Some(challenge.to_owned()), method)
    }

    #[test]
    fn the_example_of_the_rfc_is_met() {
        let challenge = read(CHALLENGE, Some("S256")).unwrap().unwrap();
        assert!(challenge.is_met_by(VERIFIER));
        assert!(!challenge.is_met_by(&VERIFIER.replace('d', "e")));
        assert!(!challenge.is_met_by(""));
    }

    #[test]
    fn only_s256_is_taken() {
        assert!(read(CHALLENGE, None).is_err());
        assert!(read(CHALLENGE, Some("plain")).is_err());
        assert!(read(CHALLENGE, Some("s256")).is_err());
        assert_eq!(Challenge::read(None, Some("S256")), Ok(None));
    }

    #[test]
    fn a_challenge_that_is_no_digest_is_refused() {
        assert!(read("too-short", Some("S256")).is_err());
        assert!(read(&format!("{CHALLENGE}="), Some("S256")).is_err());
        assert!(read(&CHALLENGE.replace('-', "+"), Some("S256")).is_err());
    }

    #[test]
    fn a_verifier_of_a_wrong_form_meets_nothing() {
        for verifier in [
            &"a".repeat(42),
            &"a".repeat(129),
            &format!("{}=", "a".repeat(43)),
        ] {
            let challenge = Challenge(URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())));
            assert!(
                !challenge.is_met_by(verifier),
                "{} characters",
                verifier.len()
            );
        }
        let longest = "~".repeat(128);
        let challenge = Challenge(URL_SAFE_NO_PAD.encode(digest(&SHA256, longest.as_bytes())));
        assert!(challenge.is_met_by(&longest));
    }
}
