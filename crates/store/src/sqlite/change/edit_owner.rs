//! Changing an owner.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Change, Touched};
use crate::event::Action;
use crate::seal::Sealer;
use crate::sqlite::events::Trace;
use crate::sqlite::read;
use crate::sqlite::row;
use crate::{Owner, OwnerId, OwnerUpdate};

/// Looks at an owner, and at its siblings if asked to, and changes of it what the look decides; `None` if there is no such
/// owner.
pub(crate) struct EditOwner<F> {
    pub(crate) id: OwnerId,
    pub(crate) decide: F,
    pub(crate) among_siblings: bool,
    pub(crate) sealer: Arc<Sealer>,
    pub(crate) by: String,
    pub(crate) now: DateTime<Utc>,
}

impl<F, E> Change for EditOwner<F>
where
    F: Fn(&Owner, &[Owner]) -> Result<OwnerUpdate, E> + Send + Sync + 'static,
    E: Send + 'static,
{
    type Output = Option<Result<Owner, E>>;

    const SEVERAL: bool = true;

    async fn apply(
        &self,
        db: &mut SqliteConnection,
        touched: &mut Touched,
    ) -> sqlx::Result<Self::Output> {
        let Some(mut owner) = read::owner(&mut *db, self.id).await? else {
            return Ok(None);
        };
        let siblings = match self.among_siblings {
            true => siblings(db, &owner).await?,
            false => Vec::new(),
        };
        let update = match (self.decide)(&owner, &siblings) {
            Ok(update) => update,
            Err(refused) => return Ok(Some(Err(refused))),
        };
        let sealed = update.sealed.as_ref();
        let sealed = sealed.map(|secret| self.sealer.seal(&sealed_name(self.id), secret));
        let sealed = sealed.transpose().map_err(row::damaged)?;
        owner.attributes = update.attributes.unwrap_or(owner.attributes);
        owner.secret_hash = update.secret_hash.or(owner.secret_hash);
        owner.updated_at = self.now;
        sqlx::query(
            "UPDATE owners SET attributes = ?2, secret_hash = ?3, sealed = coalesce(?4, sealed), updated_at = ?5 WHERE id = ?1",
        )
        .bind(self.id.as_bytes().as_slice())
        .bind(owner.attributes.to_string())
        .bind(owner.secret_hash.as_ref().map(|hash| hash.as_bytes().as_slice()))
        .bind(sealed)
        .bind(self.now.timestamp_millis())
        .execute(&mut *db)
        .await?;
        touched.owners = true;
        let trace = Trace {
            owner: Some(self.id),
            ..Trace::new(&owner.api, Action::Updated, &self.by, self.now)
        };
        trace.keep(db).await?;
        Ok(Some(Ok(owner)))
    }
}

/// The others of the same API, kind and parent.
async fn siblings(db: &mut SqliteConnection, owner: &Owner) -> sqlx::Result<Vec<Owner>> {
    let mut all = read::owners(db, &owner.api, &owner.kind, owner.parent).await?;
    all.retain(|other| other.id != owner.id);
    Ok(all)
}

/// The name under which an owner's secret is sealed.
pub(crate) fn sealed_name(id: OwnerId) -> String {
    format!("owner/{id}")
}
