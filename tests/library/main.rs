//! The generator as a library: the example of `docs/generator.md` is built and served as a user would.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_page_shows_every_file_of_the_example() {
    let page = fs::read_to_string(root().join("docs/generator.md")).unwrap();
    for file in [
        "Cargo.toml",
        "build.rs",
        "greeter.yaml",
        "src/main.rs",
        "src/webhook.rs",
    ] {
        let text = fs::read_to_string(root().join("examples/build-script").join(file)).unwrap();
        assert!(
            page.contains(&text),
            "docs/generator.md does not show {file} as it is"
        );
    }
}

#[test]
fn the_example_builds_and_serves_its_contract() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let webhook = format!("http://{}/in?key=1", listener.local_addr().unwrap());
    let greeter = Greeter::start(&build(), &webhook);
    let sent = greeter.post("/greetings", r#"{"name": "Ada"}"#);
    assert!(
        sent.starts_with("HTTP/1.1 200 ") && sent.ends_with(r#"{"text":"Hello, Ada!"}"#),
        "{sent}"
    );
    let told = received(&listener);
    assert!(
        told.starts_with("POST /in?key=1 HTTP/1.1\r\n")
            && told.contains("\r\ncontent-type: application/json\r\n")
            && told.ends_with("\r\n\r\n{\"text\":\"Hello, Ada!\"}"),
        "{told}"
    );
    let sent = greeter.post("/greetings", r#"{"name": ""}"#);
    assert!(
        sent.starts_with("HTTP/1.1 4") && sent.contains("application/problem+json"),
        "{sent}"
    );
    let sent = greeter.post("/farewells", "{}");
    assert!(sent.starts_with("HTTP/1.1 404 "), "{sent}");
}

/// Builds the example into the target directory of the tests, where its dependencies are, with the same versions of them.
fn build() -> PathBuf {
    let folder = root().join("examples/build-script");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_BIN_EXE_specmint"))
        .ancestors()
        .nth(2)
        .unwrap();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--target-dir"])
        .arg(target)
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(
        built.status.success() && !said.contains("warning"),
        "{said}"
    );
    target.join("debug").join("greeter")
}

/// The next request to the listener, answered.
fn received(listener: &TcpListener) -> String {
    let mut stream = accepted(listener);
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let mut received = Vec::new();
    while !received.ends_with(b"}") {
        let mut chunk = [0; 1024];
        let length = stream.read(&mut chunk).unwrap();
        assert!(length > 0, "{}", String::from_utf8_lossy(&received));
        received.extend(chunk.iter().take(length));
    }
    write!(stream, "HTTP/1.1 204 No Content\r\n\r\n").unwrap();
    String::from_utf8(received).unwrap()
}

fn accepted(listener: &TcpListener) -> TcpStream {
    listener.set_nonblocking(true).unwrap();
    let start = Instant::now();
    loop {
        if let Ok((stream, _)) = listener.accept() {
            stream.set_nonblocking(false).unwrap();
            return stream;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "nothing is sent");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The running example, ended when dropped.
struct Greeter {
    address: SocketAddr,
    process: Child,
}

impl Greeter {
    fn start(program: &Path, webhook: &str) -> Self {
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let process = Command::new(program)
            .args([&address.to_string(), webhook])
            .spawn()
            .unwrap();
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "it does not listen"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { address, process }
    }

    /// The whole answer.
    fn post(&self, path: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Greeter {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
