//! SIGTERM and SIGINT: what was begun is finished, then the process ends with 0.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::process::Place;

const BODY: &str = r#"{"applicationId":"vtex","returnUrl":"https://example.com/"}"#;

/// A connection on which the first half of a request has been sent.
fn half_a_request(port: u16) -> TcpStream {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    let head = format!(
        "POST /authorization/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        BODY.len()
    );
    socket.write_all(head.as_bytes()).expect("sent");
    socket.write_all(&BODY.as_bytes()[..10]).expect("sent");
    socket.flush().expect("sent");
    std::thread::sleep(Duration::from_millis(300));
    socket
}

#[test]
fn a_request_in_flight_is_answered_and_the_process_ends_with_zero() {
    for signal in ["TERM", "INT"] {
        let place = Place::new();
        let mut serving = place.serve(&[]);
        let mut socket = half_a_request(serving.port());
        serving.signal(signal);
        std::thread::sleep(Duration::from_millis(700));
        assert!(
            TcpStream::connect(("127.0.0.1", serving.port())).is_err(),
            "still listens after SIG{signal}"
        );
        socket.write_all(&BODY.as_bytes()[10..]).expect("sent");
        let mut answer = String::new();
        socket
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        let mut bytes = [0_u8; 4096];
        while !answer.contains("\"token\"") {
            let read = socket.read(&mut bytes).expect("an answer");
            assert!(read > 0, "closed without an answer: {answer}");
            answer.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        drop(socket);
        assert_eq!(serving.ended().code(), Some(0), "{}", serving.complained());
    }
}

#[test]
fn idle_connections_do_not_hold_it_up() {
    let place = Place::new();
    let mut serving = place.serve(&[]);
    let mut idle = TcpStream::connect(("127.0.0.1", serving.port())).expect("a connection");
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        .expect("sent");
    let mut bytes = [0_u8; 1024];
    assert!(idle.read(&mut bytes).expect("an answer") > 0);
    let unused = TcpStream::connect(("127.0.0.1", serving.port())).expect("a connection");
    let start = Instant::now();
    serving.signal("TERM");
    assert_eq!(serving.ended().code(), Some(0));
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "took {:?}",
        start.elapsed()
    );
    drop((idle, unused));
}

#[test]
fn a_stop_leaves_one_database_file_behind() {
    let place = Place::new();
    let serving = place.serve(&[]);
    serving.stop();
    let wal = place.path("specmint.db-wal");
    let size = std::fs::metadata(wal).map_or(0, |metadata| metadata.len());
    assert_eq!(size, 0, "the write-ahead log was not folded in");
}
