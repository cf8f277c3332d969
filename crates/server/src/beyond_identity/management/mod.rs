//! The management API: tenants and realms, applications, their tokens, and resource servers.
//!
//! It has errors of its own ([`error`]), and is open to the bearers of access tokens for it, each as far as the token's
//! scopes and its application's place [`reach`].

mod applications;
pub(super) mod error;
mod list;
mod operations;
mod page;
mod protocol_config;
mod reach;
mod realms;
mod redirect_uri;
mod resource_servers;
mod tokens;

pub(super) use list::Asked;
pub(super) use operations::operations;
pub(super) use page::PageTokens;
