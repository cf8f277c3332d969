//! Facts about an operation that do not depend on who implements it.

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
    /// The keys of `responses`: `201`, `4XX`, `default`.
    pub responses: &'static [&'static str],
    /// The media types of an answer that succeeds; none where it may have no content.
    pub produces: &'static [&'static str],
    /// Values of `WWW-Authenticate` (RFC 9110, section 11.6.1), one header field each.
    pub challenges: &'static [&'static str],
    /// The schemas of the contract.
    pub schemas: &'static Schemas,
}
