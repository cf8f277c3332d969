//! What is looked for among all owners, tokens and events, newest first, a page at a time.

use chrono::{DateTime, Utc};

use crate::event::Action;
use crate::{EventId, OwnerId, State, TokenId};

/// Which tokens are wanted; what is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct TokenFilter {
    /// Of which API.
    pub api: Option<String>,
    /// Of which API not.
    pub except_api: Option<String>,
    /// Of which kinds; of all, if empty.
    pub kinds: Vec<String>,
    /// Of which owner.
    pub owner: Option<OwnerId>,
    /// With an owner: also of those of these kinds right below it, whether or not they are deleted.
    pub and_below: Vec<String>,
    /// In which state.
    pub state: Option<State>,
    /// What the name contains, in either case (of ASCII), or the id begins or ends with.
    pub search: Option<String>,
    /// Only those minted before this one.
    pub before: Option<TokenId>,
}

/// Which owners are wanted; what is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct OwnerFilter {
    /// Of which API.
    pub api: Option<String>,
    /// Of which kinds; of all, if empty.
    pub kinds: Vec<String>,
    /// Below which one.
    pub parent: Option<OwnerId>,
    /// What a key or a value of the attributes contains, in either case (of ASCII).
    pub search: Option<String>,
    /// Only those made before this one.
    pub before: Option<OwnerId>,
}

/// Which events are wanted; what is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// In which API.
    pub api: Option<String>,
    /// In which API not.
    pub except_api: Option<String>,
    /// If to tokens, then of which kinds; of all, if empty.
    pub token_kinds: Vec<String>,
    /// What was done.
    pub action: Option<Action>,
    /// To which owner or its tokens.
    pub owner: Option<OwnerId>,
    /// With an owner: also to those of these kinds right below it, and their tokens, whether or not they are deleted.
    pub and_below: Vec<String>,
    /// To which token.
    pub token: Option<TokenId>,
    /// What the actor contains, or the name of the token by which it acted, in either case (of ASCII); `_` counts as a
    /// blank.
    pub search: Option<String>,
    /// With a search: also what these actors did, whatever they contain.
    pub or_actors: Vec<String>,
    /// Only what was done then or later.
    pub since: Option<DateTime<Utc>>,
    /// Only what was done earlier.
    pub until: Option<DateTime<Utc>>,
    /// Only what was done before this.
    pub before: Option<EventId>,
}

/// How many tokens of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenCount {
    /// The API.
    pub api: String,
    /// The kind.
    pub kind: String,
    /// Those that may be used.
    pub active: u64,
    /// Those whose time is over.
    pub expired: u64,
    /// Those that were used as often as they may be.
    pub exhausted: u64,
    /// Those that were revoked.
    pub revoked: u64,
}

/// How many owners of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerCount {
    /// The API.
    pub api: String,
    /// The kind.
    pub kind: String,
    /// How many.
    pub count: u64,
}
