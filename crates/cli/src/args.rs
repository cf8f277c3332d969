//! What can be said on the command line and in the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand};

use specmint_server::{Network, Provider};

use crate::admin::args::AdminArgs;
use crate::explain::ExplainArgs;
use crate::generate::GenerateArgs;
use crate::overlay::OverlayArgs;

/// Where `serve` listens when nobody says otherwise.
pub(crate) const LISTEN: &str = "127.0.0.1:8080";

const DATABASE: &str = "sqlite:specmint.db";

/// Serves the token APIs of AnchorBrowser, Infisical, Applivery, Beyond Identity and VTEX, each as its contract says,
/// from one SQLite file; and generates Rust servers from OpenAPI documents of your own.
#[derive(Debug, Parser)]
#[command(
    name = "specmint",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Without a command, specmint serves.

Examples:
  specmint                              serve on 127.0.0.1:8080; a new database gets demo objects,
                                        and you get commands to paste
  specmint demo --json > demo.json      new keys for the demo objects, for a script
  specmint serve --listen 127.0.0.1:0 --database sqlite:/tmp/t.db --auto-approve
                                        any free port, a database of its own, no page to click on
  SPECMINT_LOG=debug specmint serve     more to read on standard error
  specmint serve --admin-listen 127.0.0.1:8081
                                        the console at http://127.0.0.1:8081/console/ as well, opened by
                                        a key that `specmint admin key` makes
  specmint generate openapi.yaml --out crates/api
                                        your own contract as a crate: models, traits, routes, checks

Once it runs: /docs/ to browse and try the APIs, /openapi/<api>.yaml for their contracts,
/healthz and /readyz for whoever looks after it."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) serve: ServeArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the APIs until SIGTERM or SIGINT
    Serve(ServeArgs),
    /// Make a working set of demo objects, once, and print it with new keys
    Demo(DemoArgs),
    /// Look after the keys that tokens are signed with
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Look after owners, tokens and the trail; make the key of the administration API and the console
    Admin(AdminArgs),
    /// Write a Rust library crate that serves an OpenAPI document
    Generate(GenerateArgs),
    /// Print an OpenAPI document with overlays applied
    Overlay(OverlayArgs),
    /// Say what the code of a diagnostic means
    Explain(ExplainArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Sign Beyond Identity's tokens with a new key from now on
    ///
    /// Servers on the same database see it at once and need no restart. The key that was goes on verifying, and is
    /// published, until the last token that it signed has expired.
    Rotate(StoreArgs),
}

#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// The database: a SQLite file
    #[arg(long, env = "SPECMINT_DATABASE", value_name = "FILE", default_value = DATABASE, value_parser = database)]
    pub(crate) database: String,

    /// The file with the key that seals the signing keys [default: the database's name with .key appended]
    #[arg(long, env = "SPECMINT_KEY_FILE", value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Where to listen; port 0 for any that is free
    #[arg(long, env = "SPECMINT_LISTEN", value_name = "ADDRESS", default_value = LISTEN)]
    pub(crate) listen: SocketAddr,

    /// Where to serve the administration API and the console [default: nowhere]
    #[arg(long, env = "SPECMINT_ADMIN_LISTEN", value_name = "ADDRESS")]
    pub(crate) admin_listen: Option<SocketAddr>,

    /// How people reach the console, for its cookies and forms; https:// where a proxy with TLS stands before it
    /// [default: http:// and the address]
    #[arg(long, env = "SPECMINT_ADMIN_PUBLIC_URL", value_name = "URL", value_parser = site, requires = "admin_listen")]
    pub(crate) admin_public_url: Option<String>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Serve this API only; may be repeated [default: all]
    #[arg(
        long = "api",
        env = "SPECMINT_API",
        value_name = "NAME",
        value_delimiter = ',',
        help = "Serve this API only: anchorbrowser, infisical, applivery, beyond-identity or vtex; may be \
                repeated, or several with commas between them [default: all]"
    )]
    pub(crate) apis: Vec<Provider>,

    /// Let Beyond Identity's /authorize approve by itself, as the realm's first identity, without a page
    #[arg(long, env = "SPECMINT_AUTO_APPROVE", value_parser = FalseyValueParser::new())]
    pub(crate) auto_approve: bool,

    /// How clients reach the server, for what tokens say of their issuer [default: http:// and the address]
    #[arg(long, env = "SPECMINT_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub(crate) public_url: Option<String>,

    /// Believe this proxy, an address or a block of them as ADDRESS/PREFIX, when it says in X-Forwarded-For whom it passes
    /// a request on for; may be repeated [default: none]
    #[arg(
        long = "trusted-proxy",
        env = "SPECMINT_TRUSTED_PROXY",
        value_name = "NETWORK",
        value_delimiter = ','
    )]
    pub(crate) trusted_proxies: Vec<Network>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Print the set as one line of JSON instead of commands to paste
    #[arg(long)]
    pub(crate) json: bool,
}

