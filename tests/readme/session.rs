//! The README's terminals: one in which the server runs, and one in which commands are typed.

use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::workspace;

/// Where the README's server listens; the tests' listens on a port of its own.
const SHOWN: &str = "127.0.0.1:8080";

/// How the README starts the binary, which the tests have built already.
const SERVE: &str = "cargo run --release";
const COMMAND: &str = "cargo run --release --quiet --";

/// A server in an empty folder, and what has been typed beside it.
pub struct Session {
    folder: TempDir,
    address: SocketAddr,
    server: Child,
    greeting: String,
    typed: String,
}

impl Session {
    /// Starts the server and waits until it has said how to call each API.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // What the reader, who stands in the repository, refers to.
        for name in ["crates", "openapi"] {
            std::os::unix::fs::symlink(workspace().join(name), folder.path().join(name)).unwrap();
        }
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let mut server = Command::new(env!("CARGO_BIN_EXE_specmint"))
            .current_dir(folder.path())
            .env("SPECMINT_LISTEN", address.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap());
        let mut greeting = String::new();
        // The last command is VTEX's, and an empty line follows it.
        while !(greeting.contains("# VTEX") && greeting.ends_with("\n\n")) {
            assert_ne!(
                lines.read_line(&mut greeting).unwrap(),
                0,
                "the server ended:\n{greeting}"
            );
        }
        // What is said later must not block the server.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        Self {
            folder,
            address,
            server,
            greeting,
            typed: String::new(),
        }
    }

    /// Runs a command of the README, and gives what it prints as the README would show it.
    pub fn run(&mut self, command: &str) -> String {
        let printed = match command {
            SERVE => self.greeting.clone(),
            command => self.shell(command),
        };
        printed
            .replace(&self.address.to_string(), SHOWN)
            .replace(env!("CARGO_BIN_EXE_specmint"), "target/release/specmint")
    }

    /// Variables and functions of earlier commands are there for later ones, as in one terminal.
    fn shell(&mut self, command: &str) -> String {
        let command = command
            .replace(SHOWN, &self.address.to_string())
            .replace(COMMAND, env!("CARGO_BIN_EXE_specmint"));
        let script = format!("exec 2>&1\n{}\necho '>>>'\n{command}\n", self.typed);
        let output = Command::new("sh")
            .arg("-c")
            .arg(script)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let keeps = command.contains("() {")
            || command
                .split_once('=')
                .is_some_and(|(name, _)| name.chars().all(char::is_alphabetic));
        if keeps {
            self.typed.push_str(&command);
            self.typed.push('\n');
        }
        let said = String::from_utf8(output.stdout).unwrap();
        said.rsplit_once(">>>\n")
            .map(|(_, said)| said.to_owned())
            .unwrap_or(said)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
