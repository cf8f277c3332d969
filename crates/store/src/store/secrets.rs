//! Signing keys, sealed.

use std::fmt;

use crate::sqlite::change::KeepSecret;
use crate::sqlite::read;
use crate::{SecretBytes, Store, StoreError, StoreResult};

impl Store {
    /// The secret of that name. The first time `make` makes it, and it is kept, sealed (AES-256-GCM) by the key
    /// file; of several who make it at once, all get the same.
    ///
    /// # Errors
    /// [`Make`](crate::StoreError::Make) when `make` fails; [`Corrupt`](crate::StoreError::Corrupt) when what is
    /// kept does not unseal.
    pub async fn secret<E: fmt::Display>(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> StoreResult<SecretBytes> {
        if let Some(kept) = self.kept_secret(name).await? {
            return Ok(kept);
        }
        let made = make().map(SecretBytes::from);
        let made = made.map_err(|error| StoreError::Make {
            name: name.to_owned(),
            reason: error.to_string(),
        })?;
        let sealed = self.inner.sealer.seal(name, &made);
        let sealed = sealed.map_err(|_| self.inner.database.other("a secret cannot be sealed"))?;
        let keep = KeepSecret {
            name: name.to_owned(),
            sealed,
            now: self.now(),
        };
        self.inner.asker.change(keep).await?;
        // Another process may have been first: then its secret is the one.
        let kept = self.kept_secret(name).await?;
        kept.ok_or_else(|| {
            self.inner
                .database
                .corrupt("a secret that was kept is gone")
        })
    }

    async fn kept_secret(&self, name: &str) -> StoreResult<Option<SecretBytes>> {
        let sealed = self.reads(read::secret(&self.inner.readers, name).await)?;
        let opened = sealed.map(|sealed| self.inner.sealer.open(name, &sealed));
        opened.transpose().map_err(|_| {
            self.inner
                .database
                .corrupt(format!("the secret {name:?} does not unseal"))
        })
    }
}
