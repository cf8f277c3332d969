//! The trail: who did what, and when.

use chrono::{DateTime, Utc};

use crate::{EventId, OwnerId, TokenId};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// An owner or a signing key was made.
    Created,
    /// An owner or a token was changed.
    Updated,
    /// An owner or a signing key was deleted.
    Deleted,
    /// A token was minted.
    Minted,
    /// A token was used.
    Used,
    /// Tokens were revoked.
    Revoked,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Created,
        Self::Updated,
        Self::Deleted,
        Self::Minted,
        Self::Used,
        Self::Revoked,
    ];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Minted => "minted",
            Self::Used => "used",
            Self::Revoked => "revoked",
        }
    }

    /// What the word is for.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}

/// One thing that was done. It names rows and never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its name, later in order than those of what was done before.
    pub id: EventId,
    /// When it was done; of several in a row, the last.
    pub at: DateTime<Utc>,
    /// The API in which it was done.
    pub api: String,
    /// What was done.
    pub action: Action,
    /// Who did it, as `kind:name`.
    pub actor: String,
    /// To which owner, or to a token of which owner.
    pub owner: Option<OwnerId>,
    /// To which token.
    pub token: Option<TokenId>,
    /// How often it was done in a row, or to how many tokens.
    pub times: u32,
}
