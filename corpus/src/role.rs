//! What a process of this program is for: the program starts itself again for what has to be watched.

use std::ffi::OsStr;
use std::process::Command;

/// Other than reporting.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// Generates one document.
    Generate,
    /// Is called by Cargo in the place of rustc.
    Rustc,
}

/// The environment variable that says it: Cargo passes no arguments of ours on.
pub const VARIABLE: &str = "SPECMINT_CORPUS_ROLE";

impl Role {
    pub fn of_this_process() -> Option<Self> {
        let name = std::env::var_os(VARIABLE)?;
        [Self::Generate, Self::Rustc]
            .into_iter()
            .find(|role| OsStr::new(role.name()) == name)
    }

    /// A process of this program in this role.
    pub fn command(self) -> std::io::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.env(VARIABLE, self.name());
        Ok(command)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Generate => "generate",
            Self::Rustc => "rustc",
        }
    }
}
