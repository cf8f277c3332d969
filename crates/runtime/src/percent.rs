//! Percent-encoding (RFC 3986, section 2.1).

use std::borrow::Cow;

/// Decodes once. `None` where a `%` isn't followed by two hexadecimal digits, or the octets aren't UTF-8.
pub(crate) fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    octets(text, false).map(Cow::Owned)
}

/// Decodes a name or value of `application/x-www-form-urlencoded`, where `+` is a space.
pub(crate) fn decode_form(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['%', '+']) {
        return Some(Cow::Borrowed(text));
    }
    octets(text, true).map(Cow::Owned)
}

fn octets(text: &str, plus: bool) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => hex(bytes.next()?)? << 4 | hex(bytes.next()?)?,
            b'+' if plus => b' ',
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

/// Which characters stand for themselves in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Letters, digits, `-`, `.`, `_`, `~` (RFC 3986, section 2.3).
    Unreserved,
    /// The reserved ones and escapes too (RFC 6570, section 3.2.3), but for those that end a value of a query.
    Reserved,
    /// All.
    All,
}

/// Encodes what does not stand for itself.
pub(crate) fn encode(text: &str, kept: Kept) -> String {
    use std::fmt::Write;

    if kept == Kept::All {
        return text.to_owned();
    }
    let mut encoded = String::with_capacity(text.len());
    for (place, byte) in text.bytes().enumerate() {
        let stands = byte.is_ascii_alphanumeric()
            || b"-._~".contains(&byte)
            || match kept {
                Kept::Unreserved => false,
                Kept::Reserved if byte == b'%' => is_escape(text.as_bytes().get(place..)),
                Kept::Reserved => b":/?@!$'()*,;=".contains(&byte),
                Kept::All => true,
            };
        match stands {
            true => encoded.push(char::from(byte)),
            // Writing to a `String` cannot fail.
            false => _ = write!(encoded, "%{byte:02X}"),
        }
    }
    encoded
}

fn is_escape(text: Option<&[u8]>) -> bool {
    matches!(text, Some([b'%', first, second, ..]) if first.is_ascii_hexdigit() && second.is_ascii_hexdigit())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|n| u8::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_once_and_strictly() {
        assert_eq!(decode("a%2Fb%252F+").as_deref(), Some("a/b%2F+"));
        assert_eq!(decode_form("a+%2B%c3%A9").as_deref(), Some("a +\u{e9}"));
        for text in ["%", "%2", "%zz", "%ff", "%+1"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn encodes_what_does_not_stand_for_itself() {
        assert_eq!(
            encode("a-b ü/%2F&", Kept::Unreserved),
            "a-b%20%C3%BC%2F%252F%26"
        );
        assert_eq!(encode("a/b?%2F&%2", Kept::Reserved), "a/b?%2F%26%252");
        assert_eq!(encode("a b", Kept::All), "a b");
    }
}
