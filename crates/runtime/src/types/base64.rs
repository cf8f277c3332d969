//! Octets that are base64 in JSON.

use std::fmt;
use std::ops::Deref;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::decode::Formatted;

/// `format: byte`, or `contentEncoding: base64`: octets, in the standard alphabet and padded on the wire (RFC 4648,
/// section 4).
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64(pub Vec<u8>);

impl Base64 {
    /// The octets that `text` stands for; `None` where it is not exactly what encoding them gives.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok().map(Self)
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        base64::display::Base64Display::new(&self.0, &STANDARD).fmt(f)
    }
}

/// As on the wire: a list of numbers tells nobody more.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({self})")
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(octets: Vec<u8>) -> Self {
        Self(octets)
    }
}

impl From<Base64> for Vec<u8> {
    fn from(octets: Base64) -> Self {
        octets.0
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::formatted(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_encoding_gives_is_taken() {
        for (text, octets) in [("", &b""[..]), ("Zg==", b"f"), ("+/+/", b"\xfb\xff\xbf")] {
            let parsed = Base64::parse(text);
            assert_eq!(parsed, Some(Base64(octets.to_vec())));
            assert_eq!(
                parsed.map(|parsed| parsed.to_string()).as_deref(),
                Some(text)
            );
        }
        for text in ["Zg", "Zg=", "Zh==", "-_-_", "Zg==\n", " Zg==", "Zg==Zg=="] {
            assert_eq!(Base64::parse(text), None, "{text}");
        }
    }
}
