//! Which tokens of an owner are wanted, and in which order.

use crate::TokenId;

/// What [`Store::tokens_of`](crate::Store::tokens_of) lists.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'a> {
    /// Of which kinds.
    pub kinds: &'a [&'a str],
    /// Whether only those that may be used now.
    pub live_only: bool,
    /// In which order.
    pub order: Order,
    /// Only those minted after this one.
    pub after: Option<TokenId>,
    /// How many to leave out first.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// An order of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Those that were minted first come first.
    Oldest,
    /// Those that were changed last come first.
    LastChanged,
}

impl<'a> Listing<'a> {
    /// All of these kinds, oldest first.
    #[must_use]
    pub const fn of(kinds: &'a [&'a str]) -> Self {
        Self {
            kinds,
            live_only: false,
            order: Order::Oldest,
            after: None,
            offset: 0,
            limit: u32::MAX,
        }
    }
}
