//! What the store does with owners.

use std::sync::Arc;

use crate::sqlite::change::{CreateOwner, UpdateOwner};
use crate::sqlite::{FoundBy, read};
use crate::{NewOwner, Owner, OwnerId, OwnerUpdate, Store, StoreResult};

impl Store {
    /// Makes an owner; durable when it returns.
    ///
    /// # Errors
    /// [`Conflict`](crate::StoreError::Conflict) when one of its keys is taken or its parent does not exist.
    pub async fn create_owner(&self, owner: NewOwner<'_>) -> StoreResult<Owner> {
        let owner = Owner {
            id: OwnerId::new(),
            api: owner.api.to_owned(),
            kind: owner.kind.to_owned(),
            parent: owner.parent,
            keys: owner.keys,
            attributes: owner.attributes,
            secret_hash: owner.secret_hash,
            created_at: self.now(),
        };
        self.inner.asker.change(CreateOwner { owner }).await
    }

    /// The owner of that name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn owner(&self, id: OwnerId) -> StoreResult<Option<Arc<Owner>>> {
        let cache = &self.inner.caches.owners;
        let epoch = match cache.get(&id) {
            Ok(owner) => return Ok(Some(owner)),
            Err(epoch) => epoch,
        };
        let owner = self.reads(read::owner(&self.inner.readers, id).await)?;
        let owner = owner.map(Arc::new);
        if let Some(owner) = &owner {
            cache.put(epoch, id, Arc::clone(owner));
        }
        Ok(owner)
    }

    /// The owner that is called `key` among those of one API, kind and parent.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_owner(
        &self,
        api: &str,
        kind: &str,
        parent: Option<OwnerId>,
        key: &str,
    ) -> StoreResult<Option<Arc<Owner>>> {
        let cache = &self.inner.caches.found;
        let found_by = found_by(api, kind, parent, key);
        let epoch = match cache.get(&found_by) {
            Ok(owner) => return Ok(Some(owner)),
            Err(epoch) => epoch,
        };
        let owner = read::find_owner(&self.inner.readers, api, kind, parent, key).await;
        let owner = self.reads(owner)?.map(Arc::new);
        if let Some(owner) = &owner {
            cache.put(epoch, found_by, Arc::clone(owner));
        }
        Ok(owner)
    }

    /// All owners of one API, kind and parent, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn owners(
        &self,
        api: &str,
        kind: &str,
        parent: Option<OwnerId>,
    ) -> StoreResult<Vec<Owner>> {
        self.reads(read::owners(&self.inner.readers, api, kind, parent).await)
    }

    /// Changes an owner; durable when it returns. `false` if there is no such owner.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn update_owner(&self, id: OwnerId, update: OwnerUpdate) -> StoreResult<bool> {
        self.inner.asker.change(UpdateOwner { id, update }).await
    }
}

/// All that an owner is found by, in a row. Only the key, which comes last, is the caller's to choose.
fn found_by(api: &str, kind: &str, parent: Option<OwnerId>, key: &str) -> FoundBy {
    let parent = parent.as_ref().map(OwnerId::as_bytes);
    let (mark, parent) = parent.map_or((&[0], &[][..]), |parent| (&[1], parent));
    let (api, kind, key) = (api.as_bytes(), kind.as_bytes(), key.as_bytes());
    [api, &[0], kind, &[0], mark, parent, key].concat()
}
