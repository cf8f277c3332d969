//! What the store does with owners.

use std::sync::Arc;

use crate::{NewOwner, Owner, OwnerId, OwnerUpdate, Store, StoreResult};

impl Store {
    /// Makes an owner; durable when it returns.
    ///
    /// # Errors
    /// [`Conflict`](crate::StoreError::Conflict) when one of its keys is taken or its parent does not exist.
    pub async fn create_owner(&self, _owner: NewOwner<'_>) -> StoreResult<Owner> {
        todo!()
    }

    /// The owner of that name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn owner(&self, _id: OwnerId) -> StoreResult<Option<Arc<Owner>>> {
        todo!()
    }

    /// The owner that is called `key` among those of one API, kind and parent.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_owner(
        &self,
        _api: &str,
        _kind: &str,
        _parent: Option<OwnerId>,
        _key: &str,
    ) -> StoreResult<Option<Arc<Owner>>> {
        todo!()
    }

    /// All owners of one API, kind and parent, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn owners(
        &self,
        _api: &str,
        _kind: &str,
        _parent: Option<OwnerId>,
    ) -> StoreResult<Vec<Owner>> {
        todo!()
    }

    /// Changes an owner; durable when it returns. `false` if there is no such owner.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn update_owner(&self, _id: OwnerId, _update: OwnerUpdate) -> StoreResult<bool> {
        todo!()
    }
}
