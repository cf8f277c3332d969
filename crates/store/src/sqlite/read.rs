//! Reading, beside the writer.

use sqlx::sqlite::SqlitePool;
use uuid::Uuid;

use super::row::{self, owner_columns, parent_key, token_columns};
use crate::{Digest, Owner, OwnerId, Token, TokenId};

/// Whether there is an owner at all.
pub(crate) async fn any_owner(pool: &SqlitePool) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM owners)")
        .fetch_one(pool)
        .await
}

/// The owner of that id.
pub(crate) async fn owner(pool: &SqlitePool, id: OwnerId) -> sqlx::Result<Option<Owner>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        owner_columns!(),
        " FROM owners WHERE id = ?"
    ))
    .bind(id.as_bytes().as_slice())
    .fetch_optional(pool)
    .await?;
    found.as_ref().map(row::owner).transpose()
}

/// The owner that has `key` among those of one API, kind and parent.
pub(crate) async fn find_owner(
    pool: &SqlitePool,
    api: &str,
    kind: &str,
    parent: Option<OwnerId>,
    key: &str,
) -> sqlx::Result<Option<Owner>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        owner_columns!(),
        " FROM owners WHERE id = (SELECT owner FROM owner_keys WHERE api = ? AND kind = ? AND parent = ? AND key = ?)"
    ))
    .bind(api)
    .bind(kind)
    .bind(parent_key(parent.as_ref()))
    .bind(key)
    .fetch_optional(pool)
    .await?;
    found.as_ref().map(row::owner).transpose()
}

/// All owners of one API, kind and parent, oldest first.
pub(crate) async fn owners(
    pool: &SqlitePool,
    api: &str,
    kind: &str,
    parent: Option<OwnerId>,
) -> sqlx::Result<Vec<Owner>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        owner_columns!(),
        " FROM owners WHERE api = ? AND kind = ? AND parent IS ? ORDER BY id"
    ))
    .bind(api)
    .bind(kind)
    .bind(parent.as_ref().map(|id| id.as_bytes().as_slice()))
    .fetch_all(pool)
    .await?;
    found.iter().map(row::owner).collect()
}

/// The token of that id.
pub(crate) async fn token(pool: &SqlitePool, id: TokenId) -> sqlx::Result<Option<Token>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        token_columns!(),
        " FROM tokens WHERE id = ?"
    ))
    .bind(id.as_bytes().as_slice())
    .fetch_optional(pool)
    .await?;
    found.as_ref().map(row::token).transpose()
}

/// The token with that hash among the indexed ones of one API and kind.
pub(crate) async fn token_by_hash(
    pool: &SqlitePool,
    api: &str,
    kind: &str,
    hash: &Digest,
) -> sqlx::Result<Option<Token>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        token_columns!(),
        " FROM tokens WHERE indexed = 1 AND api = ? AND kind = ? AND hash = ?"
    ))
    .bind(api)
    .bind(kind)
    .bind(hash.as_bytes().as_slice())
    .fetch_optional(pool)
    .await?;
    found.as_ref().map(row::token).transpose()
}

/// Tokens of one owner and kind, oldest first.
pub(crate) async fn tokens_of(
    pool: &SqlitePool,
    owner: OwnerId,
    kind: &str,
    offset: u32,
    limit: u32,
) -> sqlx::Result<Vec<Token>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        token_columns!(),
        " FROM tokens WHERE owner = ? AND kind = ? ORDER BY id LIMIT ? OFFSET ?"
    ))
    .bind(owner.as_bytes().as_slice())
    .bind(kind)
    .bind(limit)
    .bind(offset)
    .fetch_all(pool)
    .await?;
    found.iter().map(row::token).collect()
}

/// The sealed secret of that name.
pub(crate) async fn secret(pool: &SqlitePool, name: &str) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar("SELECT sealed FROM secrets WHERE name = ?")
        .bind(name)
        .fetch_optional(pool)
        .await
}

/// The last token's id.
pub(crate) async fn last_token(pool: &SqlitePool) -> sqlx::Result<Option<TokenId>> {
    let found = sqlx::query("SELECT id FROM tokens ORDER BY id DESC LIMIT 1")
        .fetch_optional(pool)
        .await?;
    found.as_ref().map(|found| row::id(found, 0)).transpose()
}

/// A stretch of the table of tokens, and how many of it are of interest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    /// The last id of it.
    pub(crate) until: TokenId,
    /// How many rows of it match.
    pub(crate) matching: u32,
}

/// How many rows a stretch has: short enough to hold up the writer for about a millisecond.
const STRETCH: u32 = 2000;

/// What is before all tokens.
pub(crate) fn before_all() -> TokenId {
    TokenId::from(Uuid::nil())
}

/// The stretch after `after`, counting what ended at `before` (milliseconds) or earlier; `None` at the end.
pub(crate) async fn expired_after(
    pool: &SqlitePool,
    after: TokenId,
    before: i64,
) -> sqlx::Result<Option<Stretch>> {
    let found = sqlx::query(
        "SELECT max(id), count(*) FILTER (WHERE expires_at <= ?2) \
         FROM (SELECT id, expires_at FROM tokens WHERE id > ?1 ORDER BY id LIMIT ?3)",
    )
    .bind(after.as_bytes().as_slice())
    .bind(before)
    .bind(STRETCH)
    .fetch_one(pool)
    .await?;
    stretch(&found)
}

/// The stretch after `after`, counting an owner's tokens that are not revoked; `None` at the end.
pub(crate) async fn owned_after(
    pool: &SqlitePool,
    after: TokenId,
    owner: OwnerId,
) -> sqlx::Result<Option<Stretch>> {
    let found = sqlx::query(
        "SELECT max(id), count(*) FILTER (WHERE owner = ?2 AND revoked_at IS NULL) \
         FROM (SELECT id, owner, revoked_at FROM tokens WHERE id > ?1 ORDER BY id LIMIT ?3)",
    )
    .bind(after.as_bytes().as_slice())
    .bind(owner.as_bytes().as_slice())
    .bind(STRETCH)
    .fetch_one(pool)
    .await?;
    stretch(&found)
}

fn stretch(found: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Option<Stretch>> {
    use sqlx::Row;
    if found.try_get::<Option<&[u8]>, _>(0)?.is_none() {
        return Ok(None);
    }
    Ok(Some(Stretch {
        until: row::id(found, 0)?,
        matching: found.try_get(1)?,
    }))
}
