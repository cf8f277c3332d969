//! Tokens and those who own them, durably.

mod cache;
mod clock;
mod digest;
mod error;
mod id;
mod key_file;
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
pub use id::{OwnerId, TokenId};
pub use open_error::OpenError;
pub use options::Options;
pub use owner::{NewOwner, Owner, OwnerUpdate};
pub use secret_bytes::SecretBytes;
pub use split::SplitSecret;
pub use store::Store;
pub use token::{NewToken, Redemption, State, Token, Use};
