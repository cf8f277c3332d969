//! What the store does with owners.

use std::convert::Infallible;
use std::sync::Arc;

use crate::sqlite::change::{
    CreateOwner, DeleteOwner, EditOwner, UseToCreate, UseToken, sealed_name,
};
use crate::sqlite::{FoundBy, read};
use crate::{NewOwner, Owner, OwnerId, OwnerUpdate, Store, StoreResult, TokenId, Use};

impl Store {
    /// Makes an owner; durable when it returns.
    ///
    /// # Errors
    /// [`Taken`](crate::StoreError::Taken) when one of its keys is; [`Missing`](crate::StoreError::Missing) when its parent
    /// does not exist.
    pub async fn create_owner(&self, owner: NewOwner<'_>) -> StoreResult<Owner> {
        let create = self.creation_of(owner)?;
        self.inner.asker.change(create).await
    }

    /// Counts one use of a token and makes an owner for it, both or neither; durable when it returns. Where the token may
    /// not be used, why not: never [`Used`](Use::Used).
    ///
    /// # Errors
    /// As of [`create_owner`](Self::create_owner); the token is then not used.
    pub async fn use_to_create_owner(
        &self,
        token: TokenId,
        owner: NewOwner<'_>,
    ) -> StoreResult<Result<Owner, Use>> {
        let create = self.creation_of(owner)?;
        let token = UseToken {
            id: token,
            by: create.by.clone(),
            now: create.owner.created_at,
        };
        self.inner.asker.change(UseToCreate { token, create }).await
    }

    /// What makes `owner`, with its secret sealed.
    fn creation_of(&self, owner: NewOwner<'_>) -> StoreResult<CreateOwner> {
        let (id, now) = (OwnerId::new(), self.now());
        let sealed = owner.sealed.as_ref();
        let sealed = sealed.map(|secret| self.seal(&sealed_name(id), secret));
        let sealed = sealed.transpose()?;
        let by = owner.by.to_owned();
        let owner = Owner {
            id,
            api: owner.api.to_owned(),
            kind: owner.kind.to_owned(),
            parent: owner.parent,
            keys: owner.keys,
            attributes: owner.attributes,
            secret_hash: owner.secret_hash,
            created_at: now,
            updated_at: now,
        };
        Ok(CreateOwner { owner, sealed, by })
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

    /// The owner of that name that was deleted, as the trail still knows it: without its keys, which others may take.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn deleted_owner(&self, id: OwnerId) -> StoreResult<Option<Owner>> {
        self.reads(read::deleted_owner(&self.inner.readers, id).await)
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

    /// How many owners of one API, kind and parent there are.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn count_owners(
        &self,
        api: &str,
        kind: &str,
        parent: Option<OwnerId>,
    ) -> StoreResult<u64> {
        self.reads(read::count_owners(&self.inner.readers, api, kind, parent).await)
    }

    /// Changes an owner; durable when it returns. `false` if there is no such owner.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn update_owner(
        &self,
        id: OwnerId,
        by: &str,
        update: OwnerUpdate,
    ) -> StoreResult<bool> {
        let decide = move |_: &Owner| Ok::<_, Infallible>(update.clone());
        let changed = self.edit_owner(id, by, decide).await?;
        Ok(changed.is_some())
    }

    /// Looks at an owner and changes of it what the look decides, with nothing between; durable when it returns. `None`
    /// if there is no such owner; what the look refuses is returned, and nothing changed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn edit_owner<E: Send + 'static>(
        &self,
        id: OwnerId,
        by: &str,
        decide: impl Fn(&Owner) -> Result<OwnerUpdate, E> + Send + Sync + 'static,
    ) -> StoreResult<Option<Result<Owner, E>>> {
        let decide = move |owner: &Owner, _: &[Owner]| decide(owner);
        self.edit(id, by, decide, false).await
    }

    /// As [`edit_owner`](Self::edit_owner), but the look is at the other owners of the same API, kind and parent, too.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn edit_owner_among<E: Send + 'static>(
        &self,
        id: OwnerId,
        by: &str,
        decide: impl Fn(&Owner, &[Owner]) -> Result<OwnerUpdate, E> + Send + Sync + 'static,
    ) -> StoreResult<Option<Result<Owner, E>>> {
        self.edit(id, by, decide, true).await
    }

    async fn edit<E: Send + 'static>(
        &self,
        id: OwnerId,
        by: &str,
        decide: impl Fn(&Owner, &[Owner]) -> Result<OwnerUpdate, E> + Send + Sync + 'static,
        among_siblings: bool,
    ) -> StoreResult<Option<Result<Owner, E>>> {
        let edit = EditOwner {
            id,
            decide,
            among_siblings,
            sealer: Arc::clone(&self.inner.sealer),
            by: by.to_owned(),
            now: self.now(),
        };
        self.inner.asker.change(edit).await
    }

    /// Deletes an owner and all below it; durable when it returns. They are found no more, their keys are free, and all
    /// their tokens count as revoked. `false` if there is no such owner.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_owner(&self, id: OwnerId, by: &str) -> StoreResult<bool> {
        let decide = |_: &Owner| Ok::<_, Infallible>(());
        let deleted = self.delete_owner_if(id, by, decide).await?;
        Ok(deleted.is_some())
    }

    /// Looks at an owner and, unless the look refuses, [deletes](Self::delete_owner) it, with nothing between; durable when
    /// it returns. The owner as it was, or what the look refused; `None` if there is no such owner.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_owner_if<E: Send + 'static>(
        &self,
        id: OwnerId,
        by: &str,
        decide: impl Fn(&Owner) -> Result<(), E> + Send + Sync + 'static,
    ) -> StoreResult<Option<Result<Owner, E>>> {
        let delete = DeleteOwner {
            id,
            decide,
            by: by.to_owned(),
            now: self.now(),
        };
        self.inner.asker.change(delete).await
    }
}

/// All that an owner is found by, in a row. Only the key, which comes last, is the caller's to choose.
fn found_by(api: &str, kind: &str, parent: Option<OwnerId>, key: &str) -> FoundBy {
    let parent = parent.as_ref().map(OwnerId::as_bytes);
    let (mark, parent) = parent.map_or((&[0], &[][..]), |parent| (&[1], parent));
    let (api, kind, key) = (api.as_bytes(), kind.as_bytes(), key.as_bytes());
    [api, &[0], kind, &[0], mark, parent, key].concat()
}
