//! What an identity signs in with: sealed as long as the identity is there, and never told again.

use specmint::anchorbrowser::models::{AuthenticatorCredential, Credential, IdentityStatus};
use specmint_store::SecretBytes;

use crate::failure::Failure;

/// The credentials as the store seals them.
pub(super) fn sealed(credentials: &[Credential]) -> Result<SecretBytes, Failure> {
    let json = serde_json::to_vec(credentials).map_err(Failure::because)?;
    Ok(SecretBytes::from(json))
}

/// What can be said of credentials without the site that they are for.
pub(super) fn status(credentials: &[Credential]) -> IdentityStatus {
    let bad = |credential: &Credential| match credential {
        Credential::AuthenticatorCredential(AuthenticatorCredential { secret, .. }) => {
            !is_base32(secret)
        }
        Credential::UsernamePasswordCredential(_) | Credential::CustomCredential(_) => false,
    };
    if credentials.is_empty() {
        IdentityStatus::Pending
    } else if credentials.iter().any(bad) {
        IdentityStatus::Failed
    } else {
        IdentityStatus::Validated
    }
}

/// Whether a text is the secret of an authenticator as people are shown it: base32 (RFC 4648, section 6) in either case,
/// with or without padding, in groups or not.
pub(super) fn is_base32(secret: &str) -> bool {
    let text: String = secret.split([' ', '-']).collect();
    let digits = text.trim_end_matches('=');
    !digits.is_empty()
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || (b'2'..=b'7').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_base32;

    #[test]
    fn secrets_of_authenticators_are_told_from_other_texts() {
        for good in [
            "JBSWY3DPEHPK3PXP",
            "jbsw y3dp ehpk 3pxp",
            "MZXW6===",
            "a2-b7",
        ] {
            assert!(is_base32(good), "{good}");
        }
        for bad in ["", "  ", "====", "secret!", "0189", "JBSWY3DP=EHPK", "über"] {
            assert!(!is_base32(bad), "{bad}");
        }
    }
}
