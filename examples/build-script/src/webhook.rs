//! Tells who wants to know of each greeting.

use crate::greeter::models::Greeting;
use crate::greeter::webhooks;
use specmint_runtime::outgoing::Outgoing;

/// Sends the webhook `greeted`; nobody waits for it.
pub fn tell(url: &str, greeting: &Greeting) {
    match webhooks::greeted(url, greeting) {
        Ok(request) => drop(actix_web::rt::spawn(send(request))),
        Err(fault) => eprintln!("{fault}"),
    }
}

async fn send(request: Outgoing) {
    let method = request.method().parse().unwrap_or(reqwest::Method::POST);
    let mut sending = reqwest::Client::new().request(method, request.url());
    for (name, value) in request.headers() {
        sending = sending.header(name, value);
    }
    if let Err(error) = sending.body(request.body().clone()).send().await {
        eprintln!("{error}");
    }
}
