//! Rows as values of the store, and back.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use crate::{Digest, Owner, OwnerId, Token, TokenId};

type Read<T> = Result<T, sqlx::Error>;

/// The columns of a token, in the order of [`token`].
macro_rules! token_columns {
    () => {
        "id, api, kind, owner, parent, hash, indexed, name, scopes, attributes, created_at, expires_at, uses_limit, uses, \
         used_at, coalesce(revoked_at, (SELECT deleted_at FROM owners WHERE owners.id = tokens.owner)), \
         coalesce(updated_at, created_at), minted_by"
    };
}

/// The columns of an owner, in the order of [`owner`]; its keys come as a JSON array.
macro_rules! owner_columns {
    () => {
        "id, api, kind, parent, attributes, secret_hash, created_at, coalesce(updated_at, created_at), \
         (SELECT json_group_array(key ORDER BY position) FROM owner_keys WHERE owner = owners.id)"
    };
}

pub(super) use {owner_columns, token_columns};

/// The token in a row of [`token_columns`].
pub(super) fn token(row: &SqliteRow) -> Read<Token> {
    Ok(Token {
        id: id(row, 0)?,
        api: Cow::Owned(row.try_get(1)?),
        kind: Cow::Owned(row.try_get(2)?),
        owner: id(row, 3)?,
        parent: optional_id(row, 4)?,
        hash: digest(row.try_get(5)?)?,
        indexed: row.try_get(6)?,
        name: row.try_get(7)?,
        scopes: row.try_get(8)?,
        attributes: row.try_get(9)?,
        created_at: time(row.try_get(10)?)?,
        expires_at: optional_time(row, 11)?,
        uses_limit: row.try_get(12)?,
        uses: row.try_get(13)?,
        used_at: optional_time(row, 14)?,
        revoked_at: optional_time(row, 15)?,
        updated_at: time(row.try_get(16)?)?,
        minted_by: row.try_get(17)?,
    })
}

/// The owner in a row of [`owner_columns`].
pub(super) fn owner(row: &SqliteRow) -> Read<Owner> {
    Ok(Owner {
        id: id(row, 0)?,
        api: row.try_get(1)?,
        kind: row.try_get(2)?,
        parent: optional_id(row, 3)?,
        attributes: serde_json::from_str(row.try_get(4)?).map_err(damaged)?,
        secret_hash: row
            .try_get::<Option<&[u8]>, _>(5)?
            .map(digest)
            .transpose()?,
        created_at: time(row.try_get(6)?)?,
        updated_at: time(row.try_get(7)?)?,
        keys: serde_json::from_str(row.try_get(8)?).map_err(damaged)?,
    })
}

/// The id in a column.
pub(super) fn id<Id: From<Uuid>>(row: &SqliteRow, column: usize) -> Read<Id> {
    uuid(row.try_get(column)?)
}

pub(super) fn optional_id<Id: From<Uuid>>(row: &SqliteRow, column: usize) -> Read<Option<Id>> {
    row.try_get::<Option<&[u8]>, _>(column)?
        .map(uuid)
        .transpose()
}

fn uuid<Id: From<Uuid>>(bytes: &[u8]) -> Read<Id> {
    Uuid::from_slice(bytes).map(Id::from).map_err(damaged)
}

/// The digest in a column's bytes.
pub(super) fn digest(bytes: &[u8]) -> Read<Digest> {
    bytes.try_into().map(Digest::from_bytes).map_err(damaged)
}

fn optional_time(row: &SqliteRow, column: usize) -> Read<Option<DateTime<Utc>>> {
    row.try_get::<Option<i64>, _>(column)?.map(time).transpose()
}

pub(super) fn time(millis: i64) -> Read<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| damaged("a time out of range"))
}

pub(super) fn damaged(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

/// The bytes of an id that may be missing, to bind.
pub(super) fn bytes_of(id: Option<&TokenId>) -> Option<&[u8]> {
    id.map(|id| id.as_bytes().as_slice())
}

/// The bytes of a parent as `owner_keys` has them: empty at the top.
pub(super) fn parent_key(parent: Option<&OwnerId>) -> &[u8] {
    parent.map_or(&[], |id| id.as_bytes())
}

/// A time as it is kept, to bind.
pub(super) fn millis(time: Option<DateTime<Utc>>) -> Option<i64> {
    time.map(|time| time.timestamp_millis())
}
