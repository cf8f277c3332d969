//! Where a store is, and what it goes by.

use std::path::PathBuf;
use std::time::Duration;

use crate::Clock;

/// What [`Store::open`](crate::Store::open) goes by.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The database's URL: `sqlite:FILE`, relative or absolute. The file is made if there is none, unless it
    /// [has to exist](Self::must_exist).
    pub url: String,
    /// Whether a file that does not exist is refused.
    pub must_exist: bool,
    /// The file with the key that seals the signing keys; beside the database, with `.key` appended, if `None`.
    pub key_file: Option<PathBuf>,
    /// Where the time comes from.
    pub clock: Clock,
    /// How long after its end a token is kept before it is swept: 7 days, if not set.
    pub retention: Duration,
}

impl Options {
    /// The database at `url`, with the key file beside it, the system's clock and a retention of 7 days.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            must_exist: false,
            key_file: None,
            clock: Clock::system(),
            retention: Duration::from_secs(7 * 24 * 60 * 60),
        }
    }

    /// The same, with its key in `key_file`.
    #[must_use]
    pub fn key_file(mut self, key_file: impl Into<PathBuf>) -> Self {
        self.key_file = Some(key_file.into());
        self
    }

    /// The same, but for a database that is there already.
    #[must_use]
    pub const fn must_exist(mut self) -> Self {
        self.must_exist = true;
        self
    }

    /// The same, with its time from `clock`.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The same, keeping tokens for `retention` after their end.
    #[must_use]
    pub const fn retention(mut self, retention: Duration) -> Self {
        self.retention = retention;
        self
    }
}
