//! The server: the chosen APIs, its own pages, one listener.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer};
use specmint_runtime::Mount;
use specmint_store::Store;
use tokio::task::JoinHandle;

use crate::anchorbrowser::AnchorBrowser;
use crate::applivery::Applivery;
use crate::beyond_identity::BeyondIdentity;
use crate::config::Config;
use crate::docs::Docs;
use crate::error::StartError;
use crate::health::health;
use crate::infisical::Infisical;
use crate::provider::Provider;
use crate::vtex::Vtex;

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long a closing connection may take.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long requests that are being served may go on after the server was told to stop, in seconds.
const DRAIN_SECONDS: u64 = 30;

/// A running server.
pub struct Server {
    address: SocketAddr,
    public_url: String,
    handle: ServerHandle,
    task: JoinHandle<std::io::Result<()>>,
}

/// Starts a server on `store`. It runs until it is stopped; the store stays open after that.
///
/// # Errors
/// When the address cannot be listened on, or a signing key cannot be made or read.
pub async fn start(config: Config, store: Store) -> Result<Server, StartError> {
    let cannot_listen = |cause| StartError::Listen {
        address: config.listen,
        cause,
    };
    let listener = TcpListener::bind(config.listen).map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    let public_url = match &config.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{address}"),
    };
    let mount = mount(&config, &store, &public_url).await?;
    let docs = Arc::new(Docs::new(&config.apis)?);
    let factory = move || {
        let (docs, store) = (Arc::clone(&docs), store.clone());
        App::new()
            .configure(move |config| health(config, store))
            .configure(move |config| docs.configure(config))
            .service(mount.clone())
    };
    let mut server = HttpServer::new(factory)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(HEAD_TIMEOUT)
        .client_disconnect_timeout(DISCONNECT_TIMEOUT)
        .shutdown_timeout(DRAIN_SECONDS)
        .disable_signals();
    if let Some(workers) = config.workers {
        server = server.workers(workers);
    }
    let server = server.listen(listener).map_err(cannot_listen)?.run();
    Ok(Server {
        address,
        public_url,
        handle: server.handle(),
        task: tokio::spawn(server),
    })
}

/// The chosen APIs under their own paths.
async fn mount(config: &Config, store: &Store, public_url: &str) -> Result<Mount, StartError> {
    let mut mount = Mount::new().limits(config.limits);
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
                mount.with(specmint::beyond_identity::service(api))
            }
            Provider::Vtex => mount.with(specmint::vtex::service(Vtex::new(store))),
        };
    }
    Ok(mount)
}

impl Server {
    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// How clients reach it, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.public_url
    }

    /// Stops listening, lets the requests that are being served end, and returns when they have.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        if let Ok(Err(error)) = self.task.await {
            tracing::warn!(cause = %error, "the server did not stop in order");
        }
    }

    /// Waits for `signal`, then [`stop`](Self::stop)s; returns at once when the server ends by itself.
    ///
    /// # Errors
    /// When the listener failed.
    pub async fn run_until(mut self, signal: impl Future<Output = ()>) -> std::io::Result<()> {
        tokio::select! {
            ended = &mut self.task => ended.map_err(std::io::Error::other)?,
            () = signal => {
                self.stop().await;
                Ok(())
            }
        }
    }
}
