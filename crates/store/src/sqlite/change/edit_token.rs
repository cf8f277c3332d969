//! Changing a token.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Change, Touched};
use crate::clock::whole_millis;
use crate::event::Action;
use crate::sqlite::events::Trace;
use crate::sqlite::read;
use crate::sqlite::row::millis;
use crate::{Token, TokenId, TokenUpdate};

/// Looks at a token and changes of it what the look decides; `None` if there is no such token.
pub(crate) struct EditToken<F> {
    pub(crate) id: TokenId,
    pub(crate) decide: F,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl<F, E> Change for EditToken<F>
where
    F: Fn(&Token) -> Result<TokenUpdate, E> + Send + Sync + 'static,
    E: Send + 'static,
{
    type Output = Option<Result<Token, E>>;

    const SEVERAL: bool = true;

    async fn apply(
        &self,
        db: &mut SqliteConnection,
        touched: &mut Touched,
    ) -> sqlx::Result<Self::Output> {
        let Some(mut token) = read::token(&mut *db, self.id).await? else {
            return Ok(None);
        };
        let update = match (self.decide)(&token) {
            Ok(update) => update,
            Err(refused) => return Ok(Some(Err(refused))),
        };
        token.name = update.name.unwrap_or(token.name);
        token.expires_at = match update.expires_at {
            Some(end) => end.map(whole_millis),
            None => token.expires_at,
        };
        token.attributes = update.attributes.unwrap_or(token.attributes);
        token.updated_at = self.now;
        sqlx::query("UPDATE tokens SET name = ?2, expires_at = ?3, attributes = ?4, updated_at = ?5 WHERE id = ?1")
            .bind(self.id.as_bytes().as_slice())
            .bind(token.name.as_deref())
            .bind(millis(token.expires_at))
            .bind(token.attributes.as_deref())
            .bind(self.now.timestamp_millis())
            .execute(&mut *db)
            .await?;
        touched.tokens.push(self.id);
        let trace = Trace {
            owner: Some(token.owner),
            token: Some(self.id),
            ..Trace::new(&token.api, Action::Updated, &self.by, self.now)
        };
        trace.keep(db).await?;
        Ok(Some(Ok(token)))
    }
}
