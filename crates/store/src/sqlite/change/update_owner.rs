//! Changing an owner.

use sqlx::SqliteConnection;

use super::{Change, Touched};
use crate::{OwnerId, OwnerUpdate};

/// Replaces what the update names of an owner; whether there is such an owner.
pub(crate) struct UpdateOwner {
    pub(crate) id: OwnerId,
    pub(crate) update: OwnerUpdate,
}

impl Change for UpdateOwner {
    type Output = bool;

    async fn apply(&self, db: &mut SqliteConnection, touched: &mut Touched) -> sqlx::Result<bool> {
        let attributes = self.update.attributes.as_ref().map(ToString::to_string);
        let secret_hash = self.update.secret_hash.as_ref();
        let done = sqlx::query(
            "UPDATE owners SET attributes = coalesce(?, attributes), secret_hash = coalesce(?, secret_hash) WHERE id = ?",
        )
        .bind(attributes)
        .bind(secret_hash.map(|hash| hash.as_bytes().as_slice()))
        .bind(self.id.as_bytes().as_slice())
        .execute(db)
        .await?;
        touched.owners = true;
        Ok(done.rows_affected() > 0)
    }
}
