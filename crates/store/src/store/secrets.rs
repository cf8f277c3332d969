//! Secrets, sealed: signing keys, and what is kept for owners.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::sqlite::change::{DropSecret, KeepSecret, sealed_name};
use crate::sqlite::read;
use crate::{OwnerId, SecretBytes, Store, StoreError, StoreResult};

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
        if let Some(kept) = self.read_secret(name).await? {
            return Ok(kept);
        }
        let made = make().map(SecretBytes::from);
        let made = made.map_err(|error| StoreError::Make {
            name: name.to_owned(),
            reason: error.to_string(),
        })?;
        // Another process may have been first: then its secret is the one.
        self.keep_secret(name, &made).await?;
        let kept = self.read_secret(name).await?;
        kept.ok_or_else(|| {
            self.inner
                .database
                .corrupt("a secret that was kept is gone")
        })
    }

    /// Keeps a secret under a name, sealed, unless there is one of that name; whether it was kept.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep_secret(&self, name: &str, secret: &[u8]) -> StoreResult<bool> {
        let keep = KeepSecret {
            name: name.to_owned(),
            sealed: self.seal(name, secret)?,
            now: self.now(),
        };
        self.inner.asker.change(keep).await
    }

    /// Drops the secret of that name; whether there was one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn drop_secret(&self, name: &str) -> StoreResult<bool> {
        let name = name.to_owned();
        self.inner.asker.change(DropSecret { name }).await
    }

    /// The names of the secrets that begin with `prefix`, and when they were kept, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn secret_names(&self, prefix: &str) -> StoreResult<Vec<(String, DateTime<Utc>)>> {
        self.reads(read::secret_names(&self.inner.readers, prefix).await)
    }

    /// The secret that is kept for an owner, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read, or what is kept does not unseal.
    pub async fn unseal_owner(&self, id: OwnerId) -> StoreResult<Option<SecretBytes>> {
        let sealed = self.reads(read::sealed_of_owner(&self.inner.readers, id).await)?;
        self.unseal(&sealed_name(id), sealed)
    }

    /// `secret`, sealed under `name`.
    pub(super) fn seal(&self, name: &str, secret: &[u8]) -> StoreResult<Vec<u8>> {
        let sealed = self.inner.sealer.seal(name, secret);
        sealed.map_err(|error| self.inner.database.other(error.to_string()))
    }

    /// The secret of that name, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read, or what is kept does not unseal.
    pub async fn read_secret(&self, name: &str) -> StoreResult<Option<SecretBytes>> {
        let sealed = self.reads(read::secret(&self.inner.readers, name).await)?;
        self.unseal(name, sealed)
    }

    fn unseal(&self, name: &str, sealed: Option<Vec<u8>>) -> StoreResult<Option<SecretBytes>> {
        let opened = sealed.map(|sealed| self.inner.sealer.open(name, &sealed));
        opened.transpose().map_err(|_| {
            self.inner
                .database
                .corrupt(format!("the secret {name:?} does not unseal"))
        })
    }
}
