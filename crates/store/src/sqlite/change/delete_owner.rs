//! Deleting an owner.

use chrono::{DateTime, Utc};
use sqlx::{Row, SqliteConnection};

use super::{Change, Touched};
use crate::event::Action;
use crate::sqlite::events::Trace;
use crate::sqlite::{read, row};
use crate::{Owner, OwnerId};

/// Looks at an owner and, unless the look refuses, deletes it and all below it; `None` if there is no such owner. Their
/// tokens need no change: what belongs to a deleted owner counts as revoked.
pub(crate) struct DeleteOwner<F> {
    pub(crate) id: OwnerId,
    pub(crate) decide: F,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl<F, E> Change for DeleteOwner<F>
where
    F: Fn(&Owner) -> Result<(), E> + Send + Sync + 'static,
    E: Send + 'static,
{
    type Output = Option<Result<Owner, E>>;

    const SEVERAL: bool = true;

    async fn apply(
        &self,
        db: &mut SqliteConnection,
        touched: &mut Touched,
    ) -> sqlx::Result<Self::Output> {
        let Some(found) = read::owner(&mut *db, self.id).await? else {
            return Ok(None);
        };
        if let Err(refused) = (self.decide)(&found) {
            return Ok(Some(Err(refused)));
        }
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
        touched.owners = true;
        Ok(Some(Ok(found)))
    }
}
