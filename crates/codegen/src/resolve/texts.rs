//! Whether a text of the document is of a format, as the runtime will read it.

/// RFC 9562, section 4.
pub fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.concat().bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `full-date` (RFC 3339, section 5.6).
pub fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut next = |digits| number(parts.next()?, digits);
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    parts.next().is_none() && (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// `date-time` (RFC 3339, section 5.6), apart from leap seconds.
pub fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return false;
    };
    let Some(offset) = time.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, offset) = time.split_at(offset);
    let (time, has_digits) = match time.split_once('.') {
        Some((time, digits)) => {
            let all = digits.bytes().all(|byte| byte.is_ascii_digit());
            (time, all && !digits.is_empty())
        }
        None => (time, true),
    };
    let is_offset = match offset.strip_prefix(['+', '-']) {
        Some(offset) => is_clock(offset, &[23, 59]),
        None => offset.len() == 1,
    };
    is_date(date) && is_clock(time, &[23, 59, 59]) && has_digits && is_offset
}

/// Numbers of two digits between colons, none above its limit.
fn is_clock(text: &str, limits: &[u32]) -> bool {
    let parts: Vec<_> = text.split(':').map(|part| number(part, 2)).collect();
    let is_below = |(part, limit): (&Option<u32>, &u32)| part.is_some_and(|part| part <= *limit);
    parts.len() == limits.len() && parts.iter().zip(limits).all(is_below)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let is = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is.then(|| text.parse().ok()).flatten()
}

/// Base64 (RFC 4648, section 4), padded, and without bits that no octet has.
pub fn is_base64(text: &str) -> bool {
    let symbols = text.trim_end_matches('=');
    let value = |symbol: char| match symbol {
        'A'..='Z' => Some(u32::from(symbol) - u32::from('A')),
        'a'..='z' => Some(u32::from(symbol) - u32::from('a') + 26),
        '0'..='9' => Some(u32::from(symbol) - u32::from('0') + 52),
        '+' => Some(62),
        '/' => Some(63),
        _ => None,
    };
    let last = symbols.chars().last().and_then(value).unwrap_or_default();
    let is_whole = match text.len() - symbols.len() {
        0 => true,
        1 => last.is_multiple_of(4),
        2 => last.is_multiple_of(16),
        _ => false,
    };
    text.len().is_multiple_of(4)
        && is_whole
        && symbols.chars().all(|symbol| value(symbol).is_some())
}

/// A URI (RFC 3986, section 3) beyond doubt: a scheme, and then only what may stand in any of its parts. Others may be URIs.
pub fn is_plain_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    is_scheme && rest.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_those_of_their_specifications() {
        assert!(is_uuid("00000000-0000-0000-0000-00000000000a"));
        assert!(!is_uuid("0000000000000000000000000000000a"));
        assert!(is_date("2024-02-29") && !is_date("2023-02-29") && !is_date("2024-2-09"));
        for good in ["2024-01-01T00:00:00Z", "2024-01-01t23:59:59.123+05:30"] {
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "2024-01-01 00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:00:00",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00+5",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
        assert!(is_base64("") && is_base64("AA==") && is_base64("AAA=") && is_base64("abc/"));
        assert!(!is_base64("AB==") && !is_base64("AAA") && !is_base64("A=AA"));
        assert!(is_plain_uri("https://a.example/b") && is_plain_uri("urn:a"));
        assert!(!is_plain_uri("/a") && !is_plain_uri("1:a") && !is_plain_uri("a:[b"));
    }
}
