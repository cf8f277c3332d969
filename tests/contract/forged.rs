//! Digests and tokens made by hand, to compare with and to be refused.

use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// The SHA-256 of `text` in lower-case hexadecimal.
pub fn sha256_hex(text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The same text but for one character before its end.
pub fn tampered(text: &str) -> String {
    let at = text.len() - 4;
    let other = if text.as_bytes()[at] == b'A' {
        "B"
    } else {
        "A"
    };
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

/// The header and the claims of a JWT.
pub fn jwt(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64url");
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    });
    let header = parts.next().expect("a header");
    let claims = parts.next().expect("claims");
    assert_eq!(parts.count(), 1, "no signature");
    (header, claims)
}

/// Whether a JWT was signed by the key of a JSON Web Key Set that its header names.
pub fn verifies(token: &str, key_set: &Value) -> bool {
    let (header, _) = jwt(token);
    assert_eq!(header["alg"], "RS256");
    let keys = key_set["keys"].as_array().expect("keys");
    let Some(key) = keys.iter().find(|key| key["kid"] == header["kid"]) else {
        return false;
    };
    let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().expect(name));
    let public = PublicKeyComponents {
        n: number("n").expect("base64url"),
        e: number("e").expect("base64url"),
    };
    let (input, signature) = token.rsplit_once('.').expect("a signature");
    let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
    let verified = public.verify(&RSA_PKCS1_2048_8192_SHA256, input.as_bytes(), &signature);
    verified.is_ok()
}

/// The left half of the SHA-256 of `text` in base64url (OpenID Connect Core 1.0, section 3.1.3.6).
pub fn half_hash(text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    URL_SAFE_NO_PAD.encode(&digest.as_ref()[..16])
}

/// A JWT that says it needs no signature.
pub fn unsigned_jwt(claims: &Value) -> String {
    format!(
        "{}.",
        signing_input(&json!({"alg": "none", "typ": "JWT"}), claims)
    )
}

/// A JWT signed with HS256 by a secret of the test's choice.
pub fn hs256_jwt(claims: &Value, secret: &[u8]) -> String {
    let input = signing_input(&json!({"alg": "HS256", "typ": "JWT"}), claims);
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, input.as_bytes()));
    format!("{input}.{signature}")
}

fn signing_input(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}
