//! Why Infisical does not serve a request.

use specmint_runtime::{Kind, Rejection, Unauthorized};
use specmint_store::StoreError;

use super::ended::{Ended, Purpose};
use super::role::{Action, Denied, NoSuchRole};
use crate::failure::Failure;

/// Why a request is not served.
#[derive(Debug)]
pub enum Error {
    /// The framework refused it.
    Rejected(Rejection),
    /// There is no token in the request.
    TokenMissing,
    /// The token, shown for this, opens nothing any more.
    Ended(Purpose, Ended),
    /// The token has ended.
    Expired,
    /// The token is no JWT with the claims of an identity's access token.
    Malformed,
    /// The token is signed with anything but HS256.
    InvalidAlgorithm,
    /// The token is not signed by us.
    InvalidSignature,
    /// The token is one of ours, but of no identity.
    NotAnAccessToken,
    /// The token may not be used from the client's address.
    UntrustedIp,
    /// The caller may not do this.
    Denied(Denied),
    /// The lifetime of a request is greater than its maximum.
    TtlBeyondMaxTtl,
    /// The lifetime would be greater than the maximum, of which one is kept.
    StoredTtlBeyondMaxTtl,
    /// An address is neither an address nor a block of them.
    InvalidTrustedIp,
    /// There is no such role.
    NoSuchRole,
    /// Nobody would administer the organization.
    LastAdmin,
    /// The identity is protected from deletion.
    DeleteProtection,
    /// The identity has Token Auth already.
    TokenAuthThere,
    /// The identity has no Token Auth.
    NoTokenAuth,
    /// The identity has no Token Auth that could be changed.
    NoTokenAuthToUpdate,
    /// The identity has no Token Auth that could be shown.
    TokenAuthNotFound,
    /// The caller has no such organization.
    OrganizationNotFound(String),
    /// The identity's organization is not called by this slug, and has none below it.
    SubOrganizationNotFound(String),
    /// The caller's organization has no such identity.
    IdentityNotFound(String),
    /// No identity of the caller's organization has such a token.
    TokenNotFound(String),
    /// As before, or the token was revoked.
    TokenNotFoundOrRevoked(String),
    /// The server failed.
    Failure,
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<NoSuchRole> for Error {
    fn from(NoSuchRole: NoSuchRole) -> Self {
        Self::NoSuchRole
    }
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(Unauthorized::Missing) => Self::TokenMissing,
            Kind::Unauthorized(Unauthorized::Malformed) => Self::Malformed,
            Kind::Forbidden => Self::Denied(Denied::Permission(Action::Read)),
            Kind::Internal | Kind::Timeout => Self::Failure,
            _ => Self::Rejected(rejection),
        }
    }
}

impl From<Failure> for Error {
    fn from(Failure: Failure) -> Self {
        Self::Failure
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}
