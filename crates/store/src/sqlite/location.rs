//! What a database URL says.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::OpenError;

/// Where the database is and how it may be opened.
#[derive(Debug)]
pub(crate) struct Location {
    path: PathBuf,
    base: SqliteConnectOptions,
    mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Read,
    Write,
    Create,
}

/// How long a connection waits for another process's lock.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

impl Location {
    /// Reads `sqlite:FILE` or `sqlite://FILE`, percent-encoded where it must be, with `?mode=rwc` (the default), `rw` or
    /// `ro`.
    pub(crate) fn parse(url: &str) -> Result<Self, OpenError> {
        let refuse = |reason: &str| OpenError::Url {
            url: url
                .split_once('@')
                .map_or(url, |(_, after)| after)
                .to_owned(),
            reason: reason.to_owned(),
        };
        let rest = url
            .strip_prefix("sqlite:")
            .ok_or_else(|| refuse("only SQLite is supported"))?;
        let (file, query) = rest.split_once('?').unwrap_or((rest, "mode=rwc"));
        let mode = match query {
            "mode=rwc" => Mode::Create,
            "mode=rw" => Mode::Write,
            "mode=ro" => Mode::Read,
            _ => return Err(refuse("the only parameter is mode, which is ro, rw or rwc")),
        };
        let base = SqliteConnectOptions::from_str(&format!("sqlite:{file}"))
            .map_err(|error| refuse(&error.to_string()))?;
        let path = base.get_filename().to_owned();
        if path.as_os_str().is_empty() || path.ends_with("/") || path == Path::new("/") {
            return Err(refuse("it names no file"));
        }
        if file.contains(":memory:") || path.starts_with("file:") || rest.starts_with("file:") {
            return Err(refuse("tokens are kept in a plain file, nowhere else"));
        }
        Ok(Self { path, base, mode })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The key file's place unless another is named: beside the database.
    pub(crate) fn default_key_file(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".key");
        PathBuf::from(name)
    }

    /// The directory that holds the database.
    pub(crate) fn directory(&self) -> &Path {
        match self.path.parent() {
            Some(directory) if !directory.as_os_str().is_empty() => directory,
            _ => Path::new("."),
        }
    }

    /// Options of a connection that only reads, and changes no setting of the file.
    pub(crate) fn reader(&self) -> SqliteConnectOptions {
        use sqlx::ConnectOptions;
        self.base
            .clone()
            .read_only(true)
            .busy_timeout(PATIENCE)
            .thread_name(|_| "store-reader".to_owned())
            .disable_statement_logging()
    }

    /// Options of the connection that writes. It folds the log into the database every 8192 pages (32 MiB): seldom enough
    /// to cost little, often enough that the log stays small.
    pub(crate) fn writer(&self) -> SqliteConnectOptions {
        use sqlx::ConnectOptions;
        self.base
            .clone()
            .read_only(self.mode == Mode::Read)
            .create_if_missing(self.mode == Mode::Create)
            .busy_timeout(PATIENCE)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("wal_autocheckpoint", "8192")
            .thread_name(|_| "store-writer".to_owned())
            .disable_statement_logging()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(url: &str) -> PathBuf {
        Location::parse(url).expect(url).path
    }

    #[test]
    fn urls_name_files() {
        assert_eq!(path("sqlite:specmint.db"), Path::new("specmint.db"));
        assert_eq!(path("sqlite://specmint.db"), Path::new("specmint.db"));
        assert_eq!(
            path("sqlite:///var/lib/specmint.db"),
            Path::new("/var/lib/specmint.db")
        );
        assert_eq!(
            path("sqlite:/var/lib/specmint.db"),
            Path::new("/var/lib/specmint.db")
        );
        assert_eq!(path("sqlite:a%3Fb.db?mode=rw"), Path::new("a?b.db"));
        let location = Location::parse("sqlite:data/x.db").expect("a file");
        assert_eq!(location.default_key_file(), Path::new("data/x.db.key"));
        assert_eq!(location.directory(), Path::new("data"));
    }

    #[test]
    fn other_urls_are_refused() {
        for url in [
            "",
            "specmint.db",
            "postgres://me:hush@host/db",
            "sqlite:",
            "sqlite::memory:",
            "sqlite:x.db?mode=memory",
            "sqlite:x.db?immutable=1",
            "sqlite:file:x.db",
            "sqlite:/",
        ] {
            let refused = Location::parse(url).expect_err(url);
            assert!(matches!(refused, OpenError::Url { .. }), "{url}");
            assert!(!refused.to_string().contains("hush"));
        }
    }
}
