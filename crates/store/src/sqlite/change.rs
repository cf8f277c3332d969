//! Changes: what can be done in the writer's transaction.

mod create_owner;
mod delete_expired;
mod delete_owner;
mod edit_owner;
mod edit_token;
mod keep_secret;
mod note_uses;
mod redeem;
mod revoke;
mod use_to_create;
mod use_token;

use std::future::Future;
use std::pin::Pin;

use sqlx::SqliteConnection;
use tokio::sync::oneshot;

pub(crate) use create_owner::CreateOwner;
pub(crate) use delete_expired::{DeleteEvents, DeleteExpired};
pub(crate) use delete_owner::DeleteOwner;
pub(crate) use edit_owner::{EditOwner, sealed_name};
pub(crate) use edit_token::EditToken;
pub(crate) use keep_secret::{DropSecret, KeepSecret};
pub(crate) use note_uses::NoteUses;
pub(crate) use redeem::Redeem;
pub(crate) use revoke::{Revoke, RevokeFamily, RevokeOfOwner};
pub(crate) use use_to_create::UseToCreate;
pub(crate) use use_token::{ReturnUse, UseToken};

use super::failure::{Rules, conflict};
use crate::{StoreError, StoreResult, TokenId};

/// One kind of change.
pub(crate) trait Change: Send + 'static {
    /// What its asker gets.
    type Output: Send;

    /// What a broken rule means for it.
    const RULES: Rules = Rules {
        taken: "it is there already",
        missing: "what it refers to does not exist",
    };

    /// Whether it takes several statements that must not be done in part.
    const SEVERAL: bool = false;

    /// Does it, within the writer's transaction, and notes what others may no longer believe.
    async fn apply(
        &self,
        db: &mut SqliteConnection,
        touched: &mut Touched,
    ) -> sqlx::Result<Self::Output>;
}

/// What a transaction changed of that which is cached.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) tokens: Vec<TokenId>,
    pub(crate) owners: bool,
    pub(crate) secrets: bool,
}

/// A change of any kind, and who waits for it.
pub(crate) trait Pending: Send {
    /// Does the change and keeps its outcome. An error is one that ends the whole transaction.
    fn apply<'a>(
        &'a mut self,
        db: &'a mut SqliteConnection,
        touched: &'a mut Touched,
    ) -> Pin<Box<dyn Future<Output = sqlx::Result<()>> + 'a>>;

    /// Gives the asker the outcome, or the error for which nothing of it was kept.
    fn answer(self: Box<Self>, committed: StoreResult<()>);
}

/// A change and the one who asked for it.
pub(crate) struct Asked<C: Change> {
    change: C,
    outcome: StoreResult<C::Output>,
    reply: oneshot::Sender<StoreResult<C::Output>>,
}

impl<C: Change> Asked<C> {
    pub(crate) fn new(change: C, reply: oneshot::Sender<StoreResult<C::Output>>) -> Self {
        Self {
            change,
            outcome: Err(StoreError::Closed),
            reply,
        }
    }
}

impl<C: Change> Pending for Asked<C> {
    fn apply<'a>(
        &'a mut self,
        db: &'a mut SqliteConnection,
        touched: &'a mut Touched,
    ) -> Pin<Box<dyn Future<Output = sqlx::Result<()>> + 'a>> {
        Box::pin(async move {
            let done = if C::SEVERAL {
                whole(&self.change, db, touched).await?
            } else {
                self.change.apply(db, touched).await
            };
            self.outcome = match done {
                Ok(output) => Ok(output),
                Err(error) => Err(conflict(&error, C::RULES).ok_or(error)?),
            };
            Ok(())
        })
    }

    fn answer(self: Box<Self>, committed: StoreResult<()>) {
        // Nobody may be waiting any more; what was done stays done.
        let _ = self.reply.send(committed.and(self.outcome));
    }
}

/// Does all of a change, or nothing; the outer error is one of the savepoint.
async fn whole<C: Change>(
    change: &C,
    db: &mut SqliteConnection,
    touched: &mut Touched,
) -> sqlx::Result<sqlx::Result<C::Output>> {
    sqlx::query("SAVEPOINT change").execute(&mut *db).await?;
    let done = change.apply(db, touched).await;
    match &done {
        Ok(_) => {}
        Err(error) if conflict(error, C::RULES).is_some() => {
            sqlx::query("ROLLBACK TO change").execute(&mut *db).await?;
        }
        Err(_) => return Ok(done),
    }
    sqlx::query("RELEASE change").execute(&mut *db).await?;
    Ok(done)
}
