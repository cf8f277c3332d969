//! What was just done, told on the page that comes after it. The server keeps the words and the address has only a ticket
//! for them, so that no link can claim what did not happen. They are kept in memory; after a restart nothing is told.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use specmint_store::TokenId;

use crate::random::{NoRandomness, random_text};

/// The name of the address's member.
pub(super) const MEMBER: &str = "done";

/// How many are kept; the oldest give way.
const MOST: usize = 512;

/// Something that was done in a session.
struct Notice {
    ticket: String,
    session: TokenId,
    said: String,
}

/// What was done lately.
#[derive(Default)]
pub(super) struct Notices(Mutex<VecDeque<Notice>>);

impl Notices {
    /// Keeps what is to be told to `session`: the ticket for it.
    pub(super) fn leave(&self, session: TokenId, said: String) -> Result<String, NoRandomness> {
        let ticket = random_text(12)?;
        let mut notices = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if notices.len() >= MOST {
            notices.pop_front();
        }
        notices.push_back(Notice {
            ticket: ticket.clone(),
            session,
            said,
        });
        Ok(ticket)
    }

    /// What `ticket` stands for, if that was done in `session`; again, when the page is loaded again.
    pub(super) fn find(&self, ticket: &str, session: TokenId) -> Option<String> {
        let notices = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut notices = notices.iter();
        let found = notices.find(|notice| notice.ticket == ticket && notice.session == session);
        found.map(|notice| notice.said.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_told_what_it_did() {
        let notices = Notices::default();
        let (ours, other) = (TokenId::new(), TokenId::new());
        let ticket = notices.leave(ours, "It is done.".to_owned()).unwrap();
        assert_eq!(notices.find(&ticket, ours).as_deref(), Some("It is done."));
        assert_eq!(notices.find(&ticket, other), None);
        assert_eq!(notices.find("revoked", ours), None);
    }

    #[test]
    fn the_oldest_give_way() {
        let notices = Notices::default();
        let session = TokenId::new();
        let first = notices.leave(session, String::new()).unwrap();
        for _ in 0..MOST {
            notices.leave(session, String::new()).unwrap();
        }
        assert_eq!(notices.find(&first, session), None);
    }
}
