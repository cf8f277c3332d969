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

impl Operation {
    /// The key of `responses` that says what an answer of `status` is: itself, else its class, else `default` (OpenAPI 3.1.1,
    /// Responses Object).
    pub(crate) fn response(&self, status: u16) -> Option<&'static str> {
        let class = format!("{}XX", status / 100);
        let exact = self.key(&status.to_string());
        exact
            .or_else(|| self.key(&class))
            .or_else(|| self.key("default"))
    }

    /// This key of `responses`.
    pub(crate) fn key(&self, name: &str) -> Option<&'static str> {
        let mut keys = self.responses.iter();
        keys.find(|key| key.eq_ignore_ascii_case(name)).copied()
    }
}
