//! `specmint serve`.

use specmint_server::{Config, Provider, Server, admin, demo, start};
use specmint_store::{OpenError, Options, Store};

use crate::args::{ServeArgs, StoreArgs};
use crate::failure::Failure;
use crate::invocation;
use crate::output::{note, say};
use crate::signals::Signals;

/// Serves until a signal, then finishes what was begun.
pub(crate) async fn run(args: ServeArgs) -> Result<(), Failure> {
    let signals = Signals::listen()?;
    let store = open(&args.store).await?;
    let served = serve(&args, &store, signals).await;
    store.close().await;
    served
}

async fn serve(args: &ServeArgs, store: &Store, signals: Signals) -> Result<(), Failure> {
    let mut config = Config::new(args.listen)
        .auto_approve(args.auto_approve)
        .trusted_proxies(args.trusted_proxies.iter().copied());
    if !args.apis.is_empty() {
        config = config.apis(args.apis.clone());
    }
    if let Some(address) = args.admin_listen {
        config = config.admin_listen(address);
    }
    if let Some(url) = &args.admin_public_url {
        config = config.admin_public_url(url);
    }
    if let Some(url) = &args.public_url {
        config = config.public_url(url);
    }
    let apis = config.apis.clone();
    let empty = store.is_empty_but_for(admin::API).await?;
    let server = start(config, store.clone()).await?;
    tracing::info!(address = %server.address(), "serving");
    greet(args, store, &server, &apis, empty).await?;
    server.run_until(signals.first()).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Opens the database that the arguments name, or makes it.
pub(crate) async fn open(args: &StoreArgs) -> Result<Store, Failure> {
    Ok(Store::open(options(args)).await?)
}

/// Opens the database that the arguments name, which is there: a mistyped name should not make another.
pub(crate) async fn open_existing(args: &StoreArgs) -> Result<Store, Failure> {
    let opened = Store::open(options(args).must_exist()).await;
    opened.map_err(|error| match error {
        OpenError::MissingDatabase { database } => Failure::new(format!(
            "there is no database at {}: say with --database which one is meant; `specmint serve` and `specmint demo` \
             make new ones",
            database.display()
        )),
        other => other.into(),
    })
}

fn options(args: &StoreArgs) -> Options {
    let options = Options::new(&args.database);
    match &args.key_file {
        Some(key_file) => options.key_file(key_file),
        None => options,
    }
}

/// Says where the server is and how to call it.
async fn greet(
    args: &ServeArgs,
    store: &Store,
    server: &Server,
    apis: &[Provider],
    empty: bool,
) -> Result<(), Failure> {
    let (url, loopback) = (server.url(), server.address().ip().is_loopback());
    let names: Vec<&str> = apis.iter().map(|api| api.title()).collect();
    say(format_args!(
        "Serving {} at {url}\n\
         To browse and try them: {url}/docs/\n\
         A sandbox, not affiliated with these vendors.\n\
         Data: {}\n\
         To stop: Ctrl-C.\n",
        names.join(", "),
        args.store.database
    ));
    if let Some(address) = server.admin_address() {
        let url = match &args.admin_public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{address}"),
        };
        say(format_args!(
            "Administration: {url}/console/, and its API at {url}/docs/\n\
             For a key to it: {}\n",
            invocation::admin_key(&args.store)
        ));
        if !address.ip().is_loopback() && !url.starts_with("https://") {
            note(
                "the administration is reached without encryption: put a proxy with TLS before it",
            );
        }
    }
    if args.auto_approve && !loopback {
        note("--auto-approve gives a token to everyone who can reach this address");
    }
    if args.public_url.is_none() && server.address().ip().is_unspecified() {
        note(format_args!(
            "tokens will name {url} as their issuer: say --public-url how clients reach this server"
        ));
    }
    let command = invocation::demo(&args.store);
    if empty && loopback {
        let made = demo::make(store).await?;
        say("The database was empty; it now has demo objects. Their keys are shown only now.");
        say(format_args!("For new ones: {command}\n"));
        say(demo::guide(&made.demo, url, apis, args.auto_approve));
    } else if empty {
        say(format_args!(
            "The database is empty and stays so, for this address is not loopback.\n\
             To make the first objects, and keys to call the APIs with: {command}\n"
        ));
    } else {
        say(format_args!(
            "For new keys of the demo objects: {command}\n"
        ));
    }
    Ok(())
}
