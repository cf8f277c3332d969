//! What can keep a store from opening.

use std::io;
use std::path::PathBuf;

/// Why a store did not open. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The URL is not one of a SQLite file.
    #[error(
        "the database URL {url:?} is not usable ({reason}): write it as sqlite:FILE, for example sqlite:specmint.db"
    )]
    Url {
        /// As it was given, without a password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The database has to exist, and does not.
    #[error("there is no database at {}: name the one that is meant", .database.display())]
    MissingDatabase {
        /// Where it should be.
        database: PathBuf,
    },
    /// The directory that is to hold the database does not exist.
    #[error("the directory {} does not exist: make it, or name another database", .directory.display())]
    MissingDirectory {
        /// That directory.
        directory: PathBuf,
    },
    /// The database, or its directory, may not be written.
    #[error("{} cannot be written: give the server write access to the file and its directory", .database.display())]
    ReadOnly {
        /// The database file.
        database: PathBuf,
    },
    /// The database, or its directory, may not be opened at all.
    #[error("{} cannot be opened ({reason}): check that it is a file, and its permissions", .database.display())]
    Unreadable {
        /// The database file.
        database: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not a SQLite database.
    #[error("{} is not a SQLite database: name another file; this one was left as it is", .database.display())]
    NotADatabase {
        /// The file.
        database: PathBuf,
    },
    /// The file is a SQLite database that another program made.
    #[error("{} is a database of another program: name another file; this one was left as it is", .database.display())]
    ForeignDatabase {
        /// The database file.
        database: PathBuf,
    },
    /// A newer version made the database's schema.
    #[error("{} was written by a newer version (its schema is {found}, this version knows {known}): run that version, or restore a backup made before it", .database.display())]
    NewerSchema {
        /// The database file.
        database: PathBuf,
        /// The schema's version in the file.
        found: i64,
        /// The latest version this program knows.
        known: i64,
    },
    /// No room on the disk for the first tables.
    #[error("no room left to write {}: free some space on its disk", .database.display())]
    Full {
        /// The database file.
        database: PathBuf,
    },
    /// Another process kept the database locked for longer than the store waits.
    #[error("{} is locked by another process: try again, or end that process", .database.display())]
    Busy {
        /// The database file.
        database: PathBuf,
    },
    /// The file is damaged.
    #[error("{} is damaged ({what}): restore it from a backup", .database.display())]
    Corrupt {
        /// The database file.
        database: PathBuf,
        /// What was found.
        what: String,
    },
    /// The key file that seals the database's signing keys is gone.
    #[error("the key file {} is missing, and {} needs it for its signing keys: put it back from a backup, or name it with the key file option", .key_file.display(), .database.display())]
    KeyLost {
        /// Where it should be.
        key_file: PathBuf,
        /// The database file.
        database: PathBuf,
    },
    /// The key file belongs to another database.
    #[error("the key file {} does not belong to {}: name the one that was made with it", .key_file.display(), .database.display())]
    KeyForeign {
        /// The key file.
        key_file: PathBuf,
        /// The database file.
        database: PathBuf,
    },
    /// Others than its owner may read or write the key file.
    #[error("the key file {} is open to others (mode {mode:04o}): run `chmod 600` on it, and consider its keys known if others could read it", .key_file.display())]
    KeyTooOpen {
        /// The key file.
        key_file: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key file is not one.
    #[error("{} is not a key file of this program: put the right one back from a backup; this one was left as it is", .key_file.display())]
    KeyMalformed {
        /// The file.
        key_file: PathBuf,
    },
    /// The key file could not be read or made.
    #[error("the key file {} cannot be used: {source}", .key_file.display())]
    KeyIo {
        /// The key file.
        key_file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else.
    #[error("{} cannot be opened: {reason}", .database.display())]
    Other {
        /// The database file.
        database: PathBuf,
        /// What was said.
        reason: String,
    },
}
