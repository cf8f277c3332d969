//! Revoking tokens: one, a family, those of an owner and of all below it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{Change, Touched};
use crate::event::Action;
use crate::sqlite::events::Trace;
use crate::sqlite::row::id;
use crate::{OwnerId, TokenId};

/// Revokes one token; whether it was there and not revoked before.
pub(crate) struct Revoke {
    pub(crate) id: TokenId,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl Change for Revoke {
    type Output = bool;

    const SEVERAL: bool = true;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<bool> {
        let revoked = sqlx::query(
            "UPDATE tokens SET revoked_at = ?2, updated_at = ?2 WHERE id = ?1 AND revoked_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM owners WHERE owners.id = tokens.owner AND deleted_at IS NOT NULL) \
             RETURNING id, api, owner",
        )
        .bind(self.id.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .fetch_all(&mut *db)
        .await?;
        let revoked = trace(db, &revoked, touched, &self.by, self.now).await?;
        Ok(revoked > 0)
    }
}

/// Revokes all that descends from where a token comes from, itself included; how many were not revoked before. What it
/// comes from may have been swept away since: those that name it are still kin.
pub(crate) struct RevokeFamily {
    pub(crate) member: TokenId,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl Change for RevokeFamily {
    type Output = u64;

    const SEVERAL: bool = true;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<u64> {
        let revoked = sqlx::query(
            "WITH RECURSIVE \
             up (id) AS (SELECT ?1 \
                UNION ALL SELECT tokens.parent FROM tokens JOIN up ON tokens.id = up.id WHERE tokens.parent IS NOT NULL), \
             down (id) AS (SELECT id FROM up WHERE NOT EXISTS \
                  (SELECT 1 FROM tokens WHERE tokens.id = up.id AND tokens.parent IS NOT NULL) \
                UNION ALL SELECT tokens.id FROM tokens JOIN down ON tokens.parent = down.id) \
             UPDATE tokens SET revoked_at = ?2, updated_at = ?2 WHERE id IN (SELECT id FROM down) AND revoked_at IS NULL \
             RETURNING id, api, owner",
        )
        .bind(self.member.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .fetch_all(&mut *db)
        .await?;
        trace(db, &revoked, touched, &self.by, self.now).await
    }
}

/// Revokes up to so many tokens of an owner and of all below it; how many those were.
pub(crate) struct RevokeOfOwner {
    pub(crate) owner: OwnerId,
    /// Not those that were minted later.
    pub(crate) until: TokenId,
    pub(crate) most: u32,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl Change for RevokeOfOwner {
    type Output = u32;

    const SEVERAL: bool = true;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<u32> {
        let rows = sqlx::query(
            "UPDATE tokens SET revoked_at = ?3, updated_at = ?3 WHERE id IN \
             (WITH RECURSIVE below (id) AS (SELECT ?1 \
                UNION ALL SELECT owners.id FROM owners JOIN below ON owners.parent = below.id WHERE deleted_at IS NULL) \
              SELECT tokens.id FROM below CROSS JOIN tokens ON tokens.owner = below.id \
              WHERE tokens.id <= ?2 AND revoked_at IS NULL LIMIT ?4) RETURNING id, api, owner",
        )
        .bind(self.owner.as_bytes().as_slice())
        .bind(self.until.as_bytes().as_slice())
        .bind(self.now.timestamp_millis())
        .bind(self.most)
        .fetch_all(&mut *db)
        .await?;
        let mut of_owners: BTreeMap<OwnerId, (&str, u32)> = BTreeMap::new();
        for row in &rows {
            touched.tokens.push(id(row, 0)?);
            let (_, times) = of_owners.entry(id(row, 2)?).or_insert((row.try_get(1)?, 0));
            *times += 1;
        }
        for (owner, (api, times)) in of_owners {
            let trace = Trace {
                owner: Some(owner),
                times,
                ..Trace::new(api, Action::Revoked, &self.by, self.now)
            };
            trace.keep(db).await?;
        }
        Ok(u32::try_from(rows.len()).unwrap_or(u32::MAX))
    }
}

/// Notes each of the rows (id, api, owner) as revoked; how many there are.
async fn trace(
    db: &mut SqliteConnection,
    rows: &[SqliteRow],
    touched: &mut Touched,
    by: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    for row in rows {
        let token = id(row, 0)?;
        touched.tokens.push(token);
        let trace = Trace {
            owner: Some(id(row, 2)?),
            token: Some(token),
            ..Trace::new(row.try_get(1)?, Action::Revoked, by, now)
        };
        trace.keep(db).await?;
    }
    Ok(rows.len() as u64)
}
