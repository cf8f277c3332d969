//! The way back to the client: its redirection URI with the answer in the query (RFC 6749, section 4.1.2).

use form_urlencoded::Serializer;

/// `redirect_uri` with `parameters` added to its query. A query it already has is kept (RFC 6749, section 3.1.2);
/// `state` comes back as it was sent.
pub(super) fn redirect(
    redirect_uri: &str,
    parameters: &[(&str, &str)],
    state: Option<&str>,
) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(parameters);
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    let separator = match redirect_uri.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{redirect_uri}{separator}{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_goes_into_the_query() {
        let to = redirect(
            "https://app.example.com/cb",
            &[("code", "abc")],
            Some("a b&c"),
        );
        assert_eq!(to, "https://app.example.com/cb?code=abc&state=a+b%26c");
    }

    #[test]
    fn a_query_of_the_redirection_uri_is_kept() {
        let to = |uri| redirect(uri, &[("code", "abc")], None);
        assert_eq!(to("app://cb?a=1"), "app://cb?a=1&code=abc");
        assert_eq!(to("app://cb?"), "app://cb?code=abc");
        assert_eq!(to("app://cb?a=1&"), "app://cb?a=1&code=abc");
    }
}
