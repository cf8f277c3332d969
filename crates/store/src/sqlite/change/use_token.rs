//! Counting a use.

use chrono::{DateTime, Utc};
use sqlx::{Row, SqliteConnection};

use super::{Change, Touched};
use crate::sqlite::row::{token, token_columns};
use crate::{State, TokenId, Use};

/// Counts one use of a token that may be used at `now`.
pub(crate) struct UseToken {
    pub(crate) id: TokenId,
    pub(crate) now: DateTime<Utc>,
}

impl Change for UseToken {
    type Output = Use;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<Use> {
        let counted = sqlx::query(
            "UPDATE tokens SET uses = uses + 1, used_at = ?2 WHERE id = ?1 AND revoked_at IS NULL \
             AND (expires_at IS NULL OR expires_at > ?2) AND (uses_limit IS NULL OR uses < uses_limit) RETURNING uses",
        )
        .bind(self.id.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .fetch_optional(&mut *db)
        .await?;
        if let Some(row) = counted {
            touched.tokens.push(self.id);
            return Ok(Use::Used(row.try_get(0)?));
        }
        let refused = sqlx::query(concat!(
            "SELECT ",
            token_columns!(),
            " FROM tokens WHERE id = ?"
        ))
        .bind(self.id.as_bytes().as_slice())
        .fetch_optional(db)
        .await?;
        let Some(row) = refused else {
            return Ok(Use::Unknown);
        };
        Ok(match token(&row)?.state(self.now) {
            State::Revoked => Use::Revoked,
            State::Expired => Use::Expired,
            State::Exhausted | State::Active => Use::Exhausted,
        })
    }
}
