//! Tokens: one table for all APIs and kinds.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::{Digest, OwnerId, TokenId};

/// What [`Store::mint`](crate::Store::mint) makes a token of.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Its name, if its text was made before its row, as [`split::mint`](crate::split::mint) does; else a new one.
    pub id: Option<TokenId>,
    /// Which API it belongs to.
    pub api: &'static str,
    /// What it is there: an access token, an authorization code.
    pub kind: &'static str,
    /// Who owns it.
    pub owner: OwnerId,
    /// The token that it was minted from, with which it is revoked.
    pub parent: Option<TokenId>,
    /// The digest of its secret.
    pub hash: Digest,
    /// Whether it must be found by its hash alone, because a contract forces a text that carries no name.
    pub indexed: bool,
    /// What its owner calls it.
    pub name: Option<String>,
    /// What it allows, as its API writes it.
    pub scopes: Option<String>,
    /// Whatever else its API keeps of it. Not a place for secrets.
    pub attributes: Option<String>,
    /// When it ends, cut to milliseconds; never, if `None`.
    pub expires_at: Option<DateTime<Utc>>,
    /// How often it may be used; without end, if `None`.
    pub uses_limit: Option<u32>,
    /// Who mints it, for the trail.
    pub minted_by: Option<String>,
}

impl NewToken {
    /// A token with only what every token has: no end, no limit, no parent, a new name, not found by its hash.
    #[must_use]
    pub const fn new(api: &'static str, kind: &'static str, owner: OwnerId, hash: Digest) -> Self {
        Self {
            id: None,
            api,
            kind,
            owner,
            parent: None,
            hash,
            indexed: false,
            name: None,
            scopes: None,
            attributes: None,
            expires_at: None,
            uses_limit: None,
            minted_by: None,
        }
    }
}

/// A token as it is kept. All times are in whole milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its name.
    pub id: TokenId,
    /// Which API it belongs to.
    pub api: Cow<'static, str>,
    /// What it is there.
    pub kind: Cow<'static, str>,
    /// Who owns it.
    pub owner: OwnerId,
    /// The token that it was minted from.
    pub parent: Option<TokenId>,
    /// The digest of its secret.
    pub hash: Digest,
    /// Whether it is found by its hash alone.
    pub indexed: bool,
    /// What its owner calls it.
    pub name: Option<String>,
    /// What it allows.
    pub scopes: Option<String>,
    /// Whatever else its API keeps of it.
    pub attributes: Option<String>,
    /// When it was minted.
    pub created_at: DateTime<Utc>,
    /// When it ends: from this moment on it is expired.
    pub expires_at: Option<DateTime<Utc>>,
    /// How often it was used, as far as uses are counted or [tallied](crate::Store::tally_use).
    pub uses: u32,
    /// How often it may be used.
    pub uses_limit: Option<u32>,
    /// When it was last used, as far as uses are counted or [noted](crate::Store::note_use).
    pub used_at: Option<DateTime<Utc>>,
    /// When it was revoked, or its owner deleted.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When its row was last changed: edited, renewed, counted, revoked; when it was minted, if never.
    pub updated_at: DateTime<Utc>,
    /// Who minted it.
    pub minted_by: Option<String>,
}

/// What [`Store::edit_token`](crate::Store::edit_token) changes; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct TokenUpdate {
    /// What its owner calls it from now on.
    pub name: Option<Option<String>>,
    /// When it ends from now on.
    pub expires_at: Option<Option<DateTime<Utc>>>,
    /// The new attributes, in place of all the old ones.
    pub attributes: Option<Option<String>>,
}

/// What a token is worth at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It may be used.
    Active,
    /// Its time is over.
    Expired,
    /// It was used as often as it may be.
    Exhausted,
    /// It was revoked.
    Revoked,
}

impl Token {
    /// What the token is worth at `now`. Revoked outweighs expired, and that outweighs exhausted.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> State {
        if self.revoked_at.is_some() {
            State::Revoked
        } else if self.expires_at.is_some_and(|end| end <= now) {
            State::Expired
        } else if self.uses_limit.is_some_and(|limit| limit <= self.uses) {
            State::Exhausted
        } else {
            State::Active
        }
    }
}

/// What came of [`Store::use_token`](crate::Store::use_token).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It was counted: this was the use of that number, from 1.
    Used(u32),
    /// The token was used as often as it may be.
    Exhausted,
    /// The token was revoked.
    Revoked,
    /// The token's time is over.
    Expired,
    /// There is no such token.
    Unknown,
}

/// What came of [`Store::redeem`](crate::Store::redeem).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redemption {
    /// The code was marked used, and these were minted from it.
    Redeemed(Vec<Token>),
    /// The code had been used before: its whole family is now revoked.
    Replayed,
    /// The code's time is over.
    Expired,
    /// The code was revoked.
    Revoked,
    /// There is no such code.
    Unknown,
}
