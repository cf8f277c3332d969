//! The compiler, watched: Cargo calls this program in its place, with the compiler's path as the first argument.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::limits::{self, Limits};

/// The environment variable that names the folder for what is measured.
pub const FOLDER: &str = "SPECMINT_CORPUS_MEASURED";

const LIMITS: Limits = Limits {
    time: Duration::from_secs(1200),
    mebibytes: 12 << 10,
};

/// What a compilation took.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measured {
    pub seconds: f64,
    pub mebibytes: u64,
    /// Why it was ended, if it was.
    pub overrun: Option<String>,
}

pub fn run() -> ExitCode {
    match compile() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("specmint-corpus: error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compile() -> std::io::Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let rustc = arguments.next().unwrap_or_else(|| "rustc".into());
    let arguments: Vec<OsString> = arguments.collect();
    let ended = limits::watch(Command::new(rustc).args(&arguments).spawn()?, LIMITS)?;
    let name = arguments
        .iter()
        .position(|argument| argument == "--crate-name");
    let name = name.and_then(|at| arguments.get(at + 1));
    if let (Some(name), Some(folder)) = (name, std::env::var_os(FOLDER)) {
        let measured = Measured {
            seconds: ended.seconds,
            mebibytes: ended.mebibytes,
            overrun: ended.overrun(LIMITS),
        };
        std::fs::write(
            PathBuf::from(folder).join(name),
            serde_json::to_vec(&measured)?,
        )?;
    }
    let code = ended.status.and_then(|status| status.code()).unwrap_or(1);
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}
