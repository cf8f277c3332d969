//! The five providers' token APIs on the generated traits, and the server that they share.
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use specmint_server::{Config, start};
//! use specmint_store::{Options, Store};
//!
//! let store = Store::open(Options::new("sqlite:specmint.db")).await?;
//! let server = start(Config::new("127.0.0.1:0".parse()?), store.clone()).await?;
//! println!("{}", server.url());
//! server.stop().await;
//! store.close().await;
//! # Ok(())
//! # }
//! ```

pub mod admin;
mod anchorbrowser;
mod applivery;
mod attributes;
mod beyond_identity;
mod callback;
mod config;
mod console;
pub mod demo;
mod docs;
mod error;
mod failure;
mod health;
mod hosted_page;
mod infisical;
mod listener;
mod notice;
mod page;
mod presented;
mod provider;
mod random;
mod server;
mod slug;
mod subscriber;
mod vtex;

pub use beyond_identity::{Rotation, rotate_keys};
pub use config::Config;
pub use error::StartError;
pub use provider::{Provider, UnknownProvider};
pub use server::{Server, start};
pub use specmint_runtime::{Limits, Network};
