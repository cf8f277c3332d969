//! Signing keys, sealed.

use std::fmt;

use crate::{SecretBytes, Store, StoreResult};

impl Store {
    /// The secret of that name. The first time `make` makes it, and it is kept, sealed (AES-256-GCM) by the key
    /// file; of several who make it at once, all get the same.
    ///
    /// # Errors
    /// [`Make`](crate::StoreError::Make) when `make` fails; [`Corrupt`](crate::StoreError::Corrupt) when what is
    /// kept does not unseal.
    pub async fn secret<E: fmt::Display>(
        &self,
        _name: &str,
        _make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> StoreResult<SecretBytes> {
        todo!()
    }
}
