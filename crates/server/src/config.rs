//! What a server goes by.

use std::net::SocketAddr;

use specmint_runtime::{Limits, Network};

use crate::provider::Provider;

/// What [`start`](crate::start) goes by.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// Where to listen; port 0 for any that is free.
    pub listen: SocketAddr,
    /// Where to listen for those who administer it; nowhere, if `None`.
    pub admin_listen: Option<SocketAddr>,
    /// How those who administer it reach that; `http://` and whatever they call the address, if `None`. If it is
    /// `https://`, the console's cookies are for HTTPS only.
    pub admin_public_url: Option<String>,
    /// Which APIs to serve.
    pub apis: Vec<Provider>,
    /// Whether Beyond Identity's `/authorize` approves by itself, as the realm's first identity, without a page.
    pub auto_approve: bool,
    /// How clients reach the server, for what tokens say of their issuer; `http://` and the address, if `None`.
    pub public_url: Option<String>,
    /// Which proxies are believed when they say whom they pass a request on for.
    pub trusted_proxies: Vec<Network>,
    /// What a request may cost.
    pub limits: Limits,
    /// How many threads answer requests; as many as there are processors, if `None`.
    pub workers: Option<usize>,
}

impl Config {
    /// All APIs on `listen`, with the usual limits.
    #[must_use]
    pub fn new(listen: SocketAddr) -> Self {
        Self {
            listen,
            admin_listen: None,
            admin_public_url: None,
            apis: Provider::ALL.to_vec(),
            auto_approve: false,
            public_url: None,
            trusted_proxies: Vec::new(),
            limits: Limits::default(),
            workers: None,
        }
    }

    /// The same, serving `apis` only, each once.
    #[must_use]
    pub fn apis(mut self, apis: impl IntoIterator<Item = Provider>) -> Self {
        self.apis.clear();
        for api in apis {
            if !self.apis.contains(&api) {
                self.apis.push(api);
            }
        }
        self
    }

    /// The same, administered on `admin_listen`.
    #[must_use]
    pub const fn admin_listen(mut self, admin_listen: SocketAddr) -> Self {
        self.admin_listen = Some(admin_listen);
        self
    }

    /// The same, administered at `admin_public_url`.
    #[must_use]
    pub fn admin_public_url(mut self, admin_public_url: impl Into<String>) -> Self {
        self.admin_public_url = Some(admin_public_url.into());
        self
    }

    /// The same, with or without approval by itself.
    #[must_use]
    pub const fn auto_approve(mut self, auto_approve: bool) -> Self {
        self.auto_approve = auto_approve;
        self
    }

    /// The same, reached at `public_url`.
    #[must_use]
    pub fn public_url(mut self, public_url: impl Into<String>) -> Self {
        self.public_url = Some(public_url.into());
        self
    }

    /// The same, behind `proxies`.
    #[must_use]
    pub fn trusted_proxies(mut self, proxies: impl IntoIterator<Item = Network>) -> Self {
        self.trusted_proxies = proxies.into_iter().collect();
        self
    }

    /// The same, with `limits`.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same, on `workers` threads.
    #[must_use]
    pub const fn workers(mut self, workers: usize) -> Self {
        self.workers = Some(workers);
        self
    }
}
