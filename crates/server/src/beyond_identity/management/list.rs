//! Lists of owners, a page at a time.

use specmint_store::{Owner, OwnerId};
use uuid::Uuid;

use super::error::Error;
use super::page::Query;
use crate::beyond_identity::BeyondIdentity;

/// The most that a page has, of all but realms.
pub(super) const MOST: u32 = 100;

/// Which page of a list a request asks for.
#[derive(Debug, Default)]
pub(in crate::beyond_identity) struct Asked {
    pub(in crate::beyond_identity) page_size: Option<u32>,
    pub(in crate::beyond_identity) page_token: Option<String>,
}

/// A page of owners.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) owners: Vec<Owner>,
    pub(super) total_size: u32,
    pub(super) next_page_token: Option<String>,
}

impl BeyondIdentity {
    /// The page of `owners`, oldest first, which are the list of that name below `parent`.
    pub(super) fn page(
        &self,
        list: &str,
        parent: OwnerId,
        mut owners: Vec<Owner>,
        asked: Asked,
        most: u32,
    ) -> Result<Page, Error> {
        let query = Query::of(list).with(Some(parent.as_bytes()));
        let now = self.store.now();
        let token = asked.page_token.as_deref();
        let position = self
            .page_tokens
            .position(&query, asked.page_size, token, most, now)?;
        let total_size = count(owners.len());
        if let Some(after) = position.after.map(OwnerId::from) {
            owners.retain(|owner| owner.id > after);
        }
        let size = usize::try_from(position.size).unwrap_or(usize::MAX);
        let more = owners.len() > size;
        owners.truncate(size);
        let last = owners
            .last()
            .filter(|_| more)
            .map(|last| Uuid::from(last.id));
        let next = last.map(|last| self.page_tokens.token(&query, position.size, last, now));
        Ok(Page {
            owners,
            total_size,
            next_page_token: next,
        })
    }
}

/// A number of things as a contract's `uint32`.
pub(super) fn count(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
