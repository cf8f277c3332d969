//! Using up a token to make an owner.

use sqlx::SqliteConnection;

use super::{Change, CreateOwner, Touched, UseToken};
use crate::sqlite::failure::Rules;
use crate::{Owner, Use};

/// Counts one use of a token and makes an owner for it; or does neither, and tells why the token may not be used.
pub(crate) struct UseToCreate {
    pub(crate) token: UseToken,
    pub(crate) create: CreateOwner,
}

impl Change for UseToCreate {
    type Output = Result<Owner, Use>;

    const RULES: Rules = CreateOwner::RULES;

    const SEVERAL: bool = true;

    async fn apply(
        &self,
        db: &mut SqliteConnection,
        touched: &mut Touched,
    ) -> sqlx::Result<Self::Output> {
        match self.token.apply(&mut *db, touched).await? {
            Use::Used(_) => Ok(Ok(self.create.apply(db, touched).await?)),
            refused => Ok(Err(refused)),
        }
    }
}
