//! The way back to a client: an outcome in the query of an address that the client gave.

use form_urlencoded::{Serializer, parse};

/// `url` with `parameters` in its query. What else it has there stays (RFC 6749, section 3.1.2); what has the name of one of
/// them gives way, so that no name stands there twice (section 3.1).
pub(crate) fn with_query(url: &str, parameters: &[(&str, &str)]) -> String {
    let (url, fragment) = match url.split_once('#') {
        Some((url, fragment)) => (url, Some(fragment)),
        None => (url, None),
    };
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let is_replaced = |kept: &str| {
        parse(kept.as_bytes()).any(|(name, _)| parameters.iter().any(|(new, _)| name == *new))
    };
    let mut outcome = Serializer::new(String::new());
    outcome.extend_pairs(parameters);
    let outcome = outcome.finish();
    let kept = query.split('&');
    let kept = kept.filter(|kept| !kept.is_empty() && !is_replaced(kept));
    let query: Vec<&str> = kept.chain([outcome.as_str()]).collect();
    let (mark, fragment) = fragment.map_or(("", ""), |fragment| ("#", fragment));
    format!("{base}?{}{mark}{fragment}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outcome_goes_into_the_query_and_all_else_stays() {
        let to = |url| with_query(url, &[("code", "a b&c")]);
        assert_eq!(
            to("https://a.example/cb"),
            "https://a.example/cb?code=a+b%26c"
        );
        assert_eq!(to("https://a.example"), "https://a.example?code=a+b%26c");
        assert_eq!(to("app://cb?a=1"), "app://cb?a=1&code=a+b%26c");
        assert_eq!(to("app://cb?"), "app://cb?code=a+b%26c");
        assert_eq!(to("app://cb?a=1&"), "app://cb?a=1&code=a+b%26c");
        assert_eq!(
            to("app://cb?code=old&%63ode&a=1"),
            "app://cb?a=1&code=a+b%26c"
        );
        assert_eq!(
            to("app://cb?a=%20#top?x"),
            "app://cb?a=%20&code=a+b%26c#top?x"
        );
    }
}
