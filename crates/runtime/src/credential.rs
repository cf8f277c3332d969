//! Credentials as they arrive: unchecked, and never printed. They have no `==`, which would take a time that tells.

use std::fmt;
use std::sync::Arc;

/// An API key (`type: apiKey`).
#[derive(Clone)]
pub struct ApiKey(pub(crate) String);

/// A bearer token (RFC 6750); of `type: http, scheme: bearer`, `oauth2` and `openIdConnect`.
#[derive(Clone)]
pub struct Bearer(pub(crate) String);

/// What follows the name of any other authentication scheme in `Authorization` (RFC 9110, section 11.4): a token68 or
/// parameters, which are for the implementer to read.
#[derive(Clone)]
pub struct Credentials(pub(crate) String);

/// A user-id and password (RFC 7617).
#[derive(Clone)]
pub struct Basic {
    pub(crate) username: String,
    pub(crate) password: String,
}

impl ApiKey {
    /// The key itself: a secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Bearer {
    /// The token itself: a secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Credentials {
    /// The text itself: a secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// The certificate that a client proved to own when the connection was made (`type: mutualTLS`; RFC 8446, section 4.4.2).
///
/// Only the server's TLS layer knows it. It hands it over where a connection is made; without that nobody presents one, so
/// that the door stays closed. A header field that a proxy sets is not looked at: anyone can send one.
///
/// ```no_run
/// # use actix_web::{App, HttpServer};
/// # use specmint_runtime::ClientCertificate;
/// # fn peer_certificate(_: &dyn std::any::Any) -> Option<Vec<u8>> { None }
/// HttpServer::new(App::new).on_connect(|connection, extensions| {
///     // With rustls, the first of `peer_certificates()`.
///     if let Some(der) = peer_certificate(connection) {
///         extensions.insert(ClientCertificate::new(der));
///     }
/// });
/// ```
#[derive(Clone)]
pub struct ClientCertificate(Arc<[u8]>);

impl ClientCertificate {
    /// Of the client's own certificate, DER-encoded. Whoever calls this has verified it.
    pub fn new(der: impl Into<Arc<[u8]>>) -> Self {
        Self(der.into())
    }

    /// The certificate, DER-encoded (RFC 5280).
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0
    }
}

impl Basic {
    /// The user-id, without colons.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The password itself: a secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(redacted)")
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bearer(redacted)")
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(redacted)")
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientCertificate({} bytes)", self.0.len())
    }
}

impl fmt::Debug for Basic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Basic(redacted)")
    }
}

/// What a request presents for one security requirement: all schemes of it, joined by [`Presented::and`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presented<T> {
    /// Nothing.
    Absent,
    /// Credentials for some of its schemes.
    Partial,
    /// A credential that cannot be read.
    Malformed,
    /// All its credentials.
    Whole(T),
}

impl<T> Presented<T> {
    /// Both must be presented: the AND of a Security Requirement Object with several schemes.
    #[must_use]
    pub fn and<U>(self, other: Presented<U>) -> Presented<(T, U)> {
        match (self, other) {
            (Self::Whole(a), Presented::Whole(b)) => Presented::Whole((a, b)),
            (Self::Absent, Presented::Absent) => Presented::Absent,
            (Self::Malformed, _) | (_, Presented::Malformed) => Presented::Malformed,
            _ => Presented::Partial,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_printed() {
        let basic = Basic {
            username: "secret".to_owned(),
            password: "secret".to_owned(),
        };
        let key = Presented::Whole(ApiKey("secret".to_owned()));
        let all = key.and(Presented::Whole(Bearer("secret".to_owned())));
        let other = Credentials("secret".to_owned());
        assert!(!format!("{all:?} {basic:?} {other:?}").contains("secret"));
    }

    #[test]
    fn half_of_a_requirement_is_partial() {
        let whole = || Presented::Whole(1);
        assert_eq!(whole().and(Presented::<u8>::Absent), Presented::Partial);
        assert_eq!(
            whole().and(Presented::<u8>::Malformed),
            Presented::Malformed
        );
        assert_eq!(
            Presented::<u8>::Absent.and(Presented::<u8>::Absent),
            Presented::Absent
        );
    }
}
