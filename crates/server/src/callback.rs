//! The way back to a client: an outcome in the query of an address that the client gave.

use fluent_uri::Uri;
use form_urlencoded::Serializer;

/// `url` with `parameters` added to its query; what it has stays (RFC 6749, section 3.1.2).
pub(crate) fn with_query(url: &str, parameters: &[(&str, &str)]) -> String {
    let (url, fragment) = match url.split_once('#') {
        Some((url, fragment)) => (url, Some(fragment)),
        None => (url, None),
    };
    let mut query = Serializer::new(String::new());
    query.extend_pairs(parameters);
    let separator = match url.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    let (mark, fragment) = fragment.map_or(("", ""), |fragment| ("#", fragment));
    format!("{url}{separator}{}{mark}{fragment}", query.finish())
}

/// The origin of an HTTPS URL (HTML Standard, section 7.1.1), as browsers write it; `None` where it has no host.
pub(crate) fn origin(url: &str) -> Option<String> {
    let url = Uri::parse(url).ok()?;
    let authority = url.authority()?;
    let host = authority.host().to_ascii_lowercase();
    let port = authority.port().map(|port| port.as_str());
    match port.filter(|port| !["", "443"].contains(port)) {
        _ if host.is_empty() => None,
        Some(port) => Some(format!("https://{host}:{port}")),
        None => Some(format!("https://{host}")),
    }
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
            to("app://cb?a=%20#top?x"),
            "app://cb?a=%20&code=a+b%26c#top?x"
        );
    }

    #[test]
    fn an_origin_is_scheme_host_and_port_as_browsers_write_it() {
        for (url, expected) in [
            ("https://App.Example.com/cb?a=1", "https://app.example.com"),
            ("HTTPS://app.example.com:443", "https://app.example.com"),
            ("https://app.example.com:/", "https://app.example.com"),
            (
                "https://app.example.com:8443/",
                "https://app.example.com:8443",
            ),
            (
                "https://someone:else@app.example.com/",
                "https://app.example.com",
            ),
            ("https://[::1]:444/#x", "https://[::1]:444"),
        ] {
            assert_eq!(origin(url).as_deref(), Some(expected));
        }
        assert_eq!(origin("https://:8443/"), None);
    }
}
