//! Looking through all that the store keeps, for those who administer it.

use crate::sqlite::find;
use crate::{
    Event, EventFilter, Owner, OwnerCount, OwnerFilter, OwnerId, Store, StoreResult, Token,
    TokenCount, TokenFilter,
};

impl Store {
    /// Up to `limit` tokens that the filter lets through, newest first. Reads the table from its end until it has as
    /// many; nothing of it is cached.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_tokens(&self, filter: &TokenFilter, limit: u32) -> StoreResult<Vec<Token>> {
        let now = self.now();
        self.reads(find::tokens(&self.inner.readers, filter, limit, now).await)
    }

    /// Up to `limit` owners that the filter lets through, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_owners(&self, filter: &OwnerFilter, limit: u32) -> StoreResult<Vec<Owner>> {
        self.reads(find::owners(&self.inner.readers, filter, limit).await)
    }

    /// Up to `limit` events that the filter lets through, newest first. Uses that were [noted](Self::note_use) come
    /// within a second.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn events(&self, filter: &EventFilter, limit: u32) -> StoreResult<Vec<Event>> {
        self.reads(find::events(&self.inner.readers, filter, limit).await)
    }

    /// How many tokens there are, by API and kind. Reads the whole table.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn token_counts(&self) -> StoreResult<Vec<TokenCount>> {
        let now = self.now();
        self.reads(find::token_counts(&self.inner.readers, None, now).await)
    }

    /// How many owners there are, by API and kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn owner_counts(&self) -> StoreResult<Vec<OwnerCount>> {
        self.reads(find::owner_counts(&self.inner.readers, None).await)
    }

    /// How many owners stand below one, and how many tokens those and itself have, by kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn counts_below(
        &self,
        owner: OwnerId,
    ) -> StoreResult<(Vec<OwnerCount>, Vec<TokenCount>)> {
        let (pool, now) = (&self.inner.readers, self.now());
        Ok((
            self.reads(find::owner_counts(pool, Some(&owner)).await)?,
            self.reads(find::token_counts(pool, Some(&owner), now).await)?,
        ))
    }
}
