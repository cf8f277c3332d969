//! One address that is listened on, and what is served there.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::ServiceConfig;
use actix_web::{App, HttpServer};
use tokio::task::JoinHandle;

use crate::error::StartError;

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long a closing connection may take.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long requests that are being served may go on after the server was told to stop, in seconds.
const DRAIN_SECONDS: u64 = 30;

/// An address that is listened on; nobody is answered yet.
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

/// What is being served at an address.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    handle: ServerHandle,
    task: JoinHandle<std::io::Result<()>>,
}

impl Listener {
    /// Listens on `asked`; at any free port, if that is 0.
    pub(crate) fn bind(asked: SocketAddr) -> Result<Self, StartError> {
        let failed = |cause| StartError::Listen {
            address: asked,
            cause,
        };
        let socket = TcpListener::bind(asked).map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        Ok(Self { socket, address })
    }

    /// Where that is.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves what `configure` adds to an application, on so many threads; on one for each processor, if `None`.
    pub(crate) fn serve(
        self,
        workers: Option<usize>,
        configure: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
    ) -> Result<Running, StartError> {
        let Self { socket, address } = self;
        let factory = move || App::new().configure(configure.clone());
        let mut server = HttpServer::new(factory)
            .keep_alive(KEEP_ALIVE)
            .client_request_timeout(HEAD_TIMEOUT)
            .client_disconnect_timeout(DISCONNECT_TIMEOUT)
            .shutdown_timeout(DRAIN_SECONDS)
            .disable_signals();
        if let Some(workers) = workers {
            server = server.workers(workers);
        }
        let listened = server.listen(socket);
        let server = listened
            .map_err(|cause| StartError::Listen { address, cause })?
            .run();
        Ok(Running {
            address,
            handle: server.handle(),
            task: tokio::spawn(server),
        })
    }
}

impl Running {
    /// Stops listening, lets the requests that are being served end, and returns when they have.
    pub(crate) async fn stop(self) {
        self.handle.stop(true).await;
        if let Ok(Err(error)) = self.task.await {
            tracing::warn!(cause = %error, "the server did not stop in order");
        }
    }

    /// Returns when it ends by itself.
    pub(crate) async fn ends(&mut self) -> std::io::Result<()> {
        (&mut self.task).await.map_err(std::io::Error::other)?
    }
}
