//! Media types and media ranges (RFC 9110, sections 8.3.1 and 12.5.1).

use std::borrow::Cow;

/// A media type or range, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MediaType<'t> {
    /// `application`, or `*`.
    pub(crate) kind: &'t str,
    /// `json`, or `*`.
    pub(crate) subtype: &'t str,
    /// The text of what follows the first `;`.
    parameters: &'t str,
}

impl<'t> MediaType<'t> {
    /// `None` where there is no type and subtype.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let (essence, parameters) = halves(text);
        let (kind, subtype) = essence.split_once('/')?;
        (!kind.is_empty() && !subtype.is_empty()).then_some(Self {
            kind,
            subtype,
            parameters,
        })
    }

    /// The parameters, their values unquoted.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> {
        parameters(self.parameters)
    }

    /// Whether the other has the same type and subtype; `*` of either stands for all.
    pub(crate) fn overlaps(&self, other: &MediaType<'_>) -> bool {
        let same =
            |own: &str, other: &str| own == "*" || other == "*" || own.eq_ignore_ascii_case(other);
        same(self.kind, other.kind) && same(self.subtype, other.subtype)
    }

    /// Whether it has a parameter with another value than `name` has here. A charset does not count: all text is UTF-8.
    pub(crate) fn contradicts(&self, name: &str, value: &str) -> bool {
        !name.eq_ignore_ascii_case("charset")
            && self.parameters().any(|(own, text)| {
                own.eq_ignore_ascii_case(name) && !text.eq_ignore_ascii_case(value)
            })
    }

    /// Whether it is JSON or of the suffix `+json`.
    pub(crate) fn is_json(&self) -> bool {
        self.kind != "*" && is_json_subtype(self.subtype)
    }
}

/// How closely `given`, a value of `Content-Type`, is described by `documented`, a key of `content`: the most specific key
/// describes a body (OpenAPI 3.2, Request Body Object, `content`). `None` where it is not.
///
/// A key may be a type, with or without parameters, a range (RFC 9110, section 12.5.1), or JSON under any structured
/// suffix (RFC 6839): `application/*+json`, and what `application/json` says holds for those that no other key describes.
pub(crate) fn closeness(documented: &str, given: &str) -> Option<u8> {
    let (documented, wanted) = halves(documented);
    let (given, own) = halves(given);
    if documented.eq_ignore_ascii_case(given) {
        return Some(match parameters(wanted).count() {
            0 => 5,
            _ if has_all_of(wanted, own) => 6,
            _ => 4,
        });
    }
    if documented == "*/*" || documented == "*" {
        return given.contains('/').then_some(0);
    }
    let (kind, subtype) = documented.split_once('/')?;
    let (given_kind, given_subtype) = given.split_once('/')?;
    if !kind.eq_ignore_ascii_case(given_kind) {
        return None;
    }
    match subtype.strip_prefix('*') {
        Some("") => Some(1),
        Some(suffix) if suffix.starts_with('+') => ends_with(given_subtype, suffix).then_some(3),
        _ if documented.eq_ignore_ascii_case("application/json") => {
            is_json_subtype(given_subtype).then_some(2)
        }
        _ => None,
    }
}

/// The one of `documented` that describes `given` most closely, of equals the first, and its place among them.
pub(crate) fn closest<'d>(
    documented: impl Iterator<Item = &'d str>,
    given: &str,
) -> Option<(usize, &'d str)> {
    let mut best = None;
    for (place, key) in documented.enumerate() {
        if let Some(close) = closeness(key, given)
            && best.is_none_or(|(known, _)| known < close)
        {
            best = Some((close, (place, key)));
        }
    }
    best.map(|(_, found)| found)
}

/// Whether `given` is of `documented` at all.
pub(crate) fn matches(documented: &str, given: &str) -> bool {
    closeness(documented, given).is_some()
}

/// Whether `own` has every parameter of `wanted`.
fn has_all_of(wanted: &str, own: &str) -> bool {
    parameters(wanted).all(|(name, value)| {
        parameters(own)
            .any(|(own, text)| own.eq_ignore_ascii_case(name) && text.eq_ignore_ascii_case(&value))
    })
}

/// Type and subtype, and the text of what follows the first `;`.
fn halves(media_type: &str) -> (&str, &str) {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    (essence.trim(), parameters)
}

/// Parameters (RFC 9110, section 5.6.6): names and unquoted values.
fn parameters(text: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    split(text, b';').filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        Some((name.trim(), unquoted(value.trim())))
    })
}

