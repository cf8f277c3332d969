//! The rows of lists: owners, tokens and events as people read them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use specmint_store::{Event, EventId, Owner, OwnerId, State, Token, TokenId};

use super::Console;
use super::actor::Actor;
use super::trouble::Trouble;
use super::when::When;
use crate::admin::shown::{name_of_owner, scopes_of, state_name};
use crate::admin::titles::{kind_title, provider_title};

/// How many digits of a token's id tell it apart.
const TAIL: usize = 8;

/// How far up the parents of an owner are named.
const DEPTH: usize = 8;

/// The kinds of tokens that open something, or bring one that does.
const TOKENS: [&str; 10] = [
    "api_key",
    "identity_token",
    "access_token",
    "refresh_token",
    "service_account",
    "application_token",
    "authorization_token",
    "credentials",
    "admin_key",
    "session",
];

/// An owner in a list or a heading.
pub(super) struct OwnerRow {
    pub(super) id: OwnerId,
    pub(super) name: String,
    pub(super) provider: &'static str,
    pub(super) kind: String,
    /// Those that it stands below, the top first.
    pub(super) above: Vec<(OwnerId, String)>,
    pub(super) created: When,
    /// How many of its tokens may be used.
    pub(super) active: u64,
}

/// An owner that something else is of.
pub(super) struct OwnerName {
    pub(super) id: OwnerId,
    pub(super) name: String,
    /// Whether it was deleted, and has no page any more.
    pub(super) is_gone: bool,
}

/// A token in a list.
pub(super) struct TokenRow {
    pub(super) id: TokenId,
    /// The end of its id, by which those of the same name are told apart: ids of one minute begin alike.
    pub(super) tail: String,
    pub(super) name: Option<String>,
    pub(super) provider: &'static str,
    pub(super) kind: String,
    pub(super) owner: Option<OwnerName>,
    pub(super) state: &'static str,
    /// Whether it can be revoked.
    pub(super) is_live: bool,
    pub(super) scopes: Vec<String>,
    pub(super) created: When,
    pub(super) ends: Option<When>,
    pub(super) used: Option<When>,
}

/// Something that was done, in a list.
pub(super) struct EventRow {
    pub(super) id: EventId,
    pub(super) at: When,
    pub(super) provider: &'static str,
    pub(super) action: &'static str,
    pub(super) times: u32,
    pub(super) actor: Actor,
    /// Of what kind it was done to.
    pub(super) kind: Option<String>,
    pub(super) owner: Option<OwnerName>,
    pub(super) token: Option<(TokenId, String)>,
}

/// Makes rows of what was found.
pub(super) struct Rows<'a> {
    console: &'a Console,
    now: DateTime<Utc>,
}

impl TokenRow {
    /// Its name, or what it is and the end of its id.
    pub(super) fn called(&self) -> String {
        let unnamed = || format!("unnamed {} …{}", self.kind, self.tail);
        self.name.clone().unwrap_or_else(unnamed)
    }
}

impl<'a> Rows<'a> {
    /// As of now.
    pub(super) fn new(console: &'a Console) -> Self {
        let now = console.admin.store().now();
        Self { console, now }
    }

    /// An owner.
    pub(super) async fn owner(&self, owner: &Owner) -> Result<OwnerRow, Trouble> {
        let active = self.console.admin.active_tokens(owner, &TOKENS).await?;
        Ok(OwnerRow {
            id: owner.id,
            name: name_of_owner(owner),
            provider: provider_title(&owner.api),
            kind: kind_title(&owner.kind),
            above: self.above(owner).await?,
            created: When::new(owner.created_at, self.now),
            active,
        })
    }

    /// Owners.
    pub(super) async fn owners(&self, owners: &[Owner]) -> Result<Vec<OwnerRow>, Trouble> {
        let mut rows = Vec::with_capacity(owners.len());
        for owner in owners {
            rows.push(self.owner(owner).await?);
        }
        Ok(rows)
    }

