//! The store on SQLite: one writer, which commits for all who wait, and readers beside it.

mod caches;
pub(crate) mod change;
mod command;
mod events;
mod failure;
pub(crate) mod find;
mod gather;
mod insert;
mod location;
mod open;
pub(crate) mod read;
mod row;
mod sweep;
mod uses;
mod writer;

pub(crate) use caches::FoundBy;
pub(crate) use open::{Opened, open};