/// The parameter `charset` (RFC 9110, section 8.3.2).
pub(crate) fn charset(media_type: &str) -> Option<Cow<'_, str>> {
    let mut all = parameters(halves(media_type).1);
    let found = all.find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    found.map(|(_, value)| value)
}

fn ends_with(text: &str, suffix: &str) -> bool {
    let start = text.len().checked_sub(suffix.len());
    let end = start.and_then(|start| text.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

/// Whether a body of `media_type` is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    MediaType::parse(media_type).is_some_and(|media_type| media_type.is_json())
}

/// `json` (so `application/json` and the older `text/json`), or the suffix of RFC 6839, section 3.1.
fn is_json_subtype(subtype: &str) -> bool {
    subtype.eq_ignore_ascii_case("json") || ends_with(subtype, "+json")
}

/// The parts of `text` between `separator`s that stand in no quoted string (RFC 9110, section 5.6.4), without those that
/// are empty.
pub(crate) fn split(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (mut quoted, mut escaped) = (false, false);
        let end = rest.bytes().position(|byte| {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                _ => return byte == separator && !quoted,
            }
            false
        });
        let end = end.unwrap_or(rest.len());
        let part = rest.get(..end)?;
        rest = rest.get(end + 1..).unwrap_or("");
        Some(part.trim())
    })
    .filter(|part| !part.is_empty())
}

fn unquoted(value: &str) -> Cow<'_, str> {
    let inner = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    match inner {
        None => Cow::Borrowed(value),
        Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
        Some(inner) => {
            let mut escaped = false;
            let kept = inner.chars().filter(|&c| {
                escaped = c == '\\' && !escaped;
                !escaped
            });
            Cow::Owned(kept.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_parameters_and_suffixes_do_not_matter() {
        for given in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/merge-patch+json",
        ] {
            assert!(matches("application/json", given), "{given}");
        }
        assert!(matches("image/*", "image/png"));
        assert!(matches("*/*", "image/png"));
    }

    #[test]
    fn the_most_specific_key_describes_a_body() {
        let keys = [
            "*/*",
            "application/*",
            "application/json",
            "application/*+json",
            "application/merge-patch+json",
            "application/json; version=2",
        ];
        let best = |given| closest(keys.into_iter(), given).map(|(_, key)| key);
        assert_eq!(best("image/png"), Some("*/*"));
        assert_eq!(best("application/pdf"), Some("application/*"));
        assert_eq!(best("application/json"), Some("application/json"));
        assert_eq!(best("application/a+json"), Some("application/*+json"));
        assert_eq!(
            best("application/merge-patch+json"),
            Some("application/merge-patch+json")
        );
        assert_eq!(
            best("application/json;VERSION=\"2\""),
            Some("application/json; version=2")
        );
        assert_eq!(best(""), None);
    }

    #[test]
    fn of_equally_close_keys_the_first_describes_a_body() {
        let keys = ["*/*", "a/b;v=1", "a/b;v=2"];
        let best = |given| closest(keys.into_iter(), given);
        assert_eq!(best("a/b"), Some((1, "a/b;v=1")));
        assert_eq!(best("a/b;v=2"), Some((2, "a/b;v=2")));
        assert_eq!(best("a/c"), Some((0, "*/*")));
    }

    #[test]
    fn parameters_are_compared_without_quotes() {
        let given = r#"text/plain; a="b;charset=x"; Charset="UTF-8""#;
        assert_eq!(charset(given).as_deref(), Some("UTF-8"));
        let versions = [r#"a/b; v="1;2""#, r#"a/b; v="1;3""#];
        let close = versions.map(|given| closeness(versions[1], given));
        assert_eq!(close, [Some(4), Some(6)]);
    }

    #[test]
    fn others_do_not_match() {
        assert!(!matches("application/json", "text/plain"));
        assert!(!matches("application/json", ""));
        assert!(!matches("*/*", ""));
        assert!(!matches(
            "application/x-www-form-urlencoded",
            "application/json"
        ));
        assert!(!matches("image/*", "imagery/png"));
    }

    #[test]
    fn separators_within_quotes_are_text() {
        let all: Vec<_> = split(r#"a;b="x, \"y", c,, d"#, b',').collect();
        assert_eq!(all, [r#"a;b="x, \"y""#, "c", "d"]);
        let range = MediaType::parse(r#"a/b; v="1;\"2"; w=3"#).unwrap();
        let parameters: Vec<_> = range.parameters().collect();
        assert_eq!(parameters, [("v", "1;\"2".into()), ("w", "3".into())]);
    }
}
