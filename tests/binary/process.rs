//! Runs the binary in a directory of its own.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Longer than anything here takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A directory in which the binary is run, without any of the caller's variables that could change what it does.
pub struct Place(TempDir);

/// A running server.
pub struct Serving {
    child: Child,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
    pub url: String,
}

impl Place {
    pub fn new() -> Self {
        Self(TempDir::new().expect("a directory"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The binary with these arguments, run here.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specmint"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SPECMINT_") || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    /// `specmint demo --json` on the usual database.
    pub fn demo(&self) -> Value {
        let output = self.run(&["demo", "--json"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// Serves on a free port of loopback, with these arguments as well.
    pub fn serve(&self, arguments: &[&str]) -> Serving {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0"];
        all.extend_from_slice(arguments);
        Serving::start(self.command(&all))
    }

    /// Starts what may fail, with its output piped.
    pub fn shell(&self, script: &str) -> Output {
        Command::new("sh")
            .args(["-c", script])
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .expect("a shell")
    }
}

impl Serving {
    /// Starts a server and waits until it says where it is.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let stdout = collect(child.stdout.take().expect("a pipe"));
        let stderr = collect(child.stderr.take().expect("a pipe"));
        let mut serving = Self {
            child,
            stdout,
            stderr,
            url: String::new(),
        };
        serving.url = serving.wait_for_url();
        serving
    }

    fn wait_for_url(&mut self) -> String {
        let start = Instant::now();
        loop {
            let said = self.said();
            if let Some((_, rest)) = said.split_once(" at http://") {
                let address = rest.split_whitespace().next().unwrap_or_default();
                return format!("http://{address}");
            }
            if let Some(status) = self.child.try_wait().expect("a child") {
                panic!("ended with {status}: {said}{}", self.complained());
            }
            assert!(
                start.elapsed() < PATIENCE,
                "says nothing: {}",
                self.complained()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Standard output so far.
    pub fn said(&self) -> String {
        self.stdout.lock().expect("no panic while reading").clone()
    }

    /// Standard output once it has this text.
    pub fn says(&self, text: &str) -> String {
        let start = Instant::now();
        while !self.said().contains(text) {
            assert!(
                start.elapsed() < PATIENCE,
                "never says {text}: {}",
                self.said()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        self.said()
    }

    /// Standard error so far.
    pub fn complained(&self) -> String {
        self.stderr.lock().expect("no panic while reading").clone()
    }

    /// Sends it a signal, such as `TERM`.
    pub fn signal(&self, signal: &str) {
        let status = Command::new("kill")
            .arg(format!("-{signal}"))
            .arg(self.child.id().to_string())
            .status()
            .expect("kill");
        assert!(status.success());
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "does not end: {}",
                self.complained()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it in order.
    pub fn stop(mut self) {
        self.signal("TERM");
        assert_eq!(self.ended().code(), Some(0), "{}", self.complained());
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        let (_, port) = self.url.rsplit_once(':').expect("a port");
        port.parse().expect("a number")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(pipe: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let shared = Arc::clone(&text);
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let mut text = shared.lock().expect("no panic while writing");
            text.push_str(&line);
            text.push('\n');
        }
    });
    text
}

/// Output as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Sends a request and returns its status and body.
pub fn http(request: impl FnOnce(&reqwest::Client) -> reqwest::RequestBuilder) -> (u16, String) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let client = reqwest::Client::new();
        let answer = request(&client).send().await.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.text().await.expect("a body"))
    })
}

/// The text at a JSON Pointer.
pub fn at<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

/// Mints for AnchorBrowser with the keys of a demo: the status.
pub fn anchorbrowser(url: &str, demo: &Value) -> u16 {
    let id = at(demo, "/anchorbrowser/application_id");
    let target = format!("{url}/v1/applications/{id}/tokens");
    let key = at(demo, "/anchorbrowser/api_key");
    let body = serde_json::json!({"callbackUrl": "https://example.com/"});
    http(|client| {
        client
            .post(target)
            .header("anchor-api-key", key)
            .json(&body)
    })
    .0
}

/// Mints for Infisical with `token`: the status and the body.
pub fn infisical(url: &str, demo: &Value, token: &str) -> (u16, String) {
    let id = at(demo, "/infisical/identity_id");
    let target = format!("{url}/api/v1/auth/token-auth/identities/{id}/tokens");
    http(|client| {
        client
            .post(target)
            .bearer_auth(token)
            .json(&serde_json::json!({}))
    })
}

/// Mints for Beyond Identity with the secret of a demo: the status.
pub fn beyond_identity(url: &str, demo: &Value) -> u16 {
    let it = |name: &str| at(demo, &format!("/beyond_identity/{name}"));
    let target = format!(
        "{url}/v1/tenants/{}/realms/{}/applications/{}/token",
        it("tenant_id"),
        it("realm_id"),
        it("application_id")
    );
    let form = [("grant_type", "client_credentials")];
    http(|client| {
        client
            .post(target)
            .basic_auth(it("client_id"), Some(it("client_secret")))
            .form(&form)
    })
    .0
}

/// Waits until `probe` is so.
pub fn eventually(what: &str, probe: impl Fn() -> bool) {
    let start = Instant::now();
    while !probe() {
        assert!(start.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The size and content of a file, to see that it was left alone.
pub fn content(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a file")
}
