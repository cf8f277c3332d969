//! What can be said after `specmint admin`.

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use specmint_store::{EventId, OwnerId, TokenId};

use super::moment;
use crate::args::StoreArgs;

const PROVIDERS: [&str; 6] = [
    "anchorbrowser",
    "infisical",
    "applivery",
    "beyond-identity",
    "vtex",
    "specmint",
];

// The store may be named before the command or after it.
#[derive(Debug, Args)]
#[command(mut_arg("database", |arg| arg.global(true)), mut_arg("key_file", |arg| arg.global(true)))]
pub(crate) struct AdminArgs {
    #[command(subcommand)]
    pub(crate) command: AdminCommand,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Print JSON as the administration API does, instead of a table
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Make a key for the administration API and the console, and print it this once
    Key {
        /// What to call it
        #[arg(long, default_value = "admin")]
        name: String,

        /// For how many days it is good [default: until it is revoked]
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=36_500))]
        days: Option<u32>,
    },
    /// Count owners and tokens
    Counts,
    /// List those who own tokens: tenants, teams, organizations and what stands below them
    Owners(OwnersArgs),
    /// Make an owner
    Create(CreateArgs),
    /// Delete an owner and all below it; their tokens count as revoked
    Delete {
        /// The owner's id
        owner: OwnerId,

        /// Delete also what the provider's own API would refuse to delete
        #[arg(long)]
        force: bool,
    },
    /// List tokens
    Tokens(TokensArgs),
    /// Make the token by which an owner calls its provider's API, and print it this once
    Mint(MintArgs),
    /// Revoke a token, or all tokens of an owner
    Revoke(RevokeArgs),
    /// List what was done, by whom and when
    Events(EventsArgs),
}

#[derive(Debug, Args)]
pub(crate) struct OwnersArgs {
    /// Only those of this provider
    #[arg(long, value_parser = PROVIDERS)]
    pub(crate) provider: Option<String>,

    /// Only those of this kind
    #[arg(long)]
    pub(crate) kind: Option<String>,

    /// Only those right below this owner
    #[arg(long, value_name = "ID")]
    pub(crate) parent: Option<OwnerId>,

    /// Only those with a name, an id or another value that contains this
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,

    /// Only those made before this one
    #[arg(long, value_name = "ID")]
    pub(crate) cursor: Option<OwnerId>,

    #[command(flatten)]
    pub(crate) limit: LimitArgs,
}

#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// How many at most
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    /// Of which provider
    #[arg(value_parser = PROVIDERS)]
    pub(crate) provider: String,

    /// Of which kind, such as team, organization, tenant, realm, application, identity
    pub(crate) kind: String,

    /// What people call it
    #[arg(long)]
    pub(crate) name: String,

    /// The owner that it is to stand below, where its kind does
    #[arg(long, value_name = "ID")]
    pub(crate) parent: Option<OwnerId>,

    /// Another name, for paths or for people to know it by, where the provider has such [default: made of the name]
    #[arg(long)]
    pub(crate) slug: Option<String>,

    /// What an identity of Infisical may do [default: no-access]
    #[arg(long, value_parser = ["admin", "member", "no-access"])]
    pub(crate) role: Option<String>,

    /// Where an application of AnchorBrowser is: a web address, or a host
    #[arg(long)]
    pub(crate) source: Option<String>,

    /// What an identity of Beyond Identity signs in as [default: its name]
    #[arg(long)]
    pub(crate) username: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct TokensArgs {
    /// Only those of this provider; specmint for administration keys
    #[arg(long, value_parser = PROVIDERS)]
    pub(crate) provider: Option<String>,

    /// Only those of this kind
    #[arg(long)]
    pub(crate) kind: Option<String>,

    /// Only those of this owner
    #[arg(long, value_name = "ID")]
    pub(crate) owner: Option<OwnerId>,

    /// Only those in this state
    #[arg(long, value_parser = ["active", "expired", "used", "revoked"])]
    pub(crate) state: Option<String>,

    /// Only those with a name that contains this, or an id that begins or ends with it
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,

    /// Only those minted before this one
    #[arg(long, value_name = "ID")]
    pub(crate) cursor: Option<TokenId>,

    #[command(flatten)]
    pub(crate) limit: LimitArgs,
}

#[derive(Debug, Args)]
pub(crate) struct MintArgs {
    /// The owner's id
    pub(crate) owner: OwnerId,

    /// What to call it
    #[arg(long)]
    pub(crate) name: String,

    /// What it may be used for, where the provider's tokens have scopes or permissions; may be repeated
    #[arg(long = "scope", value_name = "SCOPE")]
    pub(crate) scopes: Vec<String>,

    /// How clients reach the server, for what a token says of its issuer
    #[arg(long, env = "SPECMINT_PUBLIC_URL", value_name = "URL", default_value = "http://127.0.0.1:8080", value_parser = crate::args::public_url)]
    pub(crate) public_url: String,
}

#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = false)]
pub(crate) struct RevokeArgs {
    /// The token's id
    #[arg(group = "what")]
    pub(crate) token: Option<TokenId>,

    /// All tokens of this owner instead
    #[arg(long, value_name = "ID", group = "what")]
    pub(crate) owner: Option<OwnerId>,
}

#[derive(Debug, Args)]
pub(crate) struct EventsArgs {
    /// Only in this provider
    #[arg(long, value_parser = PROVIDERS)]
    pub(crate) provider: Option<String>,

    /// Only where this was done
    #[arg(long, value_parser = ["created", "updated", "deleted", "minted", "used", "revoked"])]
    pub(crate) action: Option<String>,

    /// Only to this owner and its tokens
    #[arg(long, value_name = "ID")]
    pub(crate) owner: Option<OwnerId>,

    /// Only to this token
    #[arg(long, value_name = "ID")]
    pub(crate) token: Option<TokenId>,

    /// Only by actors that contain this
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,

    /// Only from this day on, or from this moment: 2026-11-22, or 2026-11-22T10:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = moment::since)]
    pub(crate) since: Option<DateTime<Utc>>,

    /// Only until the end of this day, or until right before this moment
    #[arg(long, value_name = "WHEN", value_parser = moment::until)]
    pub(crate) until: Option<DateTime<Utc>>,

    /// Only before this
    #[arg(long, value_name = "ID")]
    pub(crate) cursor: Option<EventId>,

    #[command(flatten)]
    pub(crate) limit: LimitArgs,
}
