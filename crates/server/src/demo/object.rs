//! Objects that are made once: each carries a mark among its attributes by which it is found again.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use specmint_store::{NewOwner, Owner, OwnerId, Store, StoreError};

use crate::error::StartError;

/// The attribute that holds the mark.
const MARK: &str = "demo";

/// Where an object stands, and its mark there.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) api: &'static str,
    pub(super) kind: &'static str,
    pub(super) parent: Option<OwnerId>,
    pub(super) mark: &'static str,
}

/// An object of the demo.
pub(super) struct Object<T> {
    pub(super) id: OwnerId,
    pub(super) owner: Owner,
    pub(super) record: T,
}

impl<T> Object<T> {
    /// The name by which requests call it: the first of its keys.
    pub(super) fn public_id(&self) -> Result<String, StartError> {
        let id = self.owner.keys.first().cloned();
        id.ok_or_else(|| StartError::Object(format!("{} {}: no key", self.owner.kind, self.id)))
    }
}

impl Place {
    /// The object that was made here, if one was.
    pub(super) async fn find(&self, store: &Store) -> Result<Option<Owner>, StartError> {
        let owners = store.owners(self.api, self.kind, self.parent).await?;
        let marked =
            |owner: &Owner| owner.attributes.get(MARK).and_then(Value::as_str) == Some(self.mark);
        Ok(owners.into_iter().find(marked))
    }

    /// The object that was made here, or else a new one of the keys and the record that `make` gives.
    pub(super) async fn ensure<T: Serialize + DeserializeOwned>(
        &self,
        store: &Store,
        make: impl FnOnce() -> Result<(Vec<String>, T), StartError>,
    ) -> Result<Object<T>, StartError> {
        let owner = match self.find(store).await? {
            Some(owner) => owner,
            None => match self.create(store, self.marked(make()?)?).await {
                // Another process made it meanwhile.
                Err(conflict @ StoreError::Conflict { .. }) => {
                    self.find(store).await?.ok_or(conflict)?
                }
                made => made?,
            },
        };
        let record = T::deserialize(&owner.attributes).map_err(|error| self.unreadable(&error))?;
        Ok(Object {
            id: owner.id,
            owner,
            record,
        })
    }

    /// The keys and attributes of an object with its mark in both: keys are unique, so it is made only once.
    fn marked<T: Serialize>(
        &self,
        (mut keys, record): (Vec<String>, T),
    ) -> Result<(Vec<String>, Value), StartError> {
        keys.push(format!("{MARK}:{}", self.mark));
        let mut attributes =
            serde_json::to_value(record).map_err(|error| self.unreadable(&error))?;
        if let Some(attributes) = attributes.as_object_mut() {
            attributes.insert(MARK.to_owned(), self.mark.into());
        }
        Ok((keys, attributes))
    }

    async fn create(
        &self,
        store: &Store,
        (keys, attributes): (Vec<String>, Value),
    ) -> Result<Owner, StoreError> {
        let new = NewOwner {
            api: self.api,
            kind: self.kind,
            parent: self.parent,
            keys,
            attributes,
            secret_hash: None,
        };
        store.create_owner(new).await
    }

    fn unreadable(&self, error: &serde_json::Error) -> StartError {
        StartError::Object(format!(
            "{} {} {:?}: {error}",
            self.api, self.kind, self.mark
        ))
    }
}

/// `digits` random lower-case hexadecimal digits, an even number up to 64.
pub(super) fn random_hex(digits: usize) -> Result<String, StartError> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| StartError::NoRandomness)?;
    let hex = bytes.iter().map(|byte| format!("{byte:02x}"));
    Ok(hex.take(digits / 2).collect())
}

/// `length` random letters and digits, up to 64.
pub(super) fn random_text(length: usize) -> Result<String, StartError> {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut bytes = [0; 128];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| StartError::NoRandomness)?;
    // A byte that names no letter is dropped, so that all letters are equally likely.
    let letters = bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 64)))
        .map(|letter| char::from(*letter));
    Ok(letters.take(length).collect())
}
