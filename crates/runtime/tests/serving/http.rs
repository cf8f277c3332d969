//! A server on a free port, and a client that sends exactly what it is told.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use actix_web::{App, HttpServer, web};
use specmint_runtime::{ClientCertificate, Limits, Mount, Rules};

use crate::example;

pub struct Server(SocketAddr);

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// What scripts of other origins may call, what HEAD must not run, and what may call a form JSON.
const RULES: Rules = Rules {
    any_origin: &["createItem", "fail"],
    no_head: &["other"],
    forms_called_json: &["revoke"],
};

/// The example, with a body limit of 1000 bytes and a handler timeout of 200 milliseconds.
pub fn serve() -> Server {
    serve_clients_of(None)
}

/// The same, whose TLS layer, if it had one, would know every client's certificate.
pub fn serve_clients_of(certificate: Option<&'static [u8]>) -> Server {
    crate::log::keep();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let limits = Limits {
        body_bytes: 1000,
        handler_timeout: Duration::from_millis(200),
        stream_bytes: 4000,
        parts: 5,
    };
    let mount = Mount::new()
        .with_rules(example::service(example::Implementation), RULES)
        .with(crate::uploads::Service)
        .limits(limits);
    std::thread::spawn(move || {
        let app = move || {
            App::new()
                .service(
                    web::resource("/health/{part}")
                        .wrap(actix_web::middleware::from_fn(specmint_runtime::observe))
                        .get(health),
                )
                .service(mount.clone())
        };
        let server = HttpServer::new(app).on_connect(move |_, extensions| {
            if let Some(der) = certificate {
                extensions.insert(ClientCertificate::new(der));
            }
        });
        let server = server.workers(1).listen(listener).unwrap();
        actix_web::rt::System::new().block_on(server.run()).unwrap();
    });
    Server(address)
}

async fn health(part: web::Path<String>) -> String {
    assert_ne!(part.as_str(), "panic", "as asked");
    specmint_runtime::request_id().to_string()
}

impl Server {
    pub fn send(&self, method: &str, target: &str, fields: &[(&str, &str)], body: &str) -> Answer {
        let mut text = format!("{method} {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
        for (name, value) in fields {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            text.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        self.raw(&format!("{text}\r\n{body}"))
    }

    pub fn get(&self, target: &str) -> Answer {
        self.send("GET", target, &[], "")
    }

    pub fn raw(&self, request: &str) -> Answer {
        Answer::read(self.sent(request))
    }

    /// Sends no more after `request`, and says so.
    pub fn half(&self, request: &str) -> Answer {
        let stream = self.sent(request);
        stream.shutdown(Shutdown::Write).unwrap();
        Answer::read(stream)
    }

    fn sent(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.0).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }
}

impl Answer {
    fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        // A reset after the answer is no matter.
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Self {
            status: head[9..12].parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// The values of a header field, in order.
    pub fn fields(&self, name: &str) -> Vec<&str> {
        let fields = self.head.lines().skip(1).filter_map(|l| l.split_once(": "));
        fields
            .filter(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Asserts problem details of `status`.
    pub fn assert_problem(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.fields("content-type"), ["application/problem+json"]);
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], "about:blank");
        assert!(problem["title"].is_string());
        assert_eq!(problem["request_id"], self.fields("x-request-id")[0]);
    }

    /// Pointer, location and keyword of each violation, sorted.
    pub fn violations(&self) -> Vec<String> {
        let body = self.json();
        let violations = body["violations"].as_array().unwrap();
        let mut lines: Vec<_> = violations
            .iter()
            .map(|v| format!("{} {} {}", v["location"], v["pointer"], v["keyword"]))
            .map(|line| line.replace('"', ""))
            .collect();
        lines.sort();
        lines
    }
}
