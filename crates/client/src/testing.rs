//! A server that answers once and tells what it was asked.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

/// The base URL of a server that answers one request with `head` (status and header fields, each line ended) and
/// `body`, and the request's text when it has come.
pub(crate) fn answering(head: &str, body: &str) -> (String, JoinHandle<String>) {
    let answer = format!(
        "HTTP/1.1 {head}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    let request = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut request = String::new();
        let mut buffer = [0; 4096];
        while !complete(&request) {
            let count = stream.read(&mut buffer).expect("a request");
            request.push_str(
                std::str::from_utf8(buffer.get(..count).unwrap_or_default()).expect("text"),
            );
        }
        stream.write_all(answer.as_bytes()).expect("an answer");
        request
    });
    (base_url, request)
}

/// Whether the body is as long as the head says.
fn complete(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let length = (head.lines())
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, length)| length.parse().expect("a length"));
    body.len() >= length
}
