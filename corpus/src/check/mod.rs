//! Compiling what was generated: one `cargo check` for all crates, which checks as many at once as there are cores.

mod cache;
mod messages;
pub mod rustc;
mod workspace;

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::generate;
use crate::outcome::{Checked, End, Message, Outcome};
use crate::role::{self, Role};

use cache::Cache;

/// Compiles the crates of all outcomes that have one and were not compiled before just as they are.
pub fn all(outcomes: &mut [Outcome], work: &Path, runtime: &Path) -> io::Result<()> {
    let cache = Cache::new(work, runtime)?;
    let mut open = Vec::new();
    for outcome in &mut *outcomes {
        if outcome.generation.end != End::Generated {
            continue;
        }
        let folder = generate::folder(work, &outcome.document);
        let key = cache.key(&folder)?;
        outcome.checked = cache.get(&key);
        if outcome.checked.is_none() {
            open.push((outcome, key));
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    let slugs: Vec<String> = open
        .iter()
        .map(|(outcome, _)| outcome.document.slug())
        .collect();
    workspace::write(work, &slugs)?;
    let mut said = cargo(work)?;
    for (outcome, key) in open {
        let slug = outcome.document.slug();
        let said = said.remove(&slug).unwrap_or_default();
        outcome.checked = Some(match measured(work, &slug) {
            Some(measured) => {
                let checked = together(said, measured);
                cache.put(&key, &checked)?;
                checked
            }
            // It is tried again.
            None => broken("cargo did not come to it: see what it says on standard error"),
        });
    }
    Ok(())
}

fn together(said: Checked, measured: rustc::Measured) -> Checked {
    let said = match measured.overrun {
        Some(why) => broken(&format!("rustc was {why}")),
        None => said,
    };
    Checked {
        seconds: measured.seconds,
        mebibytes: measured.mebibytes,
        ..said
    }
}

fn broken(why: &str) -> Checked {
    Checked {
        errors: vec![Message::plain(why.to_owned())],
        ..Checked::default()
    }
}

/// What rustc says of each crate.
fn cargo(work: &Path) -> io::Result<HashMap<String, Checked>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--quiet",
            "--message-format=json",
        ])
        .current_dir(work)
        .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe()?)
        .env(role::VARIABLE, Role::Rustc.name())
        .env(rustc::FOLDER, work.join("measured"))
        // Cargo's own variables of the run that this program may be part of are not those of the generated crates.
        .env_remove("CARGO_MANIFEST_DIR")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = cargo.spawn()?;
    let said = child
        .stdout
        .take()
        .map(|out| messages::read(BufReader::new(out)));
    child.wait()?;
    said.transpose().map(Option::unwrap_or_default)
}

fn measured(work: &Path, slug: &str) -> Option<rustc::Measured> {
    let file = work.join("measured").join(slug.replace('-', "_"));
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}
