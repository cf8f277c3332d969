//! Every form of parameter, body and answer, over a socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod answers;
mod bodies;
mod limits;
mod multipart;
mod parameters;
mod sent;

use std::net::TcpListener;
use std::sync::OnceLock;

use actix_web::{App, HttpServer};
use reqwest::{Client, Response};
use serde_json::Value;
use specmint_runtime::Mount;
use specmint_wire::{Echo, wire};

/// The URL of a server of the contract that lives as long as the tests, and this path.
fn url(path: &str) -> String {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    let address = ADDRESS.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let api = Mount::new().with(wire::service(Echo));
            let server = HttpServer::new(move || App::new().service(api.clone()));
            let server = server
                .workers(1)
                .disable_signals()
                .listen(listener)
                .unwrap();
            actix_web::rt::System::new().block_on(server.run()).unwrap();
        });
        format!("http://{address}")
    });
    format!("{address}{path}")
}

async fn get(path: &str) -> Response {
    Client::new().get(url(path)).send().await.unwrap()
}

/// What the handler was given, once it was reached.
async fn seen(response: Response) -> Value {
    let status = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// Why the framework refused.
async fn refused(response: Response, expected: u16) -> String {
    let status = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(status, expected, "{text}");
    let problem: Value = serde_json::from_str(&text).unwrap();
    problem["detail"].as_str().unwrap().to_owned()
}
