//! Making an owner.

use sqlx::SqliteConnection;

use super::{Change, Touched};
use crate::Owner;
use crate::event::Action;
use crate::sqlite::events::Trace;
use crate::sqlite::failure::Rules;
use crate::sqlite::row::parent_key;

/// Inserts an owner and its keys.
pub(crate) struct CreateOwner {
    pub(crate) owner: Owner,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) by: String,
}

impl Change for CreateOwner {
    type Output = Owner;

    const RULES: Rules = Rules {
        taken: "an owner of that API, kind and parent has one of these keys already",
        missing: "the owner's parent does not exist",
    };

    const SEVERAL: bool = true;

    async fn apply(&self, db: &mut SqliteConnection, _: &mut Touched) -> sqlx::Result<Owner> {
        let owner = &self.owner;
        // A deleted parent keeps its row. What is no id stands in for it, and breaks the rule that a missing one breaks.
        sqlx::query(
            "INSERT INTO owners (id, api, kind, parent, attributes, secret_hash, sealed, created_at) \
             VALUES (?1, ?2, ?3, CASE WHEN EXISTS (SELECT 1 FROM owners WHERE id = ?4 AND deleted_at IS NOT NULL) \
             THEN x'' ELSE ?4 END, ?5, ?6, ?7, ?8)",
        )
        .bind(owner.id.as_bytes().as_slice())
        .bind(owner.api.as_str())
        .bind(owner.kind.as_str())
        .bind(owner.parent.as_ref().map(|id| id.as_bytes().as_slice()))
        .bind(owner.attributes.to_string())
        .bind(owner.secret_hash.as_ref().map(|hash| hash.as_bytes().as_slice()))
        .bind(self.sealed.as_deref())
        .bind(owner.created_at.timestamp_millis())
        .execute(&mut *db)
        .await?;
        for (position, key) in (0i64..).zip(&owner.keys) {
            sqlx::query(
                "INSERT INTO owner_keys (api, kind, parent, key, owner, position) VALUES (?, ?, ?, ?, ?, ?)",
            )
            .bind(owner.api.as_str())
            .bind(owner.kind.as_str())
            .bind(parent_key(owner.parent.as_ref()))
            .bind(key.as_str())
            .bind(owner.id.as_bytes().as_slice())
            .bind(position)
            .execute(&mut *db)
            .await?;
        }
        let trace = Trace {
            owner: Some(owner.id),
            ..Trace::new(&owner.api, Action::Created, &self.by, owner.created_at)
        };
        trace.keep(db).await?;
        Ok(owner.clone())
    }
}
