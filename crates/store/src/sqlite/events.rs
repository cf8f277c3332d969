//! Keeping the trail.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::event::Action;
use crate::{EventId, OwnerId, TokenId};

/// What is about to be kept of something that is done in the same transaction.
pub(crate) struct Trace<'a> {
    pub(crate) id: EventId,
    pub(crate) at: DateTime<Utc>,
    pub(crate) api: &'a str,
    pub(crate) action: Action,
    pub(crate) actor: &'a str,
    pub(crate) owner: Option<OwnerId>,
    pub(crate) token: Option<TokenId>,
    pub(crate) times: u32,
}

impl<'a> Trace<'a> {
    /// Of what was done once, to nothing in particular yet.
    pub(crate) fn new(api: &'a str, action: Action, actor: &'a str, at: DateTime<Utc>) -> Self {
        Self {
            id: EventId::new(),
            at,
            api,
            action,
            actor,
            owner: None,
            token: None,
            times: 1,
        }
    }

    /// Keeps it.
    pub(crate) async fn keep(&self, db: &mut SqliteConnection) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO events (id, at, api, action, actor, owner, token, times) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.id.as_bytes().as_slice())
        .bind(self.at.timestamp_millis())
        .bind(self.api)
        .bind(self.action.name())
        .bind(self.actor)
        .bind(self.owner.as_ref().map(|id| id.as_bytes().as_slice()))
        .bind(self.token.as_ref().map(|id| id.as_bytes().as_slice()))
        .bind(self.times)
        .execute(db)
        .await
        .map(drop)
    }
}
