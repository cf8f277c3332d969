//! A server in the shape that codegen emits, on a real socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod bodies;
mod example;
mod faults;
mod http;
mod identity;
mod log;
mod parameters;
mod routing;
mod rules;
mod security;
mod uploads;
