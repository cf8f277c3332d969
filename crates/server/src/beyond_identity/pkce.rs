//! Proof Key for Code Exchange (RFC 7636), by S256, the one method worth having (RFC 9700, section 2.1.1), unless an
//! application is set to `plain`.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::registration::Pkce;

/// What a client commits to when it asks for a code: `BASE64URL(SHA256(verifier))` (RFC 7636, section 4.2). Of a plain
/// challenge, which is the verifier itself, no more is kept than that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Challenge(String);

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method`; a method alone means nothing. The error is a sentence for
    /// `error_description`.
    pub(super) fn read(
        challenge: Option<String>,
        method: Option<&str>,
        pkce: Pkce,
    ) -> Result<Option<Self>, &'static str> {
        let Some(challenge) = challenge else {
            return match pkce {
                Pkce::Disabled => Ok(None),
                Pkce::Plain | Pkce::S256 => Err("The client must send a code_challenge."),
            };
        };
        // Absence means `plain` (RFC 7636, section 4.3), which shows the verifier to whoever sees the request.
        match method.unwrap_or("plain") {
            "S256" if is_digest(&challenge) => Ok(Some(Self(challenge))),
            "S256" => Err("code_challenge must be a SHA-256 in base64url: 43 characters."),
            "plain" if pkce != Pkce::Plain => Err("code_challenge_method must be S256."),
            "plain" if is_verifier(&challenge) => Ok(Some(Self::of(&challenge))),
            "plain" => Err("code_challenge must be 43 to 128 unreserved characters."),
            _ => Err("code_challenge_method is not known; it must be S256."),
        }
    }

    /// Whether `verifier` is what the challenge was made of, and is one at all.
    pub(super) fn is_met_by(&self, verifier: &str) -> bool {
        let computed = Self::of(verifier);
        let met = verify_slices_are_equal(computed.0.as_bytes(), self.0.as_bytes());
        is_verifier(verifier) && met.is_ok()
    }

    fn of(verifier: &str) -> Self {
        Self(URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())))
    }
}

fn is_digest(challenge: &str) -> bool {
    let bytes = URL_SAFE_NO_PAD.decode(challenge);
    bytes.is_ok_and(|bytes| bytes.len() == SHA256.output_len())
}

/// 43 to 128 unreserved characters (RFC 7636, section 4.1).
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn read(challenge: &str, method: Option<&str>) -> Result<Option<Challenge>, &'static str> {
        Challenge::read(Some(challenge.to_owned()), method, Pkce::S256)
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
        let none = Challenge::read(None, Some("S256"), Pkce::Disabled);
        assert_eq!(none, Ok(None));
        assert!(Challenge::read(None, None, Pkce::S256).is_err());
    }

    #[test]
    fn plain_is_taken_where_it_is_set() {
        let plain =
            |text: &str, method| Challenge::read(Some(text.to_owned()), method, Pkce::Plain);
        for method in [None, Some("plain")] {
            let challenge = plain(VERIFIER, method).unwrap().unwrap();
            assert!(challenge.is_met_by(VERIFIER));
            assert!(!challenge.is_met_by(CHALLENGE));
        }
        let challenge = plain(CHALLENGE, Some("S256")).unwrap().unwrap();
        assert!(challenge.is_met_by(VERIFIER));
        assert!(plain("short", None).is_err());
        assert!(Challenge::read(None, None, Pkce::Plain).is_err());
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