    /// A token.
    pub(super) async fn token(&self, token: &Token) -> Result<TokenRow, Trouble> {
        let state = self.console.admin.state(token);
        let (owner, _) = self.ever(Some(token.owner)).await?.unzip();
        Ok(TokenRow {
            id: token.id,
            tail: tail(token.id),
            name: token.name.clone(),
            provider: provider_title(&token.api),
            kind: kind_title(&token.kind),
            owner,
            state: state_name(state),
            is_live: state == State::Active,
            scopes: scopes_of(token),
            created: When::new(token.created_at, self.now),
            ends: When::of(token.expires_at, self.now),
            used: When::of(token.used_at, self.now),
        })
    }

    /// Tokens.
    pub(super) async fn tokens(&self, tokens: &[Token]) -> Result<Vec<TokenRow>, Trouble> {
        let mut rows = Vec::with_capacity(tokens.len());
        for token in tokens {
            rows.push(self.token(token).await?);
        }
        Ok(rows)
    }

    /// Events.
    pub(super) async fn events(&self, events: &[Event]) -> Result<Vec<EventRow>, Trouble> {
        let mut rows = Vec::with_capacity(events.len());
        for event in events {
            rows.push(self.event(event).await?);
        }
        Ok(rows)
    }

    async fn event(&self, event: &Event) -> Result<EventRow, Trouble> {
        let store = self.console.admin.store();
        let (owner, owner_kind) = self.ever(event.owner).await?.unzip();
        let token = match event.token {
            Some(id) => store.token(id).await?,
            None => None,
        };
        let kind = match &token {
            Some(token) => Some(kind_title(&token.kind)),
            None => owner_kind.filter(|_| event.token.is_none()),
        };
        Ok(EventRow {
            id: event.id,
            at: When::new(event.at, self.now),
            provider: provider_title(&event.api),
            action: event.action.name(),
            times: event.times,
            actor: Actor::of(self.console, (&event.api, event.owner), &event.actor).await?,
            kind,
            owner,
            token: token.map(|token| {
                let name = token.name.clone();
                let unnamed = || format!("{} …{}", kind_title(&token.kind), tail(token.id));
                (token.id, name.unwrap_or_else(unnamed))
            }),
        })
    }

    /// Those that an owner stands below, the top first.
    async fn above(&self, owner: &Owner) -> Result<Vec<(OwnerId, String)>, Trouble> {
        let mut above = Vec::new();
        let mut parent = owner.parent;
        while let Some(id) = parent
            && above.len() < DEPTH
        {
            let Some(owner) = self.find(id).await? else {
                break;
            };
            above.push((id, name_of_owner(&owner)));
            parent = owner.parent;
        }
        above.reverse();
        Ok(above)
    }

    /// What an owner is called, and its kind in words, also of one that was deleted.
    async fn ever(&self, id: Option<OwnerId>) -> Result<Option<(OwnerName, String)>, Trouble> {
        let Some(id) = id else { return Ok(None) };
        let (owner, is_gone) = match self.find(id).await? {
            Some(owner) => (Some(owner), false),
            None => {
                let gone = self.console.admin.store().deleted_owner(id).await?;
                (gone.map(Arc::new), true)
            }
        };
        Ok(owner.map(|owner| {
            let name = name_of_owner(&owner);
            (OwnerName { id, name, is_gone }, kind_title(&owner.kind))
        }))
    }

    async fn find(&self, id: OwnerId) -> Result<Option<Arc<Owner>>, Trouble> {
        Ok(self.console.admin.store().owner(id).await?)
    }
}

/// The kinds of tokens that lists have: codes, tickets and what counts attempts are many, and end by themselves.
pub(super) fn listed_kinds() -> Vec<String> {
    TOKENS.map(ToOwned::to_owned).to_vec()
}

/// Whether lists have tokens of that kind.
pub(super) fn is_listed(kind: &str) -> bool {
    TOKENS.contains(&kind)
}

/// The last digits of a token's id.
fn tail(id: TokenId) -> String {
    let id = id.to_string();
    let (_, end) = id.split_at(id.len().saturating_sub(TAIL));
    end.to_owned()
}
