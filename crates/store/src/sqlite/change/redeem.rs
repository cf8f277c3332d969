//! Using up a code and minting from it.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::revoke::RevokeFamily;
use super::{Change, Touched};
use crate::event::Action;
use crate::sqlite::events::Trace;
use crate::sqlite::failure::Rules;
use crate::sqlite::insert::{self, insert_one};
use crate::sqlite::read;
use crate::{Redemption, State, Token, TokenId};

/// Marks the code `id` used and inserts `tokens`; or, if it was used before, revokes its family.
pub(crate) struct Redeem {
    pub(crate) id: TokenId,
    pub(crate) tokens: Vec<Token>,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl Change for Redeem {
    type Output = Redemption;

    const RULES: Rules = insert::RULES;

    const SEVERAL: bool = true;

    async fn apply(
        &self,
        db: &mut SqliteConnection,
        touched: &mut Touched,
    ) -> sqlx::Result<Redemption> {
        let Some(code) = read::token(&mut *db, self.id).await? else {
            return Ok(Redemption::Unknown);
        };
        if code.uses > 0 {
            let family = RevokeFamily {
                member: self.id,
                by: self.by.clone(),
                now: self.now,
            };
            family.apply(db, touched).await?;
            return Ok(Redemption::Replayed);
        }
        match code.state(self.now) {
            State::Revoked => Ok(Redemption::Revoked),
            State::Expired => Ok(Redemption::Expired),
            State::Active | State::Exhausted => self.use_up(&code, db, touched).await,
        }
    }
}

impl Redeem {
    async fn use_up(
        &self,
        code: &Token,
        db: &mut SqliteConnection,
        touched: &mut Touched,
    ) -> sqlx::Result<Redemption> {
        sqlx::query("UPDATE tokens SET uses = 1, used_at = ?2, updated_at = ?2 WHERE id = ?1")
            .bind(self.id.as_bytes().as_slice())
            .bind(self.now.timestamp_millis())
            .execute(&mut *db)
            .await?;
        touched.tokens.push(self.id);
        let trace = Trace {
            owner: Some(code.owner),
            token: Some(self.id),
            ..Trace::new(&code.api, Action::Used, &self.by, self.now)
        };
        trace.keep(&mut *db).await?;
        for token in &self.tokens {
            insert_one(&mut *db, token).await?;
        }
        Ok(Redemption::Redeemed(self.tokens.clone()))
    }
}
