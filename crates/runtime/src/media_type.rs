//! Media types (RFC 9110, section 8.3.1).

/// How closely `given`, a value of `Content-Type`, is described by `documented`, a key of `content`: the most specific key
/// describes a body (OpenAPI 3.2, Request Body Object, `content`). `None` where it is not.
///
/// A key may be a type, with or without parameters, a range (RFC 9110, section 12.5.1), or JSON under any structured
/// suffix (RFC 6839): `application/*+json`, and what `application/json` says holds for those that no other key describes.
pub(crate) fn closeness(documented: &str, given: &str) -> Option<u8> {
    let wanted = parameters(documented).count();
    if essence(documented).eq_ignore_ascii_case(essence(given)) {
        return Some(match wanted {
            0 => 5,
            _ if has_all_of(documented, given) => 6,
            _ => 4,
        });
    }
    let documented = essence(documented);
    let given = essence(given);
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
        _ if documented.eq_ignore_ascii_case("application/json") => is_json(given).then_some(2),
        _ => None,
    }
}

/// Whether `given` is of `documented` at all.
pub(crate) fn matches(documented: &str, given: &str) -> bool {
    closeness(documented, given).is_some()
}

/// Whether `given` has every parameter of `documented`.
fn has_all_of(documented: &str, given: &str) -> bool {
    let has = |one: (&str, &str)| {
        parameters(given).any(|(name, value)| {
            name.eq_ignore_ascii_case(one.0) && value.eq_ignore_ascii_case(one.1)
        })
    };
    parameters(documented).all(has)
}

/// The parameters of a media type: names and values without quotes.
fn parameters(media_type: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = media_type.split(';').skip(1);
    pairs
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim().trim_matches('"')))
}

/// The parameter `charset` (RFC 9110, section 8.3.2).
pub(crate) fn charset(media_type: &str) -> Option<&str> {
    let mut all = parameters(media_type);
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
    let essence = essence(media_type);
    essence.eq_ignore_ascii_case("application/json")
        || essence.eq_ignore_ascii_case("text/json")
        || ends_with(essence, "+json")
}

fn essence(media_type: &str) -> &str {
    media_type
        .split_once(';')
        .map_or(media_type, |(essence, _)| essence)
        .trim()
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
        let best = |given: &str| {
            let close = |key: &&&str| closeness(key, given);
            keys.iter()
                .filter(|key| close(key).is_some())
                .max_by_key(close)
        };
        assert_eq!(best("image/png"), Some(&"*/*"));
        assert_eq!(best("application/pdf"), Some(&"application/*"));
        assert_eq!(best("application/json"), Some(&"application/json"));
        assert_eq!(best("application/a+json"), Some(&"application/*+json"));
        assert_eq!(
            best("application/merge-patch+json"),
            Some(&"application/merge-patch+json")
        );
        assert_eq!(
            best("application/json;VERSION=\"2\""),
            Some(&"application/json; version=2")
        );
        assert_eq!(charset("text/plain; a=b; Charset=\"UTF-8\""), Some("UTF-8"));
    }

    #[test]
    fn others_do_not_match() {
        assert!(!matches("application/json", "text/json"));
        assert!(!matches("application/json", ""));
        assert!(!matches("*/*", ""));
        assert!(!matches(
            "application/x-www-form-urlencoded",
            "application/json"
        ));
        assert!(!matches("image/*", "imagery/png"));
    }
}
