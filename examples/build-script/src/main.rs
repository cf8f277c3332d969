//! Serves `greeter.yaml` on the address that is its first argument, and tells the URL that is its second of each greeting.

#[allow(dead_code)] // A program need not use all of its contract.
mod greeter {
    include!(concat!(env!("OUT_DIR"), "/greeter/mod.rs"));
}
mod webhook;

use actix_web::{App, HttpServer};
use greeter::models::{Greeting, Guest, Problem};
use greeter::{Api, GreetResponse};
use specmint_runtime::{Mount, Rejection};

struct Greeter {
    webhook: Option<String>,
}

impl Api for Greeter {
    type Error = Error;

    async fn greet(&self, guest: Guest) -> Result<GreetResponse, Error> {
        let text = format!("Hello, {}!", guest.name);
        let greeting = Greeting { text };
        if let Some(url) = &self.webhook {
            webhook::tell(url, &greeting);
        }
        Ok(GreetResponse::Ok(greeting))
    }
}

/// What the framework refused, in the contract's own shape.
struct Error(Rejection);

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Error> for GreetResponse {
    fn from(Error(rejection): Error) -> Self {
        Self::Default {
            status: rejection.status(),
            body: Problem {
                title: rejection.message().into_owned(),
            },
        }
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:8080".to_owned());
    let webhook = arguments.next();
    let api = Mount::new().with(greeter::service(Greeter { webhook }));
    HttpServer::new(move || App::new().service(api.clone()))
        .bind(address)?
        .run()
        .await
}
