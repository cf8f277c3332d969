//! What the store does with tokens.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::clock::whole_millis;
use crate::sqlite::change::{
    EditToken, Redeem, ReturnUse, Revoke, RevokeFamily, RevokeOfOwner, UseToken,
};
use crate::sqlite::read;
use crate::{
    Digest, Listing, NewToken, OwnerId, Redemption, Store, StoreResult, Token, TokenId,
    TokenUpdate, Use,
};

impl Store {
    /// Mints a token; durable when it returns.
    ///
    /// # Errors
    /// [`Missing`](crate::StoreError::Missing) when its owner does not exist; [`Taken`](crate::StoreError::Taken) when its
    /// name is, or when it is to be found by a hash that another token of its API and kind has.
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
    pub async fn use_token(&self, id: TokenId, by: &str) -> StoreResult<Use> {
        let (by, now) = (by.to_owned(), self.now());
        self.inner.asker.change(UseToken { id, by, now }).await
    }

    /// Takes back one use that [`use_token`](Self::use_token) counted; durable when it returns. `false` if there is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn return_use(&self, id: TokenId, by: &str) -> StoreResult<bool> {
        let (by, now) = (by.to_owned(), self.now());
        self.inner.asker.change(ReturnUse { id, by, now }).await
    }

    /// Notes one use of a token for the trail, and when it was last used. It is kept within a second, so that nobody
    /// waits: the uses of the last second are what a crash may lose.
    pub fn note_use(&self, token: &Token) {
        self.inner.uses.note(token, false, self.now());
    }

    /// As [`note_use`](Self::note_use), and adds the use to the token's [`uses`](Token::uses): of a token without a limit,
    /// so that nothing hangs on the number.
    pub fn tally_use(&self, token: &Token) {
        self.inner.uses.note(token, true, self.now());
    }

    /// Uses up the code `id` and mints `tokens` from it, all or nothing. A code works once: asked again, its whole
    /// [family](Self::revoke_family) is revoked (RFC 6749, section 4.1.2; RFC 9700, section 4.14.2). The new tokens'
    /// parent is the code, whatever they say.
    ///
    /// # Errors
    /// As of [`mint`](Self::mint); the code is then unused.
    pub async fn redeem(
        &self,
        id: TokenId,
        by: &str,
        tokens: Vec<NewToken>,
    ) -> StoreResult<Redemption> {
        let tokens = tokens.into_iter().map(|token| Token {
            parent: Some(id),
            ..self.token_of(token)
        });
        let redeem = Redeem {
            id,
            tokens: tokens.collect(),
            by: by.to_owned(),
            now: self.now(),
        };
        self.inner.asker.change(redeem).await
    }

    /// Looks at a token and changes of it what the look decides, with nothing between; durable when it returns. `None`
    /// if there is no such token; what the look refuses is returned, and nothing changed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn edit_token<E: Send + 'static>(
        &self,
        id: TokenId,
        by: &str,
        decide: impl Fn(&Token) -> Result<TokenUpdate, E> + Send + Sync + 'static,
    ) -> StoreResult<Option<Result<Token, E>>> {
        let edit = EditToken {
            id,
            decide,
            by: by.to_owned(),
            now: self.now(),
        };
        self.inner.asker.change(edit).await
    }

    /// Revokes a token; durable when it returns. `false` if there is none or it was revoked before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke(&self, id: TokenId, by: &str) -> StoreResult<bool> {
        let (by, now) = (by.to_owned(), self.now());
        self.inner.asker.change(Revoke { id, by, now }).await
    }

    /// Revokes a token, what it was minted from, and all that was minted from those; durable when it returns. How many
    /// were revoked.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke_family(&self, member: TokenId, by: &str) -> StoreResult<u64> {
        let (by, now) = (by.to_owned(), self.now());
        let family = RevokeFamily { member, by, now };
        self.inner.asker.change(family).await
    }

    /// Revokes all tokens of an owner and of all below it that were minted before the call, a stretch at a time, so that
    /// nobody is held up; durable when it returns. How many were not revoked before.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn revoke_of_owner(&self, owner: OwnerId, by: &str) -> StoreResult<u64> {
        let last = self.reads(read::last_token(&self.inner.readers).await)?;
        let Some(until) = last else { return Ok(0) };
        let now = self.now();
        let mut revoked = 0;
        loop {
            let revoke = RevokeOfOwner {
                owner,
                until,
                most: read::STRETCH,
                by: by.to_owned(),
                now,
            };
            let stretch = self.inner.asker.change(revoke).await?;
            revoked += u64::from(stretch);
            if stretch < read::STRETCH {
                return Ok(revoked);
            }
        }
    }

    /// The tokens of an owner that `listing` asks for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tokens_of(
        &self,
        owner: OwnerId,
        listing: &Listing<'_>,
    ) -> StoreResult<Vec<Token>> {
        let now = self.now();
        self.reads(read::tokens_of(&self.inner.readers, owner, listing, now).await)
    }

    /// How many tokens of those kinds an owner has; of those that may be used now, if `live_only`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn count_tokens_of(
        &self,
        owner: OwnerId,
        kinds: &[&str],
        live_only: bool,
    ) -> StoreResult<u64> {
        let now = self.now();
        self.reads(read::count_tokens_of(&self.inner.readers, owner, kinds, live_only, now).await)
    }

    /// When the last token of one API and kind that is not revoked ends; `None` if none of them has an end. Reads through
    /// the whole table.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_end(&self, api: &str, kind: &str) -> StoreResult<Option<DateTime<Utc>>> {
        self.reads(read::last_end(&self.inner.readers, api, kind).await)
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
        let now = self.now();
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
            created_at: now,
            updated_at: now,
            expires_at: token.expires_at.map(whole_millis),
            uses: 0,
            uses_limit: token.uses_limit,
            used_at: None,
            revoked_at: None,
            minted_by: token.minted_by,
        }
    }
}
