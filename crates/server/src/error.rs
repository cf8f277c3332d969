//! What can keep a server from starting.

use std::net::SocketAddr;

use specmint_store::StoreError;

use crate::failure::Failure;
use crate::infisical::MintError;
use crate::random::NoRandomness;

/// Why a server does not start, or the demo's objects cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error(
        "cannot listen on {address}: {cause}; choose another address, or port 0 for any that is free"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A contract cannot be shown as documentation.
    #[error("the contract of {0} is not JSON")]
    Contract(&'static str),
    /// A signing key is not what it was when it was made.
    #[error(
        "the signing key {0} in the database cannot be used: restore the database from a backup"
    )]
    SigningKey(&'static str),
    /// Signing failed.
    #[error("a token could not be signed")]
    Signing,
    /// An object of the demo is not what it was when it was made.
    #[error(
        "an object of the demo in the database cannot be used ({0}): start with a new database"
    )]
    Object(String),
    /// The operating system has no randomness.
    #[error("the operating system has no randomness to give")]
    NoRandomness,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<NoRandomness> for StartError {
    fn from(NoRandomness: NoRandomness) -> Self {
        Self::NoRandomness
    }
}

impl From<MintError> for StartError {
    fn from(error: MintError) -> Self {
        match error {
            MintError::Store(error) => Self::Store(error),
            MintError::Failure(Failure) => Self::Signing,
        }
    }
}
