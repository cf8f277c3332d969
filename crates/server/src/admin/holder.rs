//! Who holds an owner's tokens, where that is not the owner itself.
//!
//! A machine identity of Infisical holds its tokens by its Token Auth, which stands below it in the store, so that they end
//! with either. People look for them at the identity, and so it is the identity that they are shown of.

use std::sync::Arc;

use specmint_store::{Action, Event, Owner, OwnerId, Store, StoreResult, Token};

use super::Admin;
use crate::infisical::{API, kind};

/// The kinds that hold the tokens of what they stand below.
pub(super) fn kinds() -> Vec<String> {
    vec![kind::TOKEN_AUTH.to_owned()]
}

impl Admin {
    /// How many tokens of an owner may be used, of these kinds.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn active_tokens(&self, owner: &Owner, of: &[&str]) -> StoreResult<u64> {
        let mut active = 0;
        for holder in holders(&self.store, owner).await? {
            active += self.store.count_tokens_of(holder, of, true).await?;
        }
        Ok(active)
    }
}

/// All that hold tokens of `owner`: itself, and what holds them for it.
pub(super) async fn holders(store: &Store, owner: &Owner) -> StoreResult<Vec<OwnerId>> {
    let mut holders = vec![owner.id];
    if (owner.api.as_str(), owner.kind.as_str()) == (API, kind::IDENTITY) {
        let below = store.owners(API, kind::TOKEN_AUTH, Some(owner.id)).await?;
        holders.extend(below.into_iter().map(|holder| holder.id));
    }
    Ok(holders)
}

/// The token as one of whom it is held for.
pub(super) async fn token(store: &Store, mut token: Token) -> StoreResult<Token> {
    if token.api == API {
        token.owner = held_for(store, token.owner).await?;
    }
    Ok(token)
}

/// As [`token`], without a copy of what is held by its owner itself.
pub(super) async fn shared_token(store: &Store, shared: Arc<Token>) -> StoreResult<Arc<Token>> {
    if shared.api == API {
        return Ok(Arc::new(token(store, Token::clone(&shared)).await?));
    }
    Ok(shared)
}

/// What was done to tokens, as done to those of whom they are held for.
pub(super) async fn event(store: &Store, mut event: Event) -> StoreResult<Event> {
    let is_of_tokens = matches!(
        event.action,
        Action::Minted | Action::Used | Action::Revoked
    );
    if event.api == API
        && (is_of_tokens || event.token.is_some())
        && let Some(owner) = event.owner
    {
        event.owner = Some(held_for(store, owner).await?);
    }
    Ok(event)
}

/// For whom `holder` holds tokens; itself, where that is nobody else, or where it is deleted.
async fn held_for(store: &Store, holder: OwnerId) -> StoreResult<OwnerId> {
    let found = store.owner(holder).await?;
    let found = found.filter(|owner| owner.kind == kind::TOKEN_AUTH);
    Ok(found.and_then(|owner| owner.parent).unwrap_or(holder))
}
