//! Deleting an owner.

use chrono::{DateTime, Utc};
use sqlx::{Row, SqliteConnection};

use super::{Change, Touched};
use crate::OwnerId;
use crate::event::Action;
use crate::sqlite::events::Trace;
use crate::sqlite::row;

/// Deletes an owner and all below it; whether there was such an owner. Their tokens need no change: what belongs to a
/// deleted owner counts as revoked.
pub(crate) struct DeleteOwner {
    pub(crate) id: OwnerId,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl Change for DeleteOwner {
    type Output = bool;

    const SEVERAL: bool = true;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<bool> {
        let deleted = sqlx::query(
            "WITH RECURSIVE below (id) AS (SELECT ?1 UNION ALL SELECT owners.id FROM owners JOIN below ON owners.parent = below.id) \
             UPDATE owners SET deleted_at = ?2, sealed = NULL WHERE id IN (SELECT id FROM below) AND deleted_at IS NULL \
             RETURNING id, api",
        )
        .bind(self.id.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .fetch_all(&mut *db)
        .await?;
        for owner in &deleted {
            let id: OwnerId = row::id(owner, 0)?;
            sqlx::query("DELETE FROM owner_keys WHERE owner = ?")
                .bind(id.as_bytes().as_slice())
                .execute(&mut *db)
                .await?;
            let api = owner.try_get(1)?;
            let trace = Trace {
                owner: Some(id),
                ..Trace::new(api, Action::Deleted, &self.by, self.now)
            };
            trace.keep(db).await?;
        }
        touched.owners |= !deleted.is_empty();
        Ok(!deleted.is_empty())
    }
}
