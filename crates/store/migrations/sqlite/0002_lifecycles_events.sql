-- What lives longer than its minting: changes, deletions, and who did what.

-- `sealed` is a secret of the owner's own that a contract shows again, or that is kept for it: as in `secrets`.
ALTER TABLE owners ADD COLUMN sealed BLOB;
ALTER TABLE owners ADD COLUMN updated_at INTEGER;
-- A deleted owner keeps its row for the trail, without its keys; all its tokens count as revoked from then on.
ALTER TABLE owners ADD COLUMN deleted_at INTEGER;

CREATE INDEX owners_below ON owners (parent) WHERE parent IS NOT NULL;

ALTER TABLE tokens ADD COLUMN minted_by TEXT;
ALTER TABLE tokens ADD COLUMN updated_at INTEGER;

-- Within an owner and a kind, keys append as well.
CREATE INDEX tokens_by_owner ON tokens (owner, kind, id);

-- The trail: who did what to which owner or token, and how often in a row. That a token was minted is told by its own
-- row (`minted_by`, `created_at`).
CREATE TABLE events (
    id     BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    at     INTEGER NOT NULL,
    api    TEXT NOT NULL,
    action TEXT NOT NULL,
    actor  TEXT NOT NULL,
    owner  BLOB,
    token  BLOB,
    times  INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE INDEX events_by_owner ON events (owner, id) WHERE owner IS NOT NULL;
CREATE INDEX events_by_token ON events (token, id) WHERE token IS NOT NULL;
