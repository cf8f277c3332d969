//! What is kept in memory of the database.

use std::sync::Arc;

use super::change::Touched;
use crate::cache::Cache;
use crate::{Owner, OwnerId, Token, TokenId};

/// Under which an owner was found: its API, kind, parent and key in a row.
pub(crate) type FoundBy = Vec<u8>;

/// The caches, exact for what this process changes.
#[derive(Debug)]
pub(crate) struct Caches {
    pub(crate) tokens: Cache<TokenId, Arc<Token>>,
    pub(crate) owners: Cache<OwnerId, Arc<Owner>>,
    pub(crate) found: Cache<FoundBy, Arc<Owner>>,
}

impl Caches {
    pub(crate) fn new() -> Self {
        Self {
            tokens: Cache::new(8192),
            owners: Cache::new(2048),
            found: Cache::new(2048),
        }
    }

    /// Forgets what a transaction changed.
    pub(crate) fn forget(&self, touched: &Touched) {
        if !touched.tokens.is_empty() {
            self.tokens.forget(&touched.tokens);
        }
        if touched.owners {
            self.owners.clear();
            self.found.clear();
        }
    }

    /// Forgets everything: another process changed something.
    pub(crate) fn clear(&self) {
        self.tokens.clear();
        self.owners.clear();
        self.found.clear();
    }
}
