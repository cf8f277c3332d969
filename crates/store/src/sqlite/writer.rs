//! The one writer: takes all that wait, does it in one transaction, commits once, then answers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};

use super::caches::Caches;
use super::change::{Pending, Touched};
use super::command::{Command, Mint};
use super::failure::Database;
use super::gather::Last;
use super::insert::Inserts;
use crate::StoreResult;

/// The most that one transaction does: bounds how long the first of it waits.
pub(crate) const LARGEST_BATCH: usize = 1024;

/// How often it looks whether another process changed the database.
const LOOK: Duration = Duration::from_millis(200);

/// The writer and its connection.
pub(crate) struct Writer {
    db: SqliteConnection,
    database: Database,
    caches: Arc<Caches>,
    inserts: Inserts,
    data_version: Option<i64>,
    last: Last,
    closing: Vec<oneshot::Sender<()>>,
}

/// What one transaction is to do.
#[derive(Default)]
struct Batch {
    mints: Vec<Mint>,
    changes: Vec<Box<dyn Pending>>,
    touched: Touched,
}

impl Writer {
    pub(crate) fn new(db: SqliteConnection, database: Database, caches: Arc<Caches>) -> Self {
        Self {
            db,
            database,
            caches,
            inserts: Inserts::new(),
            data_version: None,
            last: Last::default(),
            closing: Vec::new(),
        }
    }

    /// Does what it is asked until it is closed or nobody is left to ask; then folds the log into the database.
    pub(crate) async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut taken = Vec::with_capacity(LARGEST_BATCH);
        loop {
            tokio::select! {
                count = commands.recv_many(&mut taken, LARGEST_BATCH) => {
                    if count == 0 {
                        break;
                    }
                    self.last.gather(&mut taken, &mut commands);
                    self.take(&mut taken, &mut commands).await;
                }
                _ = look.tick() => self.look().await,
            }
        }
        self.end().await;
    }

    async fn take(&mut self, taken: &mut Vec<Command>, commands: &mut mpsc::Receiver<Command>) {
        let mut batch = Batch::default();
        for command in taken.drain(..) {
            match command {
                Command::Mint(mint) => batch.mints.push(mint),
                Command::Change(change) => batch.changes.push(change),
                // Who pings may have gone.
                Command::Ping(reply) => drop(reply.send(())),
                Command::Close(reply) => {
                    commands.close();
                    self.closing.push(reply);
                }
            }
        }
        if !batch.mints.is_empty() || !batch.changes.is_empty() {
            self.commit(batch).await;
        }
    }

    async fn commit(&mut self, mut batch: Batch) {
        let start = Instant::now();
        let committed = match self.transact(&mut batch).await {
            Ok(()) => {
                self.caches.forget(&batch.touched);
                Ok(())
            }
            Err(error) => {
                // SQLite may have rolled back by itself, and then says that there is nothing to roll back.
                let _ = sqlx::query("ROLLBACK").execute(&mut self.db).await;
                let error = self.database.error(&error);
                tracing::error!(%error, waiting = batch.len(), "the database was not written");
                Err(error)
            }
        };
        self.last = Last {
            size: batch.len(),
            took: start.elapsed(),
        };
        batch.answer(&committed);
    }

    async fn transact(&mut self, batch: &mut Batch) -> sqlx::Result<()> {
        let db = &mut self.db;
        if batch.changes.is_empty() && self.inserts.insert_at_once(db, &batch.mints).await? {
            return Ok(());
        }
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
        self.inserts.insert(db, &mut batch.mints).await?;
        for change in &mut batch.changes {
            change.apply(db, &mut batch.touched).await?;
        }
        sqlx::query("COMMIT").execute(db).await.map(drop)
    }

    /// Forgets what is cached if another process has committed since the last look.
    async fn look(&mut self) {
        let version = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut self.db);
        let version = version.await.ok();
        if version.is_none() || version != self.data_version {
            self.caches.clear();
        }
        self.data_version = version;
    }

    async fn end(mut self) {
        let folded = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut self.db);
        if let Err(error) = folded.await {
            tracing::warn!(%error, "the write-ahead log stays beside the database; the next start reads it");
        }
        if let Err(error) = self.db.close().await {
            tracing::warn!(%error, "the database was not closed in good order");
        }
        for reply in self.closing {
            // Who closes may have gone.
            let _ = reply.send(());
        }
    }
}

impl Batch {
    fn len(&self) -> usize {
        self.mints.len() + self.changes.len()
    }

    fn answer(self, committed: &StoreResult<()>) {
        for mint in self.mints {
            mint.answer(committed.clone());
        }
        for change in self.changes {
            change.answer(committed.clone());
        }
    }
}
