//! The handle on an open store.

#[cfg(test)]
mod failures;
mod find;
mod owners;
mod secrets;
mod tokens;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::sqlite::{self, Opened, read};
use crate::{Clock, OpenError, Options, StoreResult};

/// An open store; cheap to clone, and usable from any tokio runtime.
#[derive(Clone)]
pub struct Store {
    clock: Clock,
    inner: Arc<Opened>,
}

impl Store {
    /// Opens the database, making it and its key file if there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// An [`OpenError`] that says what is in the way and what to do; nothing was changed then.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        let clock = options.clock.clone();
        let inner = Arc::new(sqlite::open(options).await?);
        Ok(Self { clock, inner })
    }

    /// The current time by the store's clock, in whole milliseconds.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Another number whenever owners or signing keys may have changed, here or, within a quarter of a second, in
    /// another process: who keeps something of them needs to look again only then.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.inner.caches.generation()
    }

    /// Whether the store has no owner, but for those of one API.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_empty_but_for(&self, api: &str) -> StoreResult<bool> {
        self.reads(read::any_owner(&self.inner.readers, api).await)
            .map(|any| !any)
    }

    /// Whether the store can do its work: reads the database, and hears from the writer.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn ping(&self) -> StoreResult<()> {
        self.reads(read::any_owner(&self.inner.readers, "").await)?;
        self.inner.asker.ping().await
    }

    /// Finishes what was asked before, folds the write-ahead log into the database, and closes it. All clones are
    /// closed with it: what is asked of them later fails with [`StoreError::Closed`](crate::StoreError::Closed).
    pub async fn close(self) {
        if let Err(error) = self.inner.uses.keep(&self.inner.asker).await {
            tracing::warn!(%error, "the last uses of tokens were not kept");
        }
        self.inner.readers.close().await;
        self.inner.asker.close().await;
    }

    /// What was read, or its error as the store's.
    fn reads<T>(&self, read: sqlx::Result<T>) -> StoreResult<T> {
        read.map_err(|error| self.inner.database.error(&error))
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("database", &self.inner.database.path())
            .finish_non_exhaustive()
    }
}
