//! Using up a code and minting from it.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::revoke::RevokeChildren;
use super::{Change, Touched};
use crate::sqlite::failure::Rules;
use crate::sqlite::insert::{self, insert_one};
use crate::sqlite::row;
use crate::{Redemption, State, Token, TokenId};

/// Marks the code `id` used and inserts `token`; or, if it was used before, revokes what was minted from it.
pub(crate) struct Redeem {
    pub(crate) id: TokenId,
    pub(crate) token: Token,
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
        let found = sqlx::query(concat!(
            "SELECT ",
            row::token_columns!(),
            " FROM tokens WHERE id = ?"
        ))
        .bind(self.id.as_bytes().as_slice())
        .fetch_optional(&mut *db)
        .await?;
        let Some(found) = found else {
            return Ok(Redemption::Unknown);
        };
        let code = row::token(&found)?;
        if code.uses > 0 {
            let children = RevokeChildren {
                parent: self.id,
                now: self.now,
            };
            children.apply(db, touched).await?;
            return Ok(Redemption::Replayed);
        }
        match code.state(self.now) {
            State::Revoked => Ok(Redemption::Revoked),
            State::Expired => Ok(Redemption::Expired),
            State::Active | State::Exhausted => self.use_up(db, touched).await,
        }
    }
}

impl Redeem {
    async fn use_up(
        &self,
        db: &mut SqliteConnection,
        touched: &mut Touched,
    ) -> sqlx::Result<Redemption> {
        sqlx::query("UPDATE tokens SET uses = 1, used_at = ?2 WHERE id = ?1")
            .bind(self.id.as_bytes().as_slice())
            .bind(self.now.timestamp_millis())
            .execute(&mut *db)
            .await?;
        touched.tokens.push(self.id);
        insert_one(db, &self.token).await?;
        Ok(Redemption::Redeemed(self.token.clone()))
    }
}
