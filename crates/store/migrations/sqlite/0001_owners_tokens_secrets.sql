-- Marks the file as ours ("spmt"), so that another program's database is never taken for one.
PRAGMA application_id = 1936747892;

-- Those who own tokens: a tree. Times are milliseconds since 1970 in UTC, ids are UUIDs of version 7 as 16 bytes.
CREATE TABLE owners (
    id          BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    api         TEXT NOT NULL,
    kind        TEXT NOT NULL,
    parent      BLOB REFERENCES owners (id),
    attributes  TEXT NOT NULL,
    secret_hash BLOB CHECK (length(secret_hash) = 32),
    created_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX owners_by_parent ON owners (api, kind, parent, id);

-- The public names of owners. `parent` is the owner's, or empty at the top, where NULL would not be unique.
CREATE TABLE owner_keys (
    api      TEXT NOT NULL,
    kind     TEXT NOT NULL,
    parent   BLOB NOT NULL,
    key      TEXT NOT NULL,
    owner    BLOB NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (api, kind, parent, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX owner_keys_by_owner ON owner_keys (owner, position);

-- Keys only append, for ids come in the order of time. No index on what is random, save where a contract forces a
-- text that carries no id.
CREATE TABLE tokens (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    api        TEXT NOT NULL,
    kind       TEXT NOT NULL,
    owner      BLOB NOT NULL REFERENCES owners (id),
    parent     BLOB,
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    indexed    INTEGER NOT NULL,
    name       TEXT,
    scopes     TEXT,
    attributes TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    uses_limit INTEGER,
    uses       INTEGER NOT NULL DEFAULT 0,
    used_at    INTEGER,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX tokens_by_parent ON tokens (parent) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX tokens_by_hash ON tokens (api, kind, hash) WHERE indexed = 1;

-- Signing keys, sealed with the key file: 12 bytes of nonce, then AES-256-GCM with the name as associated data.
CREATE TABLE secrets (
    name       TEXT NOT NULL PRIMARY KEY,
    sealed     BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: which key file the database belongs to.
CREATE TABLE key_file (
    one         INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    fingerprint BLOB NOT NULL
) STRICT, WITHOUT ROWID;
