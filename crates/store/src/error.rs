//! What can go wrong once a store is open.

use std::path::PathBuf;

/// The result of everything an open store does.
pub type StoreResult<T> = Result<T, StoreError>;

/// Why the store did not do what it was asked; nothing of it was kept, save where a variant says otherwise.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No room on the disk, or the database reached the size it may have.
    #[error("no room left to write {database}: free some space on its disk; nothing was changed", database = database.display())]
    Full {
        /// The database file.
        database: PathBuf,
    },
    /// The file or its directory turned read-only.
    #[error("{database} cannot be written: give the server write access to the file and its directory", database = database.display())]
    ReadOnly {
        /// The database file.
        database: PathBuf,
    },
    /// Another process kept the database locked for longer than the store waits (5 s).
    #[error("{database} is locked by another process: ask again, or end that process", database = database.display())]
    Busy {
        /// The database file.
        database: PathBuf,
    },
    /// The store was closed, or its writer ended. What was asked may or may not have been kept.
    #[error("the store is closed")]
    Closed,
    /// What was to be kept has a name or a key that is taken.
    #[error("taken: {what}")]
    Taken {
        /// What is taken, and by what.
        what: &'static str,
    },
    /// What was to be kept refers to what does not exist, or was deleted meanwhile.
    #[error("missing: {what}")]
    Missing {
        /// What does not exist.
        what: &'static str,
    },
    /// What is on the disk cannot be what the store wrote.
    #[error("{database} is damaged ({what}): restore it from a backup", database = database.display())]
    Corrupt {
        /// The database file.
        database: PathBuf,
        /// What was found.
        what: String,
    },
    /// A signing key could not be made.
    #[error("the secret {name:?} could not be made: {reason}")]
    Make {
        /// The secret's name.
        name: String,
        /// What its maker said.
        reason: String,
    },
    /// Anything else, in the database's words.
    #[error("{database}: {reason}", database = database.display())]
    Other {
        /// The database file.
        database: PathBuf,
        /// What the database said.
        reason: String,
    },
}
