//! A directory with a database, and what the tests put into it.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde_json::json;
use specmint_store::{Clock, Digest, NewOwner, NewToken, Options, Owner, OwnerId, Store, split};
use tempfile::TempDir;

pub const API: &str = "example";

/// A directory of its own for one test, deleted with it.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary directory"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn database(&self) -> PathBuf {
        self.path("store.db")
    }

    pub fn options(&self) -> Options {
        Options::new(format!("sqlite:{}", self.database().display()))
    }

    pub async fn open(&self) -> Store {
        Store::open(self.options()).await.expect("it opens")
    }

    pub async fn open_at(&self, clock: &Clock) -> Store {
        let options = self.options().clock(clock.clone());
        Store::open(options).await.expect("it opens")
    }

    /// All bytes of all files, as they lie on the disk.
    pub fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.0.path()).expect("listed");
        let read = |file: std::io::Result<std::fs::DirEntry>| {
            std::fs::read(file.expect("a file").path()).expect("read")
        };
        files.flat_map(read).collect()
    }
}

pub fn noon() -> DateTime<Utc> {
    "2026-01-01T12:00:00Z".parse().expect("a time")
}

pub async fn team(store: &Store) -> Owner {
    let team = NewOwner {
        api: API,
        kind: "team",
        parent: None,
        keys: vec!["acme".to_owned()],
        attributes: json!({"name": "Acme"}),
        secret_hash: None,
        sealed: None,
        by: "test",
    };
    store.create_owner(team).await.expect("made")
}

/// A new token of `owner`, with a random text of its own.
pub fn token(owner: OwnerId) -> NewToken {
    let (id, _, hash) = split::mint("");
    NewToken {
        id: Some(id),
        ..NewToken::new(API, "access", owner, hash)
    }
}

/// A new token of `owner` that is found by its text alone.
pub fn bare_token(owner: OwnerId, text: &str) -> NewToken {
    NewToken {
        indexed: true,
        ..NewToken::new(API, "bare", owner, Digest::of(text))
    }
}
