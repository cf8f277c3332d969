//! SQLite's result codes (sqlite.org/rescode.html), told as the store's errors.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{OpenError, StoreError};

/// Which database it is, to say so in errors.
#[derive(Clone, Debug)]
pub(crate) struct Database(Arc<Path>);

/// What a result code means to the one who asked.
enum Cause {
    Taken,
    Missing,
    Full,
    ReadOnly,
    Busy,
    Unopenable,
    NotADatabase,
    Corrupt,
    Other,
}

/// What breaking a rule means for one kind of change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// A key is there already.
    pub(crate) taken: &'static str,
    /// What is referred to is not there.
    pub(crate) missing: &'static str,
}

impl Database {
    pub(crate) fn new(path: &Path) -> Self {
        Self(Arc::from(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    fn to_path_buf(&self) -> PathBuf {
        self.0.to_path_buf()
    }

    pub(crate) fn corrupt(&self, what: impl Into<String>) -> StoreError {
        StoreError::Corrupt {
            database: self.to_path_buf(),
            what: what.into(),
        }
    }

    pub(crate) fn other(&self, reason: impl Into<String>) -> StoreError {
        StoreError::Other {
            database: self.to_path_buf(),
            reason: reason.into(),
        }
    }

    /// What `error` means once the store is open.
    pub(crate) fn error(&self, error: &sqlx::Error) -> StoreError {
        let database = self.to_path_buf();
        match cause(error) {
            Cause::Full => StoreError::Full { database },
            Cause::ReadOnly => StoreError::ReadOnly { database },
            Cause::Busy => StoreError::Busy { database },
            Cause::NotADatabase | Cause::Corrupt => self.corrupt(message(error)),
            Cause::Taken | Cause::Missing | Cause::Unopenable | Cause::Other => match error {
                sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => StoreError::Closed,
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                    self.corrupt(message(error))
                }
                _ => self.other(message(error)),
            },
        }
    }

    /// What `error` means while the store opens.
    pub(crate) fn open_error(&self, error: &sqlx::Error) -> OpenError {
        let database = self.to_path_buf();
        match cause(error) {
            Cause::Full => OpenError::Full { database },
            Cause::ReadOnly => OpenError::ReadOnly { database },
            Cause::Busy => OpenError::Busy { database },
            Cause::NotADatabase => OpenError::NotADatabase { database },
            Cause::Corrupt => OpenError::Corrupt {
                database,
                what: message(error),
            },
            Cause::Unopenable => OpenError::Unreadable {
                database,
                reason: message(error),
            },
            Cause::Taken | Cause::Missing | Cause::Other => OpenError::Other {
                database,
                reason: message(error),
            },
        }
    }
}

/// The broken rule, if that is what `error` is: then only the statement was undone, and its transaction goes on.
pub(crate) fn conflict(error: &sqlx::Error, rules: Rules) -> Option<StoreError> {
    match cause(error) {
        Cause::Taken => Some(StoreError::Taken { what: rules.taken }),
        Cause::Missing => Some(StoreError::Missing {
            what: rules.missing,
        }),
        _ => None,
    }
}

fn cause(error: &sqlx::Error) -> Cause {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .and_then(|code| code.parse::<u32>().ok());
    let Some(code) = code else {
        return Cause::Other;
    };
    match (code, code & 0xff) {
        (787, _) => Cause::Missing,
        (1555 | 2067, _) => Cause::Taken,
        // SQLITE_READONLY_DBMOVED is among them: the file was renamed or deleted under the store.
        (_, 3 | 8) => Cause::ReadOnly,
        (_, 5 | 6) => Cause::Busy,
        (_, 11) => Cause::Corrupt,
        (_, 13) => Cause::Full,
        (_, 14 | 23) => Cause::Unopenable,
        (_, 26) => Cause::NotADatabase,
        _ => Cause::Other,
    }
}

fn message(error: &sqlx::Error) -> String {
    error.to_string()
}
