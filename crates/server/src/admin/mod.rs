//! Administration: all that the store keeps, looked at and looked after, for the administration API, the console and
//! the commands.

pub(crate) mod actors;
mod api;
pub(crate) mod counted;
mod deletion;
mod door;
mod error;
mod holder;
mod key;
pub(crate) mod kinds;
mod make;
mod protection;
pub mod shown;
pub(crate) mod titles;

use std::sync::Arc;

use specmint_store::{
    Event, EventFilter, EventId, Owner, OwnerCount, OwnerFilter, OwnerId, State, Store, Token,
    TokenCount, TokenFilter, TokenId,
};

use crate::beyond_identity::loose_ends::{LooseEnds, ends_its_family};

pub use api::Administration;
pub use deletion::Deletion;
pub(crate) use deletion::is_deletable;
pub(crate) use door::{Hosts, door};
pub use error::Refused;
pub use key::AdminKey;
pub(crate) use key::actor;
pub use make::{Made, Minted, NewOwner, read_owner};

/// The name under which the store keeps the administration's own keys.
pub const API: &str = "specmint";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const ADMINISTRATION: &str = "administration";
    pub(crate) const ADMIN_KEY: &str = "admin_key";
    /// One who is signed in to the console.
    pub(crate) const SESSION: &str = "session";
}

/// Looks after all that a store keeps.
#[derive(Clone, Debug)]
pub struct Admin {
    store: Store,
    public_url: Arc<str>,
}

/// What was listed, newest first, and where the next page begins, if there is one.
#[derive(Clone, Debug)]
pub struct Page<T, Id> {
    /// What was listed.
    pub items: Vec<T>,
    /// The cursor of the next page.
    pub next: Option<Id>,
}

impl Admin {
    /// On `store`, for a server that clients reach at `public_url`.
    #[must_use]
    pub fn new(store: Store, public_url: &str) -> Self {
        let public_url = public_url.trim_end_matches('/').into();
        Self { store, public_url }
    }

    /// How clients reach the server, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Owners, newest first, `limit` at most.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn owners(
        &self,
        filter: &OwnerFilter,
        limit: u32,
    ) -> Result<Page<Owner, OwnerId>, Refused> {
        let found = self.store.find_owners(filter, one_more(limit)).await?;
        Ok(page(found, limit, |owner| owner.id))
    }

    /// Tokens, newest first, `limit` at most.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tokens(
        &self,
        filter: &TokenFilter,
        limit: u32,
    ) -> Result<Page<Token, TokenId>, Refused> {
        let filter = TokenFilter {
            and_below: holder::kinds(),
            ..filter.clone()
        };
        let found = self.store.find_tokens(&filter, one_more(limit)).await?;
        let mut page = page(found, limit, |token| token.id);
        for token in &mut page.items {
            *token = holder::token(&self.store, token.clone()).await?;
        }
        Ok(page)
    }

    /// What was done, newest first, `limit` at most.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn events(
        &self,
        filter: &EventFilter,
        limit: u32,
    ) -> Result<Page<Event, EventId>, Refused> {
        let filter = EventFilter {
            and_below: holder::kinds(),
            or_actors: match &filter.search {
                Some(search) => actors::called(&self.store, search).await?,
                None => Vec::new(),
            },
            ..filter.clone()
        };
        let found = self.store.events(&filter, one_more(limit)).await?;
        let mut page = page(found, limit, |event| event.id);
        for event in &mut page.items {
            *event = holder::event(&self.store, event.clone()).await?;
        }
        Ok(page)
    }

    /// The owner of that id.
    ///
    /// # Errors
    /// [`Refused::NotFound`] if there is none.
    pub async fn owner(&self, id: OwnerId) -> Result<Arc<Owner>, Refused> {
        let owner = self.store.owner(id).await?;
        owner.ok_or(Refused::NotFound("owner"))
    }

    /// The token of that id, whatever its state.
    ///
    /// # Errors
    /// [`Refused::NotFound`] if there is none.
    pub async fn token(&self, id: TokenId) -> Result<Arc<Token>, Refused> {
        let token = self.store.token(id).await?;
        let token = token.ok_or(Refused::NotFound("token"))?;
        Ok(holder::shared_token(&self.store, token).await?)
    }

    /// How many owners and tokens there are, by API and kind.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn counts(&self) -> Result<(Vec<OwnerCount>, Vec<TokenCount>), Refused> {
        Ok((
            self.store.owner_counts().await?,
            self.store.token_counts().await?,
        ))
    }

    /// How many owners stand below one, and how many tokens those and itself have, by kind; of a person, also those that
    /// act for it.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn counts_below(
        &self,
        owner: &Owner,
    ) -> Result<(Vec<OwnerCount>, Vec<TokenCount>), Refused> {
        let (owners, mut tokens) = self.store.counts_below(owner.id).await?;
        let ends = LooseEnds::of(&self.store, owner).await?;
        tokens.extend(ends.tokens.into_iter().map(|token| TokenCount {
            api: token.api.into_owned(),
            kind: token.kind.into_owned(),
            active: 1,
            expired: 0,
            exhausted: 0,
            revoked: 0,
        }));
        Ok((owners, tokens))
    }

    /// Revokes a token, and returns it: with a refresh token, all of the same approval. One that was revoked before stays
    /// as it is.
    ///
    /// # Errors
    /// [`Refused::NotFound`] if there is none.
    pub async fn revoke(&self, id: TokenId, by: &str) -> Result<Arc<Token>, Refused> {
        let token = self.token(id).await?;
        // The sessions of a key were minted from it.
        let is_key = token.api == API && token.kind == kind::ADMIN_KEY;
        if is_key || ends_its_family(&token) {
            self.store.revoke_family(id, by).await?;
        } else {
            self.store.revoke(id, by).await?;
        }
        self.token(id).await
    }

    /// Revokes all tokens of an owner and of all below it, and those that act for it where it is a person; how many were
    /// not revoked before.
    ///
    /// # Errors
    /// [`Refused::NotFound`] if there is no such owner.
    pub async fn revoke_all(&self, owner: OwnerId, by: &str) -> Result<u64, Refused> {
        let owner = self.owner(owner).await?;
        let mut revoked = self.store.revoke_of_owner(owner.id, by).await?;
        for token in LooseEnds::of(&self.store, &owner).await?.tokens {
            revoked += u64::from(self.store.revoke(token.id, by).await?);
        }
        Ok(revoked)
    }

    /// What a token is worth now.
    #[must_use]
    pub fn state(&self, token: &Token) -> State {
        token.state(self.store.now())
    }
}

const fn one_more(limit: u32) -> u32 {
    limit.saturating_add(1)
}

fn page<T, Id>(mut items: Vec<T>, limit: u32, id: impl Fn(&T) -> Id) -> Page<T, Id> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(id);
    Page { items, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_last_where_there_is_more() {
        let full = page(vec![5, 4, 3], 2, |item| *item);
        assert_eq!((full.items, full.next), (vec![5, 4], Some(4)));
        let last = page(vec![3, 2], 2, |item| *item);
        assert_eq!((last.items, last.next), (vec![3, 2], None));
        assert_eq!(page(Vec::new(), 2, |item: &i32| *item).next, None);
    }
}
