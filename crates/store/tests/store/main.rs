//! The store on real files, as its users see it.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests say what they expect, and stop where it is not so"
)]

mod cache;
mod durability;
mod expiry;
mod group_commit;
mod lifecycles;
mod opening;
mod owners;
mod permissions;
mod place;
mod redeem;
mod revoke;
mod secrets;
mod sweep;
mod trail;
mod uses;
