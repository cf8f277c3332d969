//! A page that says one thing.

use askama::Template;

use crate::hosted_page::Nonce;

/// A page that says one thing, and no more.
#[derive(Template)]
#[template(path = "notice.html")]
pub(crate) struct Notice<'a> {
    /// By which its policy knows its style.
    pub(crate) nonce: Nonce,
    pub(crate) heading: &'a str,
    pub(crate) text: &'a str,
}
