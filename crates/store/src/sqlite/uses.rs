//! Uses of tokens that nothing counts: noted in memory, and kept once a second for all.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::change::NoteUses;
use super::command::{Asker, WeakAsker};
use crate::{EventId, OwnerId, StoreError, StoreResult, Token, TokenId};

/// How long a use may wait until it is kept: what a crash may lose of the trail.
const BETWEEN: Duration = Duration::from_secs(1);

/// The uses of one token since they were last kept.
#[derive(Clone, Debug)]
pub(crate) struct Noted {
    /// Of the event of the last of them, so that this comes after what was done before it.
    pub(crate) id: EventId,
    pub(crate) token: TokenId,
    pub(crate) owner: OwnerId,
    pub(crate) api: Cow<'static, str>,
    pub(crate) actor: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) times: u32,
    /// How many of them are added to the token's uses.
    pub(crate) counted: u32,
}

/// What was noted and is not kept yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses(Arc<Mutex<HashMap<TokenId, Noted>>>);

impl Uses {
    /// Notes one use of `token`, to be added to its uses if `counted`.
    pub(crate) fn note(&self, token: &Token, counted: bool, now: DateTime<Utc>) {
        let id = EventId::new();
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let noted = noted.entry(token.id).or_insert_with(|| Noted {
            id,
            token: token.id,
            owner: token.owner,
            api: token.api.clone(),
            actor: format!("{}:{}", token.kind, token.id),
            at: now,
            times: 0,
            counted: 0,
        });
        noted.id = id;
        noted.at = now;
        noted.times = noted.times.saturating_add(1);
        noted.counted = noted.counted.saturating_add(u32::from(counted));
    }

    /// Keeps what was noted until now.
    pub(crate) async fn keep(&self, asker: &Asker) -> StoreResult<()> {
        let noted = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if noted.is_empty() {
            return Ok(());
        }
        let noted = noted.into_values().collect();
        asker.change(NoteUses { noted }).await
    }

    /// Keeps what was noted, every second, until the store is closed.
    pub(crate) async fn run(self, asker: WeakAsker) {
        loop {
            tokio::time::sleep(BETWEEN).await;
            let Some(asker) = asker.upgrade() else { return };
            match self.keep(&asker).await {
                Ok(()) => {}
                Err(StoreError::Closed) => return,
                Err(error) => tracing::warn!(%error, "uses of tokens were not kept"),
            }
        }
    }
}
