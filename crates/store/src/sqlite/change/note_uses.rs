//! Noting uses that are not counted.

use sqlx::SqliteConnection;

use super::{Change, Touched};
use crate::event::Action;
use crate::sqlite::events::Trace;
use crate::sqlite::uses::Noted;

/// Keeps what was noted: when each token was last used, and how often since the last time.
pub(crate) struct NoteUses {
    pub(crate) noted: Vec<Noted>,
}

impl Change for NoteUses {
    type Output = ();

    const SEVERAL: bool = true;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<()> {
        for noted in &self.noted {
            sqlx::query(
                "UPDATE tokens SET used_at = ?2, updated_at = max(coalesce(updated_at, 0), ?2), uses = min(uses + ?3, 4294967295) WHERE id = ?1",
            )
            .bind(noted.token.as_bytes().as_slice())
            .bind(noted.at.timestamp_millis())
            .bind(noted.counted)
            .execute(&mut *db)
            .await?;
            touched.tokens.push(noted.token);
            let trace = Trace {
                id: noted.id,
                owner: Some(noted.owner),
                token: Some(noted.token),
                times: noted.times,
                ..Trace::new(&noted.api, Action::Used, &noted.actor, noted.at)
            };
            trace.keep(db).await?;
        }
        Ok(())
    }
}
