//! A proxy that holds every answer against the contracts, so that generated clients are watched as well.

use actix_web::web::{Bytes, Data, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

use crate::client::Client;
use crate::ledger;

/// Connection-level header fields, which each side makes by itself.
const HOP_BY_HOP: [&str; 4] = ["host", "connection", "content-length", "transfer-encoding"];

/// Starts a proxy before the server at `target`; it runs as long as the process. The base URL of the proxy.
pub fn start(target: &str) -> String {
    let target = target.to_owned();
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                App::new()
                    .app_data(Data::new(Client::new(target.clone())))
                    .default_service(to(forward))
            })
            .workers(1)
            .disable_signals()
            .bind("127.0.0.1:0")
            .expect("a free port");
            let address = *server.addrs().first().expect("an address");
            sender
                .send(format!("http://{address}"))
                .expect("a waiting test");
            server.run().await.expect("a proxy that runs");
        });
    });
    receiver.recv().expect("the proxy's address")
}

async fn forward(request: HttpRequest, body: Bytes, client: Data<Client>) -> HttpResponse {
    let mut call = client
        .call(request.method().as_str(), request.path())
        .raw_query(request.query_string());
    for (name, value) in request.headers() {
        if !HOP_BY_HOP.contains(&name.as_str()) {
            call = call.forwarded_header(name.as_str(), value.as_bytes());
        }
    }
    if !body.is_empty() {
        call = call.untyped(body);
    }
    match call.try_send().await {
        Ok(answer) => {
            let mut response = HttpResponse::build(
                actix_web::http::StatusCode::from_u16(answer.status).expect("a status"),
            );
            for (name, value) in &answer.headers {
                if !HOP_BY_HOP.contains(&name.as_str()) {
                    response.append_header((name.as_str(), value.as_str()));
                }
            }
            response.body(answer.body)
        }
        Err(fault) => {
            ledger::breach(fault.clone());
            HttpResponse::BadGateway().body(fault)
        }
    }
}
