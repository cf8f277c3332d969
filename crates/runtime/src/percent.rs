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
}
