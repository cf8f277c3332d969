//! Media types (RFC 9110, section 8.3.1), without their parameters.

/// Whether `given`, a value of `Content-Type`, is of `documented`, a key of `content`: the type itself, a range,
/// or JSON under a structured suffix (RFC 6839).
pub(crate) fn matches(documented: &str, given: &str) -> bool {
    let documented = essence(documented);
    let given = essence(given);
    if documented == "*/*" {
        return given.contains('/');
    }
    if let Some(kind) = documented.strip_suffix("/*") {
        return given
            .split_once('/')
            .is_some_and(|(given, _)| given.eq_ignore_ascii_case(kind));
    }
    documented.eq_ignore_ascii_case(given)
        || (documented.eq_ignore_ascii_case("application/json") && is_json(given))
}

/// Whether `given`, a value of `Content-Type`, is `documented` itself.
pub(crate) fn same(documented: &str, given: &str) -> bool {
    essence(documented).eq_ignore_ascii_case(essence(given))
}

/// Whether a body of `media_type` is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let suffix = essence
        .len()
        .checked_sub("+json".len())
        .and_then(|start| essence.get(start..));
    essence.eq_ignore_ascii_case("application/json")
        || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("+json"))
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
