//! Tickets of forms whose answer shows a secret: each is good once, so that to load the answer again makes nothing
//! twice. They are kept in memory; after a restart the form is shown again.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use specmint_store::TokenId;

use crate::random::{NoRandomness, random_text};

/// The name of the form's member.
pub(super) const MEMBER: &str = "ticket";

/// How many are kept; the oldest give way.
const MOST: usize = 512;

/// The tickets that were given out and not used, each with its session.
#[derive(Default)]
pub(super) struct Tickets(Mutex<VecDeque<(String, TokenId)>>);

impl Tickets {
    /// A new ticket for a form of `session`.
    pub(super) fn issue(&self, session: TokenId) -> Result<String, NoRandomness> {
        let ticket = random_text(32)?;
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() >= MOST {
            tickets.pop_front();
        }
        tickets.push_back((ticket.clone(), session));
        Ok(ticket)
    }

    /// Uses a ticket up; whether it was good.
    pub(super) fn spend(&self, ticket: &str, session: TokenId) -> bool {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = tickets
            .iter()
            .position(|(known, whose)| known == ticket && *whose == session);
        found.and_then(|index| tickets.remove(index)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_once_for_its_session() {
        let tickets = Tickets::default();
        let (ours, other) = (TokenId::new(), TokenId::new());
        let ticket = tickets.issue(ours).unwrap();
        assert!(!tickets.spend(&ticket, other));
        assert!(tickets.spend(&ticket, ours));
        assert!(!tickets.spend(&ticket, ours));
        assert!(!tickets.spend("", ours));
    }

    #[test]
    fn the_oldest_give_way() {
        let tickets = Tickets::default();
        let session = TokenId::new();
        let first = tickets.issue(session).unwrap();
        for _ in 0..MOST {
            tickets.issue(session).unwrap();
        }
        assert!(!tickets.spend(&first, session));
    }
}
