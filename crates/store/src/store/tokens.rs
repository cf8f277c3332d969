//! What the store does with tokens.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::whole_millis;
use crate::sqlite::change::{Redeem, Revoke, RevokeChildren, RevokeOfOwner, UseToken};
use crate::sqlite::read;
use crate::{Digest, NewToken, OwnerId, Redemption, Store, StoreResult, Token, TokenId, Use};

impl Store {
    /// Mints a token; durable when it returns.
    ///
    /// # Errors
    /// [`Conflict`](crate::StoreError::Conflict) when its owner does not exist, its name is taken, or it is to be
    /// found by a hash that another token of its API and kind has.
    pub async fn mint(&self, token: NewToken) -> StoreResult<Token> {
        self.inner.asker.mint(self.token_of(token)).await
    }

    /// The token of that name, whatever its [`state`](Token::state).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn token(&self, id: TokenId) -> StoreResult<Option<Arc<Token>>> {
        let cache = &self.inner.caches.tokens;
        let epoch = match cache.get(&id) {
            Ok(token) => return Ok(Some(token)),
            Err(epoch) => epoch,
        };
        let token = self.reads(read::token(&self.inner.readers, id).await)?;
        let token = token.map(Arc::new);
        // Counted uses change too often to be worth keeping.
        if let Some(token) = token.as_ref().filter(|token| token.uses_limit.is_none()) {
            cache.put(epoch, id, Arc::clone(token));
        }
        Ok(token)
    }

    /// The token of that name if `secret` is its secret, compared in constant time; whatever its
    /// [`state`](Token::state), which the caller judges.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify(
        &self,
        id: TokenId,
        secret: impl AsRef<[u8]>,
    ) -> StoreResult<Option<Arc<Token>>> {
        let token = self.token(id).await?;
        Ok(token.filter(|token| token.hash.verify(secret)))
    }

    /// The token with that hash among those of one API and kind that were minted `indexed`, whatever its state.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_token_by_hash(
        &self,
        api: &str,
        kind: &str,
        hash: &Digest,
    ) -> StoreResult<Option<Token>> {
        self.reads(read::token_by_hash(&self.inner.readers, api, kind, hash).await)
    }

    /// Counts one use of a token, unless it may not be used; durable when it returns, and exact however many ask
    /// at once.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn use_token(&self, id: TokenId) -> StoreResult<Use> {
        let now = self.now();
        self.inner.asker.change(UseToken { id, now }).await
    }

    /// Uses up the code `id` and mints `token` from it, both or neither. A code works once: asked again, all that
    /// was minted from it is revoked (RFC 6749, section 4.1.2). The new token's parent is the code, whatever
    /// `token.parent` says.
    ///
    /// # Errors
    /// As of [`mint`](Self::mint); the code is then unused.
    pub async fn redeem(&self, id: TokenId, token: NewToken) -> StoreResult<Redemption> {
        let mut token = self.token_of(token);
        token.parent = Some(id);
        let now = self.now();
        self.inner.asker.change(Redeem { id, token, now }).await
    }

    /// Revokes a token; durable when it returns. `false` if there is none or it was revoked before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke(&self, id: TokenId) -> StoreResult<bool> {
        let now = self.now();
        self.inner.asker.change(Revoke { id, now }).await
    }

    /// Revokes all that was minted from a token, but not that one; durable when it returns. How many were revoked.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke_children(&self, parent: TokenId) -> StoreResult<u64> {
        let now = self.now();
        self.inner
            .asker
            .change(RevokeChildren { parent, now })
            .await
    }

    /// Revokes all tokens of an owner that were minted before the call; durable when it returns. How many were
    /// revoked. Reads the whole table, beside the writer.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn revoke_of_owner(&self, owner: OwnerId) -> StoreResult<u64> {
        let readers = &self.inner.readers;
        let now = self.now();
        let last = self.reads(read::last_token(readers).await)?;
        let mut after = read::before_all();
        let mut revoked = 0;
        while last.is_some_and(|last| after < last) {
            let stretch = read::owned_after(readers, after, owner).await;
            let Some(stretch) = self.reads(stretch)? else {
                break;
            };
            let until = stretch.until;
            if stretch.matching > 0 {
                let revoke = RevokeOfOwner {
                    owner,
                    after,
                    until,
                    now,
                };
                revoked += self.inner.asker.change(revoke).await?;
            }
            after = until;
        }
        Ok(revoked)
    }

    /// The tokens of one owner and kind, oldest first, from the `offset`th. Reads through the table, which has no
    /// index by owner.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tokens_of(
        &self,
        owner: OwnerId,
        kind: &str,
        offset: u32,
        limit: u32,
    ) -> StoreResult<Vec<Token>> {
        self.reads(read::tokens_of(&self.inner.readers, owner, kind, offset, limit).await)
    }

    /// Deletes what ended longer ago than the retention of [`Options`](crate::Options), a little at a time, as the
    /// background task does every so often. How many rows were deleted.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn sweep(&self) -> StoreResult<u64> {
        self.inner
            .sweeper
            .sweep(&self.inner.asker, Duration::ZERO)
            .await
    }

    /// The token as it is kept from now on.
    fn token_of(&self, token: NewToken) -> Token {
        Token {
            id: token.id.unwrap_or_else(TokenId::new),
            api: Cow::Borrowed(token.api),
            kind: Cow::Borrowed(token.kind),
            owner: token.owner,
            parent: token.parent,
            hash: token.hash,
            indexed: token.indexed,
            name: token.name,
            scopes: token.scopes,
            attributes: token.attributes,
            created_at: self.now(),
            expires_at: token.expires_at.map(whole_millis),
            uses: 0,
            uses_limit: token.uses_limit,
            used_at: None,
            revoked_at: None,
        }
    }
}
