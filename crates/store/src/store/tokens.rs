//! What the store does with tokens.

use std::sync::Arc;

use crate::{Digest, NewToken, OwnerId, Redemption, Store, StoreResult, Token, TokenId, Use};

impl Store {
    /// Mints a token; durable when it returns.
    ///
    /// # Errors
    /// [`Conflict`](crate::StoreError::Conflict) when its owner does not exist, its name is taken, or it is to be
    /// found by a hash that another token of its API and kind has.
    pub async fn mint(&self, _token: NewToken) -> StoreResult<Token> {
        todo!()
    }

    /// The token of that name, whatever its [`state`](Token::state).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn token(&self, _id: TokenId) -> StoreResult<Option<Arc<Token>>> {
        todo!()
    }

    /// The token of that name if `secret` is its secret, compared in constant time; whatever its
    /// [`state`](Token::state), which the caller judges.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify(
        &self,
        _id: TokenId,
        _secret: impl AsRef<[u8]>,
    ) -> StoreResult<Option<Arc<Token>>> {
        todo!()
    }

    /// The token with that hash among those of one API and kind that were minted `indexed`, whatever its state.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_token_by_hash(
        &self,
        _api: &str,
        _kind: &str,
        _hash: &Digest,
    ) -> StoreResult<Option<Token>> {
        todo!()
    }

    /// Counts one use of a token, unless it may not be used; durable when it returns, and exact however many ask
    /// at once.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn use_token(&self, _id: TokenId) -> StoreResult<Use> {
        todo!()
    }

    /// Uses up the code `id` and mints `token` from it, both or neither. A code works once: asked again, all that
    /// was minted from it is revoked (RFC 6749, section 4.1.2). The new token's parent is the code, whatever
    /// `token.parent` says.
    ///
    /// # Errors
    /// As of [`mint`](Self::mint); the code is then unused.
    pub async fn redeem(&self, _id: TokenId, _token: NewToken) -> StoreResult<Redemption> {
        todo!()
    }

    /// Revokes a token; durable when it returns. `false` if there is none or it was revoked before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke(&self, _id: TokenId) -> StoreResult<bool> {
        todo!()
    }

    /// Revokes all that was minted from a token, but not that one; durable when it returns. How many were revoked.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke_children(&self, _parent: TokenId) -> StoreResult<u64> {
        todo!()
    }

    /// Revokes all tokens of an owner that were minted before the call; durable when it returns. How many were
    /// revoked. Reads the whole table, beside the writer.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn revoke_of_owner(&self, _owner: OwnerId) -> StoreResult<u64> {
        todo!()
    }

    /// The tokens of one owner and kind, oldest first, from the `offset`th. Reads through the table, which has no
    /// index by owner.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tokens_of(
        &self,
        _owner: OwnerId,
        _kind: &str,
        _offset: u32,
        _limit: u32,
    ) -> StoreResult<Vec<Token>> {
        todo!()
    }

    /// Deletes what ended longer ago than the retention of [`Options`](crate::Options), a little at a time, as the
    /// background task does every so often. How many rows were deleted.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn sweep(&self) -> StoreResult<u64> {
        todo!()
    }
}