/// A file's path as a database URL; what has a scheme is one already.
#[allow(clippy::unnecessary_wraps, reason = "clap's value parsers can fail")]
fn database(text: &str) -> Result<String, std::convert::Infallible> {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| !scheme.contains('/')) || text.is_empty() {
        return Ok(text.to_owned());
    }
    let path = text
        .replace('%', "%25")
        .replace('?', "%3F")
        .replace('#', "%23");
    Ok(format!("sqlite:{path}"))
}

/// Where people reach the console, which stands at the root of its site.
fn site(text: &str) -> Result<String, &'static str> {
    let url = public_url(text)?;
    let (_, rest) = url.split_once("://").unwrap_or_default();
    match rest.split_once('/') {
        None | Some((_, "")) => Ok(url),
        Some(_) => Err("the console stands at the root of its host: leave the path out"),
    }
}

/// An issuer has a scheme and a host, but neither query nor fragment (RFC 8414, section 2).
pub(crate) fn public_url(text: &str) -> Result<String, &'static str> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let good = rest.is_some_and(|rest| {
        !rest.starts_with('/')
            && !rest.is_empty()
            && rest.bytes().all(|byte| byte.is_ascii_graphic())
    });
    if good && !text.contains(['?', '#']) {
        Ok(text.to_owned())
    } else {
        Err("write it as https://HOST, without a query")
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn a_database_is_named_by_its_file_or_by_a_url() {
        let named = |text| database(text).unwrap_or_default();
        assert_eq!(named("specmint.db"), "sqlite:specmint.db");
        assert_eq!(named("/var/a:b/x.db"), "sqlite:/var/a:b/x.db");
        assert_eq!(named("what?.db"), "sqlite:what%3F.db");
        assert_eq!(named("sqlite:x.db?mode=ro"), "sqlite:x.db?mode=ro");
        assert_eq!(named("postgres://host/db"), "postgres://host/db");
        assert_eq!(named(""), "");
    }

    #[test]
    fn the_console_stands_at_the_root() {
        assert!(site("https://admin.example.com").is_ok());
        assert!(site("https://admin.example.com/").is_ok());
        assert!(site("https://example.com/admin").is_err());
        assert!(site("admin.example.com").is_err());
    }

    #[test]
    fn the_command_line_is_in_order() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_command_is_serve_with_the_same_options() {
        let cli = Cli::try_parse_from(["specmint", "--api", "vtex", "--api", "applivery"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.serve.apis, [Provider::Vtex, Provider::Applivery]);
        let cli = Cli::try_parse_from(["specmint", "serve", "--api", "vtex,applivery"]).unwrap();
        let Some(Command::Serve(args)) = cli.command else {
            panic!("not serve");
        };
        assert_eq!(args.apis, [Provider::Vtex, Provider::Applivery]);
        assert_eq!(args.listen.to_string(), LISTEN);
        assert_eq!(args.store.database, DATABASE);
    }

    #[test]
    fn administration_takes_its_options_before_and_after_its_commands() {
        for said in [
            ["specmint", "admin", "--database", "sqlite:x.db", "key"],
            ["specmint", "admin", "key", "--database", "sqlite:x.db"],
        ] {
            let said = said.into_iter().chain(["--key-file", "x.key", "--json"]);
            let cli = Cli::try_parse_from(said).unwrap();
            let Some(Command::Admin(args)) = cli.command else {
                panic!("not admin");
            };
            assert_eq!(args.store.database, "sqlite:x.db");
            assert_eq!(args.store.key_file, Some(PathBuf::from("x.key")));
            assert!(args.json);
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for wrong in [
            &["specmint", "--api", "nobody"][..],
            &["specmint", "--listen", "nowhere"],
            &["specmint", "--public-url", "example.com"],
            &["specmint", "--public-url", "https://example.com?x"],
            &["specmint", "--public-url", "https:///x"],
            &["specmint", "--trusted-proxy", "localhost"],
            &["specmint", "destroy"],
        ] {
            assert!(Cli::try_parse_from(wrong).is_err(), "{wrong:?}");
        }
    }
}
