//! Reading, beside the writer.

use chrono::{DateTime, Utc};
use sqlx::sqlite::SqlitePool;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteExecutor};
use uuid::Uuid;

use super::row::{self, owner_columns, parent_key, token_columns};
use crate::{Digest, Listing, Order, Owner, OwnerId, Token, TokenId};

/// Whether there is an owner that is not of that API.
pub(crate) async fn any_owner(pool: &SqlitePool, but: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM owners WHERE deleted_at IS NULL AND api <> ?)")
        .bind(but)
        .fetch_one(pool)
        .await
}

/// The owner of that id.
pub(crate) async fn owner(db: impl SqliteExecutor<'_>, id: OwnerId) -> sqlx::Result<Option<Owner>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        owner_columns!(),
        " FROM owners WHERE id = ? AND deleted_at IS NULL"
    ))
    .bind(id.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    found.as_ref().map(row::owner).transpose()
}

/// The owner of that id that was deleted.
pub(crate) async fn deleted_owner(pool: &SqlitePool, id: OwnerId) -> sqlx::Result<Option<Owner>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        owner_columns!(),
        " FROM owners WHERE id = ? AND deleted_at IS NOT NULL"
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
    db: impl SqliteExecutor<'_>,
    api: &str,
    kind: &str,
    parent: Option<OwnerId>,
) -> sqlx::Result<Vec<Owner>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        owner_columns!(),
        " FROM owners WHERE api = ? AND kind = ? AND parent IS ? AND deleted_at IS NULL ORDER BY id"
    ))
    .bind(api)
    .bind(kind)
    .bind(parent.as_ref().map(|id| id.as_bytes().as_slice()))
    .fetch_all(db)
    .await?;
    found.iter().map(row::owner).collect()
}

/// How many owners of one API, kind and parent there are.
pub(crate) async fn count_owners(
    pool: &SqlitePool,
    api: &str,
    kind: &str,
    parent: Option<OwnerId>,
) -> sqlx::Result<u64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM owners WHERE api = ? AND kind = ? AND parent IS ? AND deleted_at IS NULL",
    )
    .bind(api)
    .bind(kind)
    .bind(parent.as_ref().map(|id| id.as_bytes().as_slice()))
    .fetch_one(pool)
    .await
}

/// The token of that id.
pub(crate) async fn token(db: impl SqliteExecutor<'_>, id: TokenId) -> sqlx::Result<Option<Token>> {
    let found = sqlx::query(concat!(
        "SELECT ",
        token_columns!(),
        " FROM tokens WHERE id = ?"
    ))
    .bind(id.as_bytes().as_slice())
    .fetch_optional(db)
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

/// What `listing` asks for of an owner's tokens.
pub(crate) async fn tokens_of(
    pool: &SqlitePool,
    owner: OwnerId,
    listing: &Listing<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Token>> {
    let mut query = QueryBuilder::new(concat!("SELECT ", token_columns!(), " FROM tokens"));
    narrow(&mut query, owner, listing.kinds, listing.live_only, now);
    if let Some(after) = &listing.after {
        query
            .push(" AND id > ")
            .push_bind(after.as_bytes().to_vec());
    }
    query.push(match listing.order {
        Order::Oldest => " ORDER BY id",
        Order::LastChanged => " ORDER BY coalesce(updated_at, created_at) DESC, id DESC",
    });
    query.push(" LIMIT ").push_bind(listing.limit);
    query.push(" OFFSET ").push_bind(listing.offset);
    let found = query.build().fetch_all(pool).await?;
    found.iter().map(row::token).collect()
}

/// How many tokens of those kinds an owner has.
pub(crate) async fn count_tokens_of(
    pool: &SqlitePool,
    owner: OwnerId,
    kinds: &[&str],
    live_only: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let mut query = QueryBuilder::new("SELECT count(*) FROM tokens");
    narrow(&mut query, owner, kinds, live_only, now);
    query.build_query_scalar().fetch_one(pool).await
}

fn narrow(
    query: &mut QueryBuilder<Sqlite>,
    owner: OwnerId,
    kinds: &[&str],
    live_only: bool,
    now: DateTime<Utc>,
) {
    query
        .push(" WHERE owner = ")
        .push_bind(owner.as_bytes().to_vec());
    query.push(" AND kind IN (");
    let mut list = query.separated(", ");
    for kind in kinds {
        list.push_bind((*kind).to_owned());
    }
    query.push(")");
    if live_only {
        query.push(" AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ");
        query.push_bind(now.timestamp_millis());
        query.push(
            ") AND (uses_limit IS NULL OR uses < uses_limit) \
             AND NOT EXISTS (SELECT 1 FROM owners WHERE owners.id = tokens.owner AND deleted_at IS NOT NULL)",
        );
    }
}

/// The sealed secret of that name.
pub(crate) async fn secret(pool: &SqlitePool, name: &str) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar("SELECT sealed FROM secrets WHERE name = ?")
        .bind(name)
        .fetch_optional(pool)
        .await
}

/// The sealed secret that is kept for an owner.
pub(crate) async fn sealed_of_owner(
    pool: &SqlitePool,
    id: OwnerId,
) -> sqlx::Result<Option<Vec<u8>>> {
    let found: Option<Option<Vec<u8>>> =
        sqlx::query_scalar("SELECT sealed FROM owners WHERE id = ? AND deleted_at IS NULL")
            .bind(id.as_bytes().as_slice())
            .fetch_optional(pool)
            .await?;
    Ok(found.flatten())
}

/// The names of secrets that begin with `prefix`, and when they were made, oldest first.
pub(crate) async fn secret_names(
    pool: &SqlitePool,
    prefix: &str,
) -> sqlx::Result<Vec<(String, DateTime<Utc>)>> {
    let found = sqlx::query(
        "SELECT name, created_at FROM secrets WHERE substr(name, 1, length(?1)) = ?1 ORDER BY created_at, name",
    )
    .bind(prefix)
    .fetch_all(pool)
    .await?;
    let mut names = Vec::with_capacity(found.len());
    for secret in &found {
        names.push((secret.try_get(0)?, row::time(secret.try_get(1)?)?));
    }
    Ok(names)
}

/// The last end among the tokens of one API and kind that are not revoked.
pub(crate) async fn last_end(
    pool: &SqlitePool,
    api: &str,
    kind: &str,
) -> sqlx::Result<Option<DateTime<Utc>>> {
    let found = sqlx::query(
        "SELECT max(expires_at) FROM tokens WHERE api = ?1 AND kind = ?2 AND revoked_at IS NULL",
    )
    .bind(api)
    .bind(kind)
    .fetch_one(pool)
    .await?;
    let end: Option<i64> = found.try_get(0)?;
    end.map(row::time).transpose()
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
pub(crate) const STRETCH: u32 = 2000;

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

fn stretch(found: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Option<Stretch>> {
    if found.try_get::<Option<&[u8]>, _>(0)?.is_none() {
        return Ok(None);
    }
    Ok(Some(Stretch {
        until: row::id(found, 0)?,
        matching: found.try_get(1)?,
    }))
}
