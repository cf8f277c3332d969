//! What is about to be deleted, for those who are to say whether that is meant.

use std::sync::Arc;

use specmint_store::{Owner, OwnerId};

use super::{API, Admin, Refused, counted, protection};
use crate::beyond_identity::application::{API as BEYOND_IDENTITY, kind};
use crate::beyond_identity::loose_ends::LooseEnds;

/// What goes when an owner is deleted.
#[derive(Debug)]
pub struct Deletion {
    /// The owner.
    pub owner: Arc<Owner>,
    /// How many of what stand below it, in words; nothing, if none do.
    pub below: Option<String>,
    /// How many tokens it and those below it have, in words; nothing, if they have none.
    pub tokens: Option<String>,
    /// Why its provider's own API would refuse to delete it, as a sentence; nothing, if it would not.
    pub protection: Option<String>,
}

impl Admin {
    /// What would go if that owner were deleted.
    ///
    /// # Errors
    /// [`Refused::NotFound`] if there is none; [`Refused::Conflict`] for what the server itself stands on.
    pub async fn deletion(&self, id: OwnerId) -> Result<Deletion, Refused> {
        let owner = self.deletable(id).await?;
        let (below, tokens) = self.counts_below(&owner).await?;
        Ok(Deletion {
            below: Some(counted::listed(&below)).filter(|below| !below.is_empty()),
            tokens: counted::tokens(&tokens),
            protection: protection::of(self.store(), &owner).await?,
            owner,
        })
    }

    /// Deletes an owner and all below it, also what the provider's own API would keep because it is protected.
    ///
    /// # Errors
    /// As of [`deletion`](Self::deletion).
    pub async fn delete_owner(&self, id: OwnerId, by: &str) -> Result<(), Refused> {
        let owner = self.deletable(id).await?;
        let ends = LooseEnds::of(self.store(), &owner).await?;
        if !self.store().delete_owner(id, by).await? {
            return Err(Refused::NotFound("owner"));
        }
        for client in ends.clients {
            self.store().delete_owner(client, by).await?;
        }
        for token in ends.tokens {
            self.store().revoke(token.id, by).await?;
        }
        Ok(())
    }

    async fn deletable(&self, id: OwnerId) -> Result<Arc<Owner>, Refused> {
        let owner = self.owner(id).await?;
        deletable(&owner)?;
        Ok(owner)
    }
}

/// Whether `owner` may be deleted by itself.
pub(crate) fn is_deletable(owner: &Owner) -> bool {
    deletable(owner).is_ok()
}

fn deletable(owner: &Owner) -> Result<(), Refused> {
    let why = match (owner.api.as_str(), owner.kind.as_str()) {
        (API, _) => "The administration itself cannot be deleted; revoke its keys instead.",
        (BEYOND_IDENTITY, kind::CLIENT) => {
            "A client ends with its application; delete that instead."
        }
        _ => return Ok(()),
    };
    Err(Refused::Conflict(why.to_owned()))
}
