//! Counting a use, and taking the count back.

use chrono::{DateTime, Utc};
use sqlx::{Row, SqliteConnection};

use super::{Change, Touched};
use crate::event::Action;
use crate::sqlite::events::Trace;
use crate::sqlite::read;
use crate::sqlite::row::id;
use crate::{State, TokenId, Use};

/// Counts one use of a token that may be used at `now`.
pub(crate) struct UseToken {
    pub(crate) id: TokenId,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl Change for UseToken {
    type Output = Use;

    const SEVERAL: bool = true;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<Use> {
        let counted = sqlx::query(
            "UPDATE tokens SET uses = uses + 1, used_at = ?2, updated_at = ?2 WHERE id = ?1 AND revoked_at IS NULL \
             AND (expires_at IS NULL OR expires_at > ?2) AND (uses_limit IS NULL OR uses < uses_limit) \
             AND NOT EXISTS (SELECT 1 FROM owners WHERE owners.id = tokens.owner AND deleted_at IS NOT NULL) \
             RETURNING uses, api, owner",
        )
        .bind(self.id.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .fetch_optional(&mut *db)
        .await?;
        if let Some(row) = counted {
            touched.tokens.push(self.id);
            let trace = Trace {
                owner: Some(id(&row, 2)?),
                token: Some(self.id),
                ..Trace::new(row.try_get(1)?, Action::Used, &self.by, self.now)
            };
            trace.keep(db).await?;
            return Ok(Use::Used(row.try_get(0)?));
        }
        let Some(refused) = read::token(db, self.id).await? else {
            return Ok(Use::Unknown);
        };
        Ok(match refused.state(self.now) {
            State::Revoked => Use::Revoked,
            State::Expired => Use::Expired,
            State::Exhausted | State::Active => Use::Exhausted,
        })
    }
}

/// Takes back one use of a token that was counted.
pub(crate) struct ReturnUse {
    pub(crate) id: TokenId,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl Change for ReturnUse {
    /// Whether there was one.
    type Output = bool;

    const SEVERAL: bool = true;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<bool> {
        let returned = sqlx::query(
            "UPDATE tokens SET uses = uses - 1, updated_at = ?2 WHERE id = ?1 AND uses > 0 RETURNING api, owner",
        )
        .bind(self.id.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .fetch_optional(&mut *db)
        .await?;
        let Some(row) = returned else {
            return Ok(false);
        };
        touched.tokens.push(self.id);
        let trace = Trace {
            owner: Some(id(&row, 1)?),
            token: Some(self.id),
            ..Trace::new(row.try_get(0)?, Action::Updated, &self.by, self.now)
        };
        trace.keep(db).await?;
        Ok(true)
    }
}
