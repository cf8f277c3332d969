//! Administration keys: split tokens that open the administration API and the console.

use std::sync::Arc;

use chrono::TimeDelta;
use specmint_store::{
    Listing, NewOwner, NewToken, Owner, OwnerId, Store, StoreError, Token, split,
};

use super::make::check_words;
use super::{API, Admin, Refused, kind};
use crate::presented;

/// What a key starts with.
const PREFIX: &str = "smadm_";

/// A key that was just made.
pub struct AdminKey {
    /// What is kept of it.
    pub token: Token,
    /// Its text, shown this once.
    pub secret: String,
}

impl Admin {
    /// Makes a key, good for as long as `lifetime` says, or until it is revoked.
    ///
    /// # Errors
    /// [`Refused::Invalid`] for a name that is blank, too long or has control characters; when the store fails.
    pub async fn create_key(
        &self,
        name: &str,
        lifetime: Option<TimeDelta>,
        by: &str,
    ) -> Result<AdminKey, Refused> {
        check_words(name)?;
        let owner = administration(&self.store).await?.id;
        let (id, secret, hash) = split::mint(PREFIX);
        let new = NewToken {
            id: Some(id),
            name: Some(name.to_owned()),
            expires_at: lifetime.and_then(|lifetime| self.store.now().checked_add_signed(lifetime)),
            minted_by: Some(by.to_owned()),
            ..NewToken::new(API, kind::ADMIN_KEY, owner, hash)
        };
        let token = self.store.mint(new).await?;
        Ok(AdminKey { token, secret })
    }

    /// The key whose text is `secret`, if it is good.
    ///
    /// # Errors
    /// [`Refused::Unauthorized`] if it is not.
    pub async fn key(&self, secret: &str) -> Result<Arc<Token>, Refused> {
        let key = presented::live(&self.store, API, kind::ADMIN_KEY, PREFIX, secret).await?;
        key.ok_or(Refused::Unauthorized)
    }

    /// All keys, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keys(&self) -> Result<Vec<Token>, Refused> {
        let owner = administration(&self.store).await?.id;
        let keys = Listing::of(&[kind::ADMIN_KEY]);
        Ok(self.store.tokens_of(owner, &keys).await?)
    }

    /// The owner of the administration's own tokens.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn administration(&self) -> Result<OwnerId, Refused> {
        Ok(administration(&self.store).await?.id)
    }
}

/// Who acts by a key, for the trail.
pub(crate) fn actor(key: &Token) -> String {
    format!("{}:{}", key.kind, key.id)
}

/// The owner of all keys, made with the first.
async fn administration(store: &Store) -> Result<Arc<Owner>, StoreError> {
    let find = || store.find_owner(API, kind::ADMINISTRATION, None, kind::ADMINISTRATION);
    if let Some(found) = find().await? {
        return Ok(found);
    }
    let new = NewOwner {
        api: API,
        kind: kind::ADMINISTRATION,
        parent: None,
        keys: vec![kind::ADMINISTRATION.to_owned()],
        attributes: serde_json::json!({ "name": "Administration" }),
        secret_hash: None,
        sealed: None,
        by: API,
    };
    match store.create_owner(new).await {
        Ok(made) => Ok(Arc::new(made)),
        // Another process was first.
        Err(taken @ StoreError::Taken { .. }) => find().await?.ok_or(taken),
        Err(error) => Err(error),
    }
}
