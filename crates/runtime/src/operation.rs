//! Facts about an operation that do not depend on who implements it.

use crate::rejection::Kind;
use crate::schemas::Schemas;

/// An Operation Object, as far as answering needs it.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// The method in upper case.
    pub method: &'static str,
    /// The path template, as in the contract.
    pub path: &'static str,
    /// Which documented status answers each kind of refusal.
    pub refusals: Refusals,
    /// Values of `WWW-Authenticate` (RFC 9110, section 11.6.1), one header field each.
    pub challenges: &'static [&'static str],
    /// The documented responses.
    pub responses: &'static [Documented],
    /// The schemas of the contract.
    pub schemas: &'static Schemas,
}

/// A documented response.
#[derive(Debug)]
pub struct Documented {
    /// `201`, `4XX` or `default`.
    pub status: &'static str,
    /// JSON Pointer of the Response Object, `$ref` followed.
    pub pointer: &'static str,
    /// The keys of `content`.
    pub media_types: &'static [&'static str],
}

/// The documented status for each kind of refusal; `None` where the contract has none that fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refusals {
    /// Parameters that break their schemas.
    pub parameters: Option<u16>,
    /// A body that breaks its schema.
    pub body: Option<u16>,
    /// No credential, or none that can be read.
    pub unauthorized: Option<u16>,
    /// A credential without the permission.
    pub forbidden: Option<u16>,
    /// A body larger than the limit.
    pub too_large: Option<u16>,
    /// A body of a media type that is not documented.
    pub media_type: Option<u16>,
    /// A fault of the server.
    pub internal: Option<u16>,
    /// A handler that took too long.
    pub timeout: Option<u16>,
}

impl Refusals {
    /// The documented status for `kind`.
    #[must_use]
    pub fn status(&self, kind: &Kind) -> Option<u16> {
        match kind {
            Kind::Parameters => self.parameters,
            Kind::Body => self.body,
            Kind::Unauthorized(_) => self.unauthorized,
            Kind::Forbidden => self.forbidden,
            Kind::PayloadTooLarge { .. } => self.too_large,
            Kind::UnsupportedMediaType { .. } => self.media_type,
            Kind::Internal => self.internal,
            Kind::Timeout => self.timeout,
            Kind::NotFound | Kind::MethodNotAllowed { .. } => None,
        }
    }
}
