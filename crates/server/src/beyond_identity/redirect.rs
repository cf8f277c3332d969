//! The way back to the client: which redirection URI it may name, and how the answer goes there (RFC 6749, section
//! 4.1.2; OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1).

use form_urlencoded::Serializer;
use serde::{Deserialize, Serialize};

use super::form_post::FormPost;
use crate::callback::with_query;

/// The way back to a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Way {
    pub(super) redirect_uri: String,
    /// Comes back as it was sent.
    pub(super) state: Option<String>,
    /// Whose answer it is (RFC 9207, section 2).
    pub(super) issuer: String,
    #[serde(default)]
    pub(super) mode: ResponseMode,
}

/// How an answer goes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ResponseMode {
    /// In the query of the redirection URI.
    #[default]
    Query,
    /// In its fragment.
    Fragment,
    /// To it, in a form (OAuth 2.0 Form Post Response Mode).
    FormPost,
}

/// What takes the browser back to the client.
#[derive(Debug)]
pub(super) enum Back {
    /// An address to go to.
    Redirect(String),
    /// A page that sends a form.
    Post(FormPost),
}

impl ResponseMode {
    /// All of them, as metadata names them.
    pub(super) const NAMES: [&str; 3] = ["query", "fragment", "form_post"];

    /// The one of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "query" => Some(Self::Query),
            "fragment" => Some(Self::Fragment),
            "form_post" => Some(Self::FormPost),
            _ => None,
        }
    }
}

impl Way {
    /// Takes an answer with `parameters` back. A query of the redirection URI is kept (RFC 6749, section 3.1.2).
    pub(super) fn with(&self, parameters: &[(&str, &str)]) -> Back {
        let issuer = [("iss", self.issuer.as_str())];
        let state = self.state.as_deref().map(|state| ("state", state));
        let parameters = [parameters, &issuer].concat();
        let parameters: Vec<_> = parameters.into_iter().chain(state).collect();
        let uri = &self.redirect_uri;
        match self.mode {
            ResponseMode::Query => Back::Redirect(with_query(uri, &parameters)),
            ResponseMode::Fragment => {
                let mut fragment = Serializer::new(String::new());
                fragment.extend_pairs(&parameters);
                // What is registered has no fragment of its own.
                Back::Redirect(format!("{uri}#{}", fragment.finish()))
            }
            ResponseMode::FormPost => Back::Post(FormPost::new(uri, &parameters)),
        }
    }
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

    fn answer(mode: ResponseMode, redirect_uri: &str) -> Back {
        let way = Way {
            redirect_uri: redirect_uri.to_owned(),
            state: Some("a b&c".to_owned()),
            issuer: "i".to_owned(),
            mode,
        };
        way.with(&[("code", "abc")])
    }

    #[test]
    fn the_answer_goes_into_the_query_which_is_kept_or_into_the_fragment() {
        for (mode, uri, expected) in [
            (
                ResponseMode::Query,
                "https://app.example.com/cb",
                "https://app.example.com/cb?code=abc&iss=i&state=a+b%26c",
            ),
            (
                ResponseMode::Query,
                "app://cb?a=1",
                "app://cb?a=1&code=abc&iss=i&state=a+b%26c",
            ),
            (
                ResponseMode::Fragment,
                "app://cb?a=1",
                "app://cb?a=1#code=abc&iss=i&state=a+b%26c",
            ),
        ] {
            let back = answer(mode, uri);
            assert!(
                matches!(&back, Back::Redirect(to) if to == expected),
                "{back:?}"
            );
        }
    }

    #[test]
    fn every_named_mode_is_known_and_no_other() {
        for name in ResponseMode::NAMES {
            let mode = serde_json::to_value(ResponseMode::named(name)).unwrap();
            assert_eq!(mode, name);
        }
        assert_eq!(ResponseMode::named("Query"), None);
    }
}
