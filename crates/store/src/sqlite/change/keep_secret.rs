//! Keeping a sealed signing key.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Change, Touched};

/// Keeps a sealed secret, unless one of that name is there already.
pub(crate) struct KeepSecret {
    pub(crate) name: String,
    pub(crate) sealed: Vec<u8>,
    pub(crate) now: DateTime<Utc>,
}

impl Change for KeepSecret {
    type Output = ();

    async fn apply(&self, db: &mut SqliteConnection, _: &mut Touched) -> sqlx::Result<()> {
        sqlx::query("INSERT INTO secrets (name, sealed, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(self.name.as_str())
            .bind(self.sealed.as_slice())
            .bind(self.now.timestamp_millis())
            .execute(db)
            .await?;
        Ok(())
    }
}
