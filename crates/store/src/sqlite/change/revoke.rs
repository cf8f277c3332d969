//! Revoking tokens: one, those minted from one, those of an owner.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::{Change, Touched};
use crate::sqlite::row::id;
use crate::{OwnerId, TokenId};

/// Revokes one token; whether it was there and not revoked before.
pub(crate) struct Revoke {
    pub(crate) id: TokenId,
    pub(crate) now: DateTime<Utc>,
}

impl Change for Revoke {
    type Output = bool;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<bool> {
        let done =
            sqlx::query("UPDATE tokens SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL")
                .bind(self.id.as_bytes().as_slice())
                .bind(self.now.timestamp_millis())
                .execute(db)
                .await?;
        touched.tokens.push(self.id);
        Ok(done.rows_affected() > 0)
    }
}

/// Revokes all that was minted from a token; how many were not revoked before.
pub(crate) struct RevokeChildren {
    pub(crate) parent: TokenId,
    pub(crate) now: DateTime<Utc>,
}

impl Change for RevokeChildren {
    type Output = u64;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<u64> {
        let rows = sqlx::query(
            "UPDATE tokens SET revoked_at = ?2 WHERE parent = ?1 AND revoked_at IS NULL RETURNING id",
        )
        .bind(self.parent.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .fetch_all(db)
        .await?;
        touch(&rows, touched)
    }
}

/// Revokes the tokens of an owner with `after < id <= until`; how many were not revoked before.
pub(crate) struct RevokeOfOwner {
    pub(crate) owner: OwnerId,
    pub(crate) after: TokenId,
    pub(crate) until: TokenId,
    pub(crate) now: DateTime<Utc>,
}

impl Change for RevokeOfOwner {
    type Output = u64;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<u64> {
        let rows = sqlx::query(
            "UPDATE tokens SET revoked_at = ?4 WHERE id > ?2 AND id <= ?3 AND owner = ?1 AND revoked_at IS NULL RETURNING id",
        )
        .bind(self.owner.as_bytes().as_slice())
        .bind(self.after.as_bytes().as_slice())
        .bind(self.until.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .fetch_all(db)
        .await?;
        touch(&rows, touched)
    }
}

fn touch(rows: &[SqliteRow], touched: &mut Touched) -> sqlx::Result<u64> {
    for row in rows {
        touched.tokens.push(id(row, 0)?);
    }
    Ok(rows.len() as u64)
}
