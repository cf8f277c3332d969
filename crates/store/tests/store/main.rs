//! The store on real files, as its users see it.
#![allow(missing_docs)]

mod cache;
mod durability;
mod expiry;
mod group_commit;
mod opening;
mod owners;
mod permissions;
mod place;
mod redeem;
mod revoke;
mod secrets;
mod sweep;
mod uses;
