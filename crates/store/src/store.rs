//! The handle on an open store.

mod owners;
mod secrets;
mod tokens;

use chrono::{DateTime, Utc};

use crate::{Clock, OpenError, Options, StoreResult};

/// An open store; cheap to clone, and usable from any tokio runtime.
#[derive(Clone, Debug)]
pub struct Store {
    clock: Clock,
}

impl Store {
    /// Opens the database, making it and its key file if there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// An [`OpenError`] that says what is in the way and what to do; nothing was changed then.
    pub async fn open(_options: Options) -> Result<Self, OpenError> {
        todo!()
    }

    /// The current time by the store's clock, in whole milliseconds.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Whether the store has no owner at all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_empty(&self) -> StoreResult<bool> {
        todo!()
    }

    /// Whether the store can do its work: reads the database, and hears from the writer.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn ping(&self) -> StoreResult<()> {
        todo!()
    }

    /// Finishes what was asked before, folds the write-ahead log into the database, and closes it. All clones are
    /// closed with it: what is asked of them later fails with [`StoreError::Closed`](crate::StoreError::Closed).
    pub async fn close(self) {
        todo!()
    }
}
