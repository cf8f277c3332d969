//! A server on a free port, and a client that shows what came over the wire.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use actix_web::{App, HttpServer};
use specmint_runtime::Mount;

use crate::service::Service;

pub struct Server(SocketAddr);

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

pub fn serve() -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let app = || App::new().service(Mount::new().with(Service));
        let server = HttpServer::new(app).workers(1).listen(listener).unwrap();
        actix_web::rt::System::new().block_on(server.run()).unwrap();
    });
    Server(address)
}

impl Server {
    pub fn get(&self, path: &str, accept: &[&str]) -> Answer {
        let mut text = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
        for value in accept {
            text.push_str(&format!("accept: {value}\r\n"));
        }
        let mut stream = TcpStream::connect(self.0).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream.write_all(format!("{text}\r\n").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        Answer {
            status: head[9..12].parse().unwrap(),
            head,
            body: bytes[end + 4..].to_vec(),
        }
    }
}

impl Answer {
    pub fn fields(&self, name: &str) -> Vec<String> {
        let fields = self.head.lines().skip(1).filter_map(|l| l.split_once(": "));
        let named = fields.filter(|(given, _)| given.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.to_owned()).collect()
    }

    pub fn field(&self, name: &str) -> Option<String> {
        self.fields(name).into_iter().next()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The chunks of a chunked body (RFC 9112, section 7.1).
    pub fn chunks(&self) -> Vec<String> {
        let mut chunks = Vec::new();
        let mut rest = self.text();
        while let Some((size, after)) = rest.split_once("\r\n") {
            let size = usize::from_str_radix(size, 16).unwrap();
            if size == 0 {
                break;
            }
            chunks.push(after[..size].to_owned());
            rest = after[size..].strip_prefix("\r\n").unwrap();
        }
        chunks
    }
}
