//! Tokens and those who own them, durably.
//!
//! A [`Store`] keeps owners (a tree of teams, tenants, applications), their tokens, and the signing keys of the APIs that
//! issue them, in one SQLite file. It knows no HTTP and no API: what an API means by a kind or an attribute is its own.
//!
//! - **What was answered is on the disk.** One writer takes all who wait, does what they ask in one transaction, commits
//!   it with `synchronous=FULL`, and only then answers. Many who ask at once share one sync of the disk.
//! - **Reads never wait for writes.** They go by connections of their own, and mostly not at all: owners and tokens are
//!   cached, exactly for what this process changes, and within a quarter of a second for what another one does.
//! - **No secret is kept.** Tokens are kept as their SHA-256 ([`Digest`]); signing keys are sealed with a key file.
//! - **Rows only append.** Ids follow time, so a token that carries its id ([`split`]) needs no other index.
//!
//! ```no_run
//! use specmint_store::{NewToken, Options, OwnerId, State, Store, split};
//!
//! # async fn example(team: OwnerId) -> Result<(), Box<dyn std::error::Error>> {
//! let store = Store::open(Options::new("sqlite:tokens.db")).await?;
//! let (id, text, hash) = split::mint("sm_");
//! let token = NewToken::new("example", "access", team, hash);
//! store.mint(NewToken { id: Some(id), ..token }).await?;
//!
//! // Later, with the text that the bearer shows.
//! if let Some((id, secret)) = split::parse("sm_", &text) {
//!     let token = store.verify(id, &secret).await?;
//!     let opens = token.is_some_and(|token| token.state(store.now()) == State::Active);
//!     assert!(opens);
//! }
//! # Ok(())
//! # }
//! ```

mod cache;
mod clock;
mod digest;
mod error;
mod event;
mod filter;
mod id;
mod key_file;
mod listing;
mod open_error;
mod options;
mod owner;
mod seal;
mod secret_bytes;
pub mod split;
mod sqlite;
mod store;
mod token;

pub use clock::Clock;
pub use digest::Digest;
pub use error::{StoreError, StoreResult};
pub use event::{Action, Event};
pub use filter::{EventFilter, OwnerCount, OwnerFilter, TokenCount, TokenFilter};
pub use id::{EventId, OwnerId, TokenId};
pub use listing::{Listing, Order};
pub use open_error::OpenError;
pub use options::Options;
pub use owner::{NewOwner, Owner, OwnerUpdate};
pub use secret_bytes::SecretBytes;
pub use split::SplitSecret;
pub use store::Store;
pub use token::{NewToken, Redemption, State, Token, TokenUpdate, Use};
