//! What the README shows is what a user gets: its commands are run, and what they print is compared with what it says
//! they print. Keys, ids and times differ from run to run and are compared as such.

mod console;
mod mask;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use console::{Step, steps};
use mask::masked;

/// Where the README's server listens; the tests' listens on a port of its own.
const SHOWN: &str = "127.0.0.1:8080";

/// A shell in an empty folder, in which `specmint` is the binary under test.
struct Shell {
    folder: TempDir,
    address: SocketAddr,
    server: Child,
    greeting: String,
}

impl Shell {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut server = Command::new(env!("CARGO_BIN_EXE_specmint"))
            .current_dir(folder.path())
            .env("SPECMINT_LISTEN", address.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap());
        let mut greeting = String::new();
        // The guide's last command is VTEX's, and an empty line follows it.
        while !(greeting.contains("# VTEX") && greeting.ends_with("\n\n")) {
            assert_ne!(lines.read_line(&mut greeting).unwrap(), 0, "the server ended:\n{greeting}");
        }
        // What is said later must not block the server.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        Self { folder, address, server, greeting }
    }

    /// Runs a command as the README has it, and gives what it printed, as the README would show it.
    fn run(&self, command: &str) -> String {
        let path = Path::new(env!("CARGO_BIN_EXE_specmint")).parent().unwrap();
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("{command}\nset > variables"))
            .current_dir(self.folder.path())
            .env("PATH", format!("{}:{}", path.display(), std::env::var("PATH").unwrap_or_default()))
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        String::from_utf8(said).unwrap().replace(&self.address.to_string(), SHOWN)
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_commands_of_the_readme_print_what_it_says() {
    let shell = Shell::start();
    let mut script = String::new();
    let mut ran = 0;
    for Step { command, output } in steps(&readme()) {
        let printed = match command.as_str() {
            "cargo run --release" => shell.greeting.replace(&shell.address.to_string(), SHOWN),
            // `tests/edit` builds; here it is the words that count.
            command if command.starts_with("sed -i") || command.starts_with("cargo build") => continue,
            "make test" => continue,
            command => {
                // Variables set by earlier commands are there for later ones, as in one terminal.
                let command = command.replace(SHOWN, &shell.address.to_string());
                let printed = shell.run(&format!("{script}\necho '>>>'\n{command}"));
                script.push_str(&format!("\n{{ {command}\n}} >/dev/null 2>&1"));
                printed.rsplit(">>>\n").next().unwrap_or_default().to_owned()
            }
        };
        // The README may stop early: what it leaves out it marks.
        let shown = masked(&output);
        let printed = masked(&printed);
        match shown.trim_end().strip_suffix("...") {
            Some(start) => assert!(printed.starts_with(start.trim_end()), "$ {command}\nprints\n{printed}\nnot\n{shown}"),
            None => assert_eq!(printed.trim_end(), shown.trim_end(), "$ {command}"),
        }
        ran += 1;
    }
    assert!(ran >= 5, "the README shows only {ran} commands");
}
