//! Servers for the scenarios: the real application on a real port, with a database file of its own.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use chrono::Utc;
use serde_json::Value;
use specmint_server::admin::Admin;
use specmint_server::{Config, Limits, Network, Provider};
use specmint_store::{Clock, Options, Store};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::client::Client;
use crate::{database, secrets};

/// How a scenario's own server differs from the usual one.
pub struct Setup {
    auto_approve: bool,
    apis: Vec<Provider>,
    limits: Limits,
    trusted_proxies: Vec<Network>,
    clock: Clock,
}

/// A server, and what a scenario needs of it.
pub struct Server {
    pub client: Client,
    /// Of the listener for those who administer the server.
    pub admin: Client,
    /// What opens it.
    pub admin_key: String,
    pub store: Store,
    /// Stands still until a scenario moves it, but for the shared server's.
    pub clock: Clock,
    demo: Value,
    directory: PathBuf,
    running: Mutex<Option<specmint_server::Server>>,
}

static DIRECTORIES: Mutex<Vec<TempDir>> = Mutex::new(Vec::new());

impl Default for Setup {
    fn default() -> Self {
        Self {
            auto_approve: false,
            apis: Provider::ALL.to_vec(),
            limits: Limits::default(),
            trusted_proxies: Vec::new(),
            clock: Clock::manual(Utc::now()),
        }
    }
}

impl Setup {
    /// Without the page.
    pub fn auto_approve() -> Self {
        Self {
            auto_approve: true,
            ..Self::default()
        }
    }

    /// One API only.
    pub fn only(api: &str) -> Self {
        Self {
            apis: vec![api.parse().expect("an API")],
            ..Self::default()
        }
    }

    /// That believes everyone on this machine about whom a request comes from.
    pub fn behind_proxies() -> Self {
        Self {
            trusted_proxies: vec!["127.0.0.0/8".parse().expect("a network")],
            ..Self::default()
        }
    }

    /// With a second for each request.
    pub fn impatient() -> Self {
        Self {
            limits: Limits {
                handler_timeout: Duration::from_secs(1),
                ..Limits::default()
            },
            ..Self::default()
        }
    }
}

/// The server for scenarios that need nothing special of theirs.
pub async fn shared() -> &'static Server {
    static SHARED: OnceCell<Server> = OnceCell::const_new();
    SHARED
        .get_or_init(|| {
            Server::start(Setup {
                clock: Clock::system(),
                ..Setup::default()
            })
        })
        .await
}

impl Server {
    /// Starts a server with the objects of `specmint demo`.
    pub async fn start(setup: Setup) -> Self {
        let temporary = TempDir::new().expect("a directory");
        let directory = temporary.path().to_owned();
        DIRECTORIES
            .lock()
            .expect("no panic while noting")
            .push(temporary);
        let store = open(&directory, &setup.clock).await;
        let made = specmint_server::demo::make(&store).await.expect("a demo");
        let demo = serde_json::to_value(made.demo).expect("JSON");
        for pointer in [
            "/anchorbrowser/api_key",
            "/infisical/access_token",
            "/applivery/api_key",
            "/beyond_identity/client_secret",
        ] {
            secrets::keep(
                demo.pointer(pointer)
                    .and_then(Value::as_str)
                    .expect(pointer),
            );
        }
        Self::run(&setup, directory, store, demo).await
    }

    async fn run(setup: &Setup, directory: PathBuf, store: Store, demo: Value) -> Self {
        let config = Config::new(([127, 0, 0, 1], 0).into())
            .apis(setup.apis.clone())
            .auto_approve(setup.auto_approve)
            .admin_listen(([127, 0, 0, 1], 0).into())
            .limits(setup.limits)
            .trusted_proxies(setup.trusted_proxies.iter().copied())
            .workers(2);
        let admin_key = Admin::new(store.clone(), "")
            .create_key("scenarios", None, "test")
            .await;
        let admin_key = admin_key.expect("a key").secret;
        secrets::keep(&admin_key);
        let running = specmint_server::start(config, store.clone())
            .await
            .expect("a server");
        Self {
            client: Client::new(running.url()),
            admin: Client::new(format!(
                "http://{}",
                running.admin_address().expect("asked for")
            )),
            admin_key,
            store,
            clock: setup.clock.clone(),
            demo,
            directory,
            running: Mutex::new(Some(running)),
        }
    }

    /// Another server on the same files, with the same clock, as another process would be.
    pub async fn beside(&self) -> Self {
        let setup = Setup {
            clock: self.clock.clone(),
            ..Setup::default()
        };
        let store = open(&self.directory, &setup.clock).await;
        Self::run(&setup, self.directory.clone(), store, self.demo.clone()).await
    }

    /// A value of what `specmint demo --json` prints.
    pub fn demo(&self, pointer: &str) -> &str {
        self.demo
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("the demo has no {pointer}"))
    }

    /// Where its files are.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Takes the tables away from under the server.
    pub async fn break_store(&self) {
        database::rename_tables(&self.database()).await;
    }

    /// Whether some value in the database has this text in it.
    pub async fn database_holds(&self, text: &str) -> bool {
        database::holds(&self.database(), text).await
    }

    /// Stops the server and closes its store, so that all is in the files.
    pub async fn stop(&self) {
        let running = self.running.lock().expect("no panic while stopping").take();
        running.expect("a running server").stop().await;
        self.store.clone().close().await;
    }

    fn database(&self) -> PathBuf {
        self.directory.join("specmint.db")
    }
}

async fn open(directory: &Path, clock: &Clock) -> Store {
    let url = format!("sqlite:{}", directory.join("specmint.db").display());
    let options = Options::new(url).clock(clock.clone());
    Store::open(options).await.expect("a store")
}

/// The secrets of this run that any server's files hold, with the file.
pub fn secrets_on_disk() -> Vec<String> {
    let directories = DIRECTORIES.lock().expect("no panic while noting");
    directories
        .iter()
        .flat_map(|directory| secrets::found_under(directory.path()))
        .collect()
}

/// Removes the servers' files; the process ends, and with it the servers.
pub fn clean_up() {
    DIRECTORIES.lock().expect("no panic while noting").clear();
}
