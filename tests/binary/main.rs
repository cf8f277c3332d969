//! The real binary, as someone at a shell, an init system or a second process meets it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod administering;
mod demo;
mod generating;
mod keys;
mod lasting;
mod process;
mod refusing;
mod serving;
mod stopping;
