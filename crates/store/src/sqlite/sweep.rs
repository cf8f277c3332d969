//! Sweeping out what ended long ago.

use std::time::Duration;

use chrono::TimeDelta;
use sqlx::sqlite::SqlitePool;

use super::change::{DeleteEvents, DeleteExpired};
use super::command::{Asker, WeakAsker};
use super::failure::Database;
use super::read::{STRETCH, before_all, expired_after};
use crate::{Clock, StoreError, StoreResult};

/// How long after one sweep the next begins.
const BETWEEN: Duration = Duration::from_secs(15 * 60);

/// Between two stretches of the table in the background, so that a large one is no load.
const BREATH: Duration = Duration::from_millis(100);

/// How long what was done is kept in the trail.
const TRAIL: TimeDelta = TimeDelta::days(90);

/// Walks the table and deletes what ended longer ago than the retention; then what the trail need not keep.
#[derive(Clone, Debug)]
pub(crate) struct Sweeper {
    pub(crate) readers: SqlitePool,
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    pub(crate) retention: Duration,
}

impl Sweeper {
    /// Sweeps every so often, until the store is closed.
    pub(crate) async fn run(self, asker: WeakAsker) {
        loop {
            tokio::time::sleep(BETWEEN).await;
            let Some(asker) = asker.upgrade() else { return };
            match self.sweep(&asker, BREATH).await {
                Ok(0) => {}
                Ok(deleted) => tracing::debug!(deleted, "swept out expired tokens"),
                Err(StoreError::Closed) => return,
                Err(error) => tracing::warn!(%error, "expired tokens were not swept out"),
            }
        }
    }

    /// Sweeps once through the table, resting for `breath` after each stretch; how many rows were deleted.
    pub(crate) async fn sweep(&self, asker: &Asker, breath: Duration) -> StoreResult<u64> {
        let retention = TimeDelta::from_std(self.retention).unwrap_or(TimeDelta::MAX);
        let Some(before) = self.clock.now().checked_sub_signed(retention) else {
            return Ok(0);
        };
        let mut after = before_all();
        let mut deleted = 0;
        loop {
            let stretch = expired_after(&self.readers, after, before.timestamp_millis()).await;
            let stretch = stretch.map_err(|error| self.database.error(&error))?;
            let Some(stretch) = stretch else {
                self.sweep_events(asker, breath).await?;
                return Ok(deleted);
            };
            let until = stretch.until;
            if stretch.matching > 0 {
                let delete = DeleteExpired {
                    after,
                    until,
                    before,
                };
                deleted += asker.change(delete).await?;
            }
            after = until;
            tokio::time::sleep(breath).await;
        }
    }

    async fn sweep_events(&self, asker: &Asker, breath: Duration) -> StoreResult<()> {
        let before = self.clock.now() - TRAIL;
        let most = STRETCH;
        while asker.change(DeleteEvents { before, most }).await? == u64::from(STRETCH) {
            tokio::time::sleep(breath).await;
        }
        Ok(())
    }
}
