//! A copy of the workspace that may be edited, built as a user would build it.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::workspace;

/// The copy. It is built into the target directory of the tests, where its dependencies are.
pub struct Copy {
    folder: TempDir,
}

impl Copy {
    /// Copies what a build reads.
    pub fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = workspace();
        for name in ["Cargo.toml", "Cargo.lock", "build.rs"] {
            fs::copy(root.join(name), folder.path().join(name)).unwrap();
        }
        for name in ["src", "openapi", "crates", "tests", "benches", "corpus"] {
            copy_folder(&root.join(name), &folder.path().join(name));
        }
        // Another version, so that what is built of the copy does not take the place of what the tests are made of.
        let manifest = folder.path().join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        let version = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
        assert_eq!(text.matches(&version).count(), 1);
        fs::write(
            &manifest,
            text.replace(&version, "version = \"0.0.0-edited\""),
        )
        .unwrap();
        Self { folder }
    }

    /// Runs a command in the copy, which has to succeed.
    pub fn run(&self, command: &str) {
        let status = Command::new("sh")
            .args(["-c", command])
            .current_dir(self.folder.path())
            .status()
            .unwrap();
        assert!(status.success(), "{command}");
    }

    /// Builds, which has to fail, and gives what was said. What is built is what `make test` builds, so that the
    /// dependencies in the target directory are found as they are.
    pub fn build(&self) -> String {
        let target = Path::new(env!("CARGO_BIN_EXE_specmint"))
            .ancestors()
            .nth(2)
            .unwrap();
        let output = Command::new(env!("CARGO"))
            .args([
                "test",
                "--no-run",
                "--workspace",
                "--offline",
                "--target-dir",
            ])
            .arg(target)
            .current_dir(self.folder.path())
            .env("CARGO_TERM_COLOR", "never")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "the build passed:\n{said}");
        said
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (source, copy) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&source, &copy);
        } else {
            fs::copy(source, copy).unwrap();
        }
    }
}
