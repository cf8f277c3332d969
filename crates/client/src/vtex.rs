//! The client of the VTEX Payment Provider Protocol.

#[allow(
    missing_docs,
    unused_imports,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    rustdoc::all
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/vtex.rs"));
}

pub use generated::*;

use crate::{SetupError, http};

/// A client. The protocol's first step needs no credential.
///
/// # Errors
/// When the HTTP client cannot be set up.
pub fn client(base_url: &str) -> Result<Client, SetupError> {
    Ok(Client::new_with_client(
        http::origin(base_url),
        http::anonymous()?,
    ))
}
