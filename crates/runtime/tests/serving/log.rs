//! The log.

use std::io::Write;
use std::sync::{Mutex, Once, PoisonError};

use crate::http::serve;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
        lines.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Keeps every line of every test's server.
pub fn keep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let format = tracing_subscriber::fmt().with_ansi(false);
        format.with_writer(|| Lines).init();
    });
}

fn line(request_id: &str) -> String {
    let bytes = LINES.lock().unwrap().clone();
    let text = String::from_utf8(bytes).unwrap();
    let found = text.lines().find(|line| line.contains(request_id));
    found.unwrap().to_owned()
}

#[test]
fn a_line_names_the_route_and_nothing_that_was_sent() {
    let server = serve();
    let fields = [
        ("x-request-id", "logged-1"),
        ("content-type", "application/json"),
        ("x-key", "secret"),
    ];
    let answer = server.send("POST", "/items/secret?tag=secret", &fields, "\"secret\"");
    assert_eq!(answer.status, 401);
    let line = line("logged-1");
    for part in [
        "method=POST",
        "route=\"/items/{itemId}\"",
        "status=401",
        "ms=",
    ] {
        assert!(line.contains(part), "{line}");
    }
    assert!(!line.contains("secret"), "{line}");
}

#[test]
fn routes_beside_the_contracts_are_logged_too() {
    let fields = [("x-request-id", "logged-2")];
    serve().send("GET", "/health/secret?secret", &fields, "");
    let line = line("logged-2");
    assert!(line.contains("route=\"/health/{part}\""), "{line}");
    assert!(!line.contains("secret"), "{line}");
}
