//! Requests that a server sends by itself, to webhooks and callbacks (OpenAPI 3.1.1, sections 4.8.1 and 4.8.18): built here,
//! and sent by whichever HTTP client the server has.

mod builder;
mod expression;
mod form;
mod multipart;
mod style;

use std::borrow::Cow;
use std::fmt;

pub use builder::Builder;
pub use bytes::Bytes;
pub use expression::Exchange;
pub use multipart::{File, Multipart};

pub use crate::field_encoding::{FieldEncoding, FieldForm};
pub use crate::parameters::Style;

/// A request that is ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    method: &'static str,
    url: String,
    headers: Vec<(Cow<'static, str>, String)>,
    body: Bytes,
}

impl Outgoing {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The URL, absolute and without a fragment.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The header fields in order, `Content-Type` among them; the client adds `Host` and `Content-Length`.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.iter();
        headers.map(|(name, value)| (&**name, value.as_str()))
    }

    /// The octets of the body; none where it has no body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The same with one more header field: a signature, or a credential.
    ///
    /// # Errors
    /// [`Fault::Header`].
    pub fn with_header(
        mut self,
        name: &'static str,
        value: impl Into<String>,
    ) -> Result<Self, Fault> {
        let header = builder::header(name, value.into())?;
        self.headers.push(header);
        Ok(self)
    }
}

/// Neither the query nor the values of header fields nor the body: they may hold a secret.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("Outgoing")
            .field("method", &self.method)
            .field("url", &url)
            .finish_non_exhaustive()
    }
}

/// Why a request cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// No request can go to the URL, for this reason.
    Url(&'static str),
    /// The value of this parameter has no text.
    Parameter(&'static str),
    /// An item of this parameter's value holds the delimiter of its style, which has no other form for it.
    Delimiter(&'static str),
    /// The value of this header field is not legal in HTTP.
    Header(&'static str),
    /// The body has no form in its media type.
    Body,
    /// This runtime expression names nothing that is there.
    Expression(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(reason) => write!(f, "no request can go to the URL: {reason}"),
            Self::Parameter(name) => write!(f, "the parameter `{name}` has no text"),
            Self::Delimiter(name) => write!(
                f,
                "an item of the parameter `{name}` holds the delimiter of its style, and would arrive as two"
            ),
            Self::Header(name) => write!(f, "the header field `{name}` is not legal in HTTP"),
            Self::Body => f.write_str("the body has no form in its media type"),
            Self::Expression(text) => write!(f, "`{text}` names nothing that is there"),
        }
    }
}

impl std::error::Error for Fault {}
