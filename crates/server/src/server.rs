//! The server: the chosen APIs and its own pages on one listener, and their administration on another.

use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, ServiceConfig};
use specmint_runtime::Mount;
use specmint_store::Store;

use crate::admin::{Admin, Administration, Hosts, door};
use crate::anchorbrowser::AnchorBrowser;
use crate::applivery::Applivery;
use crate::beyond_identity::{self, BeyondIdentity};
use crate::config::Config;
use crate::console::{self, Console};
use crate::docs::{Contract, Docs};
use crate::error::StartError;
use crate::health::health;
use crate::infisical::Infisical;
use crate::listener::{Listener, Running};
use crate::provider::Provider;
use crate::vtex::{self, Vtex};

/// How many threads answer those who administer: few ask.
const ADMIN_WORKERS: usize = 1;

/// A running server.
pub struct Server {
    apis: Running,
    admin: Option<Running>,
    public_url: String,
}

/// Starts a server on `store`. It runs until it is stopped; the store stays open after that.
///
/// # Errors
/// When an address cannot be listened on, or a signing key cannot be made or read.
pub async fn start(config: Config, store: Store) -> Result<Server, StartError> {
    let listener = Listener::bind(config.listen)?;
    let admin = config.admin_listen.map(Listener::bind).transpose()?;
    let public_url = match &config.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{}", listener.address()),
    };
    let mount = mount(&config, &store, &public_url).await?;
    let contracts = config.apis.iter().copied().map(Contract::from);
    let docs = Arc::new(Docs::new(contracts, Docs::AT)?);
    let admin = match admin {
        None => None,
        Some(listener) => Some(administer(&config, &store, &public_url, listener)?),
    };
    let apis = listener.serve(config.workers, move |app| {
        health(app, store.clone());
        Arc::clone(&docs).configure(app);
        app.service(mount.clone());
    })?;
    Ok(Server {
        apis,
        admin,
        public_url,
    })
}

/// The administration API, with its documentation, and the console, on a listener of their own.
fn administer(
    config: &Config,
    store: &Store,
    public_url: &str,
    listener: Listener,
) -> Result<Running, StartError> {
    let admin = Admin::new(store.clone(), public_url);
    let console = Arc::new(Console::new(
        admin.clone(),
        config.admin_public_url.as_deref(),
        listener.address().port(),
        config.trusted_proxies.clone(),
    ));
    let docs = Arc::new(Docs::new([Contract::ADMINISTRATION], "/console/")?);
    let hosts = Data::new(Hosts::of(
        listener.address().ip(),
        config.admin_public_url.as_deref(),
    ));
    let api = specmint::administration::service(Administration::new(admin));
    let mount = Mount::new().limits(config.limits).with(api);
    let store = store.clone();
    listener.serve(Some(ADMIN_WORKERS), move |app| {
        let all = |app: &mut ServiceConfig| {
            health(app, store.clone());
            Arc::clone(&docs).configure(app);
            console::console(app, Arc::clone(&console));
            app.service(mount.clone());
        };
        let scope = web::scope("").app_data(hosts.clone()).configure(all);
        app.service(scope.wrap(from_fn(door)));
    })
}

/// The chosen APIs under their own paths.
async fn mount(config: &Config, store: &Store, public_url: &str) -> Result<Mount, StartError> {
    let proxies = config.trusted_proxies.iter().copied();
    let mut mount = Mount::new().limits(config.limits).trusted_proxies(proxies);
    for api in &config.apis {
        let store = store.clone();
        mount = match api {
            Provider::AnchorBrowser => {
                mount.with(specmint::anchorbrowser::service(AnchorBrowser::new(store)))
            }
            Provider::Infisical => {
                mount.with(specmint::infisical::service(Infisical::new(store).await?))
            }
            Provider::Applivery => mount.with(specmint::applivery::service(Applivery::new(store))),
            Provider::BeyondIdentity => {
                let public_url = public_url.to_owned();
                let api = BeyondIdentity::new(store, public_url, config.auto_approve).await?;
                mount.with_rules(
                    specmint::beyond_identity::service(api),
                    beyond_identity::RULES,
                )
            }
            Provider::Vtex => {
                mount.with_rules(specmint::vtex::service(Vtex::new(store)), vtex::RULES)
            }
        };
    }
    Ok(mount)
}

impl Server {
    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.apis.address
    }

    /// Where it listens for those who administer it.
    #[must_use]
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin.as_ref().map(|admin| admin.address)
    }

    /// How clients reach it, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.public_url
    }

    /// Stops listening, lets the requests that are being served end, and returns when they have.
    pub async fn stop(self) {
        let admin = async {
            if let Some(admin) = self.admin {
                admin.stop().await;
            }
        };
        tokio::join!(self.apis.stop(), admin);
    }

    /// Waits for `signal`, then [`stop`](Self::stop)s; returns at once when the server ends by itself.
    ///
    /// # Errors
    /// When a listener failed.
    pub async fn run_until(mut self, signal: impl Future<Output = ()>) -> std::io::Result<()> {
        let admin = self.admin.as_mut();
        let admin_ends = async {
            match admin {
                Some(admin) => admin.ends().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            ended = self.apis.ends() => ended,
            ended = admin_ends => ended,
            () = signal => {
                self.stop().await;
                Ok(())
            }
        }
    }
}
