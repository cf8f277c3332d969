//! The way back to the client: which redirection URI it may name, and the answer in that URI's query (RFC 6749,
//! section 4.1.2).

use serde::{Deserialize, Serialize};

use crate::callback::with_query;

/// The way back to a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Way {
    pub(super) redirect_uri: String,
    /// Comes back as it was sent.
    pub(super) state: Option<String>,
    /// Whose answer it is (RFC 9207, section 2).
    pub(super) issuer: String,
}

impl Way {
    /// The address of an answer with `parameters`.
    pub(super) fn with(&self, parameters: &[(&str, &str)]) -> String {
        let issuer = [("iss", self.issuer.as_str())];
        let parameters = [parameters, &issuer].concat();
        redirect(&self.redirect_uri, &parameters, self.state.as_deref())
    }
}

/// `redirect_uri` with `parameters` added to its query. A query it already has is kept (RFC 6749, section 3.1.2);
/// `state` comes back as it was sent.
fn redirect(redirect_uri: &str, parameters: &[(&str, &str)], state: Option<&str>) -> String {
    let state = state.map(|state| ("state", state));
    let parameters: Vec<_> = parameters.iter().copied().chain(state).collect();
    with_query(redirect_uri, &parameters)
}

/// Whether the two are one redirection URI to a native app, which cannot know beforehand on which port of its own
/// machine it will listen (RFC 8252, section 7.3; RFC 9700, section 4.1.3).
pub(super) fn differ_in_loopback_port_only(registered: &str, requested: &str) -> bool {
    let registered = without_loopback_port(registered);
    registered.is_some() && registered == without_loopback_port(requested)
}

/// The loopback host and what follows the port; nothing of any other URI.
fn without_loopback_port(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let host = ["127.0.0.1", "[::1]", "localhost"]
        .into_iter()
        .find(|host| rest.starts_with(host))?;
    let rest = rest.strip_prefix(host)?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (port, rest) = rest.split_at(end);
    let good = match port.strip_prefix(':') {
        None => port.is_empty(),
        Some(digits) => {
            digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok()
        }
    };
    good.then_some((host, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_loopback_any_port_will_do_and_nothing_else_may_differ() {
        let same = |requested| differ_in_loopback_port_only("http://127.0.0.1/cb", requested);
        assert!(same("http://127.0.0.1:51004/cb"));
        assert!(differ_in_loopback_port_only(
            "http://[::1]:80/cb?a=1",
            "http://[::1]:9/cb?a=1"
        ));
        for wrong in [
            "http://127.0.0.1:51004/other",
            "http://127.0.0.1:51004/cb?a=1",
            "http://127.0.0.1:51004",
            "http://127.0.0.1:/cb",
            "http://127.0.0.1:+80/cb",
            "http://127.0.0.1:99999/cb",
            "http://127.0.0.1:80@evil.example/cb",
            "http://127.0.0.1.evil.example/cb",
            "http://127.0.0.1:80#/cb",
            "http://localhost:51004/cb",
            "https://127.0.0.1:51004/cb",
        ] {
            assert!(!same(wrong), "{wrong}");
        }
        assert!(!differ_in_loopback_port_only(
            "https://app.example.com/cb",
            "https://app.example.com:444/cb"
        ));
    }

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
