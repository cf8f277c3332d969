//! Keeping and dropping a sealed signing key.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Change, Touched};

/// Keeps a sealed secret, unless one of that name is there already; whether it was kept.
pub(crate) struct KeepSecret {
    pub(crate) name: String,
    pub(crate) sealed: Vec<u8>,
    pub(crate) now: DateTime<Utc>,
}

impl Change for KeepSecret {
    type Output = bool;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<bool> {
        let kept = sqlx::query(
            "INSERT INTO secrets (name, sealed, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(self.name.as_str())
        .bind(self.sealed.as_slice())
        .bind(self.now.timestamp_millis())
        .execute(db)
        .await?;
        touched.secrets = true;
        Ok(kept.rows_affected() > 0)
    }
}

/// Drops a sealed secret; whether there was one of that name.
pub(crate) struct DropSecret {
    pub(crate) name: String,
}

impl Change for DropSecret {
    type Output = bool;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<bool> {
        let dropped = sqlx::query("DELETE FROM secrets WHERE name = ?")
            .bind(self.name.as_str())
            .execute(db)
            .await?;
        touched.secrets = true;
        Ok(dropped.rows_affected() > 0)
    }
}
