//! Deleting what ended long ago.

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
