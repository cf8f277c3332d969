//! What is kept in memory of the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    generation: AtomicU64,
}

impl Caches {
    pub(crate) fn new() -> Self {
        Self {
            tokens: Cache::new(8192),
            owners: Cache::new(2048),
            found: Cache::new(2048),
            generation: AtomicU64::new(0),
        }
    }

    /// Forgets what a transaction changed.
    pub(crate) fn forget(&self, touched: &Touched) {
        if !touched.tokens.is_empty() {
            self.tokens.forget(&touched.tokens);
        }
        if touched.owners {
            // What a token is worth depends on its owner.
            self.tokens.clear();
            self.owners.clear();
            self.found.clear();
        }
        if touched.owners || touched.secrets {
            self.generation.fetch_add(1, Ordering::Release);
        }
    }

    /// Another number whenever owners or secrets may have changed.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Forgets everything: another process changed something.
    pub(crate) fn clear(&self) {
        self.tokens.clear();
        self.owners.clear();
        self.found.clear();
        self.generation.fetch_add(1, Ordering::Release);
    }
}
