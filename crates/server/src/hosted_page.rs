//! Pages that a person sees on the way through an API, and what such a page may load.

use std::fmt;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::failure::Failure;
use crate::random::{NoRandomness, random_bytes};

/// A page, and the policy that it goes with (CSP3).
pub struct HostedPage {
    pub(crate) body: String,
    pub(crate) content_security_policy: String,
}

impl fmt::Debug for HostedPage {
    // There are tokens and tickets in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HostedPage(..)")
    }
}

/// What marks a page's own style and script: nobody else knows it (CSP3, section 8.2).
pub(crate) struct Nonce(String);

impl Nonce {
    fn new() -> Result<Self, NoRandomness> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random_bytes::<16>()?)))
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a form leads that leads to `uri` (CSP3, section 2.3.1). On the web the client may lead on to wherever it likes, and
/// browsers hold that against the policy too.
pub(crate) fn led_by(uri: &str) -> String {
    const WEB: &str = "http: https:";
    let (scheme, _) = uri.split_once(':').unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => WEB.to_owned(),
        scheme => format!("{WEB} {scheme}:"),
    }
}

/// What a page needs beyond its style.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needs<'a> {
    /// Whether it has a script of its own.
    pub(crate) script: bool,
    /// Where its forms lead in the end, beside the server itself: browsers hold redirects against it too.
    pub(crate) leads_to: &'a str,
}

impl Needs<'_> {
    /// The policy of an answer that has neither style nor script.
    pub(crate) fn bare_policy(self) -> String {
        self.policy("")
    }

    /// The policy that allows its `own` style and script.
    fn policy(self, own: &str) -> String {
        format!(
            "default-src 'none'; {own}base-uri 'none'; form-action 'self' {}; frame-ancestors 'none'",
            self.leads_to
        )
    }

    /// The page that `template` makes of a new nonce.
    pub(crate) fn page<T: Template>(
        self,
        template: impl FnOnce(Nonce) -> T,
    ) -> Result<HostedPage, Failure> {
        let nonce = Nonce::new()?;
        let script = match self.script {
            true => format!("script-src 'nonce-{nonce}'; "),
            false => String::new(),
        };
        let content_security_policy = self.policy(&format!("style-src 'nonce-{nonce}'; {script}"));
        let body = template(nonce).render().map_err(Failure::because)?;
        Ok(HostedPage {
            body,
            content_security_policy,
        })
    }
}
