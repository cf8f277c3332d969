//! A page that says one thing.

use askama::Template;

/// A page that says one thing, and no more.
#[derive(Debug, Template)]
#[template(path = "notice.html")]
pub(crate) struct Notice<'a> {
    /// By which its policy knows its style; nothing, where the policy lets any in.
    pub(crate) nonce: Option<&'a str>,
    pub(crate) heading: &'a str,
    pub(crate) text: &'a str,
}
