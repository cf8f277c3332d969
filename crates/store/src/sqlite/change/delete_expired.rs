//! Deleting what ended long ago, and what was done long ago.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Change, Touched};
use crate::TokenId;
use crate::sqlite::row::id;

/// Deletes the tokens with `after < id <= until` that ended at `before` or earlier; how many those were.
pub(crate) struct DeleteExpired {
    pub(crate) after: TokenId,
    pub(crate) until: TokenId,
    pub(crate) before: DateTime<Utc>,
}

impl Change for DeleteExpired {
    type Output = u64;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<u64> {
        let rows = sqlx::query(
            "DELETE FROM tokens WHERE id > ?1 AND id <= ?2 AND expires_at <= ?3 RETURNING id",
        )
        .bind(self.after.as_bytes().as_slice())
        .bind(self.until.as_bytes().as_slice())
        .bind(self.before.timestamp_millis())
        .fetch_all(db)
        .await?;
        for row in &rows {
            touched.tokens.push(id(row, 0)?);
        }
        Ok(rows.len() as u64)
    }
}

/// Deletes up to so many of the oldest events that were done at `before` or earlier; how many those were.
pub(crate) struct DeleteEvents {
    pub(crate) before: DateTime<Utc>,
    pub(crate) most: u32,
}

impl Change for DeleteEvents {
    type Output = u64;

    async fn apply(&self, db: &mut SqliteConnection, _: &mut Touched) -> sqlx::Result<u64> {
        let deleted = sqlx::query(
            "DELETE FROM events WHERE at <= ?1 AND id IN (SELECT id FROM events ORDER BY id LIMIT ?2)",
        )
        .bind(self.before.timestamp_millis())
        .bind(self.most)
        .execute(db)
        .await?;
        Ok(deleted.rows_affected())
    }
}
