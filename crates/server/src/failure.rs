//! Faults of this server, as against faults of a request.

use std::fmt::Display;

use specmint_store::StoreError;

use crate::random::NoRandomness;

/// Something broke on our side. It was logged where it arose; the caller learns only that it happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure;

impl Failure {
    /// Logs `cause`, which must not quote a secret.
    pub(crate) fn because(cause: impl Display) -> Self {
        tracing::error!(%cause, "a request could not be served");
        Self
    }
}

impl From<NoRandomness> for Failure {
    fn from(error: NoRandomness) -> Self {
        Self::because(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::because(error)
    }
}
