//! Objects that are made once and found again by their names.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use specmint_store::{NewOwner, Owner, OwnerId, OwnerUpdate, Store, StoreError};

use crate::error::StartError;

/// Who makes them, for the trail.
pub(super) const BY: &str = "cli:demo";

/// Where an object stands, and its name there.
pub(super) struct Place {
    pub(super) api: &'static str,
    pub(super) kind: &'static str,
    pub(super) parent: Option<OwnerId>,
    pub(super) name: String,
}

/// An object of the demo.
pub(super) struct Object<T> {
    pub(super) id: OwnerId,
    /// By which requests call it.
    pub(super) name: String,
    pub(super) owner: Arc<Owner>,
    pub(super) record: T,
}

impl Place {
    /// The object that was made here, if one was.
    pub(super) async fn find(&self, store: &Store) -> Result<Option<Arc<Owner>>, StoreError> {
        store
            .find_owner(self.api, self.kind, self.parent, &self.name)
            .await
    }

    /// The object that was made here, or else a new one of `record`, which may also be called by `other`.
    pub(super) async fn ensure<T: Serialize + DeserializeOwned>(
        self,
        store: &Store,
        other: Option<&str>,
        record: T,
    ) -> Result<Object<T>, StartError> {
        let owner = match self.find(store).await? {
            Some(owner) => owner,
            None => self.create(store, other, &record).await?,
        };
        let record = T::deserialize(&owner.attributes).map_err(|error| self.unreadable(&error))?;
        Ok(Object {
            id: owner.id,
            name: self.name,
            owner,
            record,
        })
    }

    /// As [`ensure`](Self::ensure), but what was made here before is changed to `record`: for what is not its users' to
    /// change.
    pub(super) async fn renew<T: Serialize + DeserializeOwned>(
        self,
        store: &Store,
        other: Option<&str>,
        record: T,
    ) -> Result<Object<T>, StartError> {
        let attributes = serde_json::to_value(&record).map_err(|error| self.unreadable(&error))?;
        if let Some(owner) = self.find(store).await?
            && owner.attributes != attributes
        {
            let update = OwnerUpdate {
                attributes: Some(attributes),
                ..OwnerUpdate::default()
            };
            store.update_owner(owner.id, BY, update).await?;
        }
        self.ensure(store, other, record).await
    }

    async fn create<T: Serialize>(
        &self,
        store: &Store,
        other: Option<&str>,
        record: &T,
    ) -> Result<Arc<Owner>, StartError> {
        let new = NewOwner {
            api: self.api,
            kind: self.kind,
            parent: self.parent,
            keys: [self.name.as_str()]
                .into_iter()
                .chain(other)
                .map(ToOwned::to_owned)
                .collect(),
            attributes: serde_json::to_value(record).map_err(|error| self.unreadable(&error))?,
            secret_hash: None,
            sealed: None,
            by: BY,
        };
        match store.create_owner(new).await {
            Ok(made) => Ok(Arc::new(made)),
            // Another process made it meanwhile.
            Err(taken @ StoreError::Taken { .. }) => Ok(self.find(store).await?.ok_or(taken)?),
            Err(error) => Err(error.into()),
        }
    }

    fn unreadable(&self, error: &serde_json::Error) -> StartError {
        StartError::Object(format!("{} {} {}: {error}", self.api, self.kind, self.name))
    }
}

impl<T: Serialize + DeserializeOwned + PartialEq + Clone> Object<T> {
    /// The object with its record as `mended` has it: for what its users may change, but not so that nobody gets at it.
    pub(super) async fn mend(
        self,
        store: &Store,
        mended: impl Fn(T) -> T + Send + Sync + 'static,
    ) -> Result<Self, StartError> {
        if mended(self.record.clone()) == self.record {
            return Ok(self);
        }
        let mend = move |owner: &Owner| {
            let record = mended(T::deserialize(&owner.attributes)?);
            Ok::<_, serde_json::Error>(OwnerUpdate {
                attributes: Some(serde_json::to_value(record)?),
                ..OwnerUpdate::default()
            })
        };
        let Some(edited) = store.edit_owner(self.id, BY, mend).await? else {
            // Somebody deleted it this very moment; the next call makes another.
            return Ok(self);
        };
        let unreadable = |error: serde_json::Error| StartError::Object(error.to_string());
        let owner = Arc::new(edited.map_err(unreadable)?);
        let record = T::deserialize(&owner.attributes).map_err(unreadable)?;
        Ok(Self {
            owner,
            record,
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::names::Names;
    use specmint_store::Options;

    async fn store(directory: &tempfile::TempDir) -> Store {
        let url = format!("sqlite:{}/store.db", directory.path().display());
        Store::open(Options::new(url)).await.unwrap()
    }

    async fn ensure(store: &Store) -> Object<String> {
        let names = Names::of(store).await.unwrap();
        let place = Place {
            api: "example",
            kind: "team",
            parent: None,
            name: names.uuid("team"),
        };
        place
            .ensure(store, Some("the-team"), "A team".to_owned())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn what_is_not_its_users_to_change_is_renewed() {
        let directory = tempfile::tempdir().unwrap();
        let store = store(&directory).await;
        let made = ensure(&store).await;
        let place = || Place {
            api: "example",
            kind: "team",
            parent: None,
            name: made.name.clone(),
        };
        let renewed = place().renew(&store, None, "Another".to_owned());
        let renewed = renewed.await.unwrap();
        assert_eq!((renewed.id, renewed.record.as_str()), (made.id, "Another"));
    }

    #[tokio::test]
    async fn two_processes_that_make_an_object_at_once_make_it_once() {
        let directory = tempfile::tempdir().unwrap();
        let (one, two) = (store(&directory).await, store(&directory).await);
        let (first, second) = tokio::join!(ensure(&one), ensure(&two));
        assert_eq!((first.id, &first.name), (second.id, &second.name));
        assert_eq!(second.record, "A team");
        assert_eq!(one.owners("example", "team", None).await.unwrap().len(), 1);
        assert_eq!(first.owner.keys, [first.name.as_str(), "the-team"]);
    }
}
