//! What someone who edits a contract sees: the compiler names the handler that the edit touches, and a contract that is
//! wrong is a diagnostic with its place. The workspace is copied, edited and built as a user would.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A copy of the workspace that may be edited, built into the same target directory as the tests.
struct Copy {
    folder: TempDir,
}

impl Copy {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = workspace();
        for name in ["Cargo.toml", "Cargo.lock", "build.rs", "README.md"] {
            fs::copy(root.join(name), folder.path().join(name)).unwrap();
        }
        for name in ["src", "openapi", "crates", "tests", "benches"] {
            copy_folder(&root.join(name), &folder.path().join(name));
        }
        Self { folder }
    }

    /// Replaces the one place of `file` that reads `from`.
    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{file}: {from:?}");
        fs::write(&path, text.replace(from, to)).unwrap();
    }

    /// Builds, which has to fail, and gives what was said. What is built is what `make test` builds, so that the
    /// dependencies in the target directory are found as they are.
    fn build(&self) -> String {
        let output = Command::new(env!("CARGO"))
            .args(["test", "--no-run", "--workspace", "--offline", "--target-dir"])
            .arg(target())
            .current_dir(self.folder.path())
            .env("CARGO_TERM_COLOR", "never")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "the build passed:\n{said}");
        said
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The target directory that this test's own binary was built into.
fn target() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_specmint")).ancestors().nth(2).unwrap()
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

#[test]
fn an_edit_of_a_contract_is_told_by_the_compiler_and_a_wrong_one_by_a_diagnostic() {
    let copy = Copy::make();

    // The application is no longer named by a UUID: the handler that takes one does not compile, at that argument.
    copy.edit("openapi/anchorbrowser/openapi.yaml", "            format: uuid\n", "");
    let said = copy.build();
    assert!(said.contains("error[E0053]: method `create_identity_token` has an incompatible type for trait"), "{said}");
    assert!(said.contains("--> crates/server/src/anchorbrowser.rs:"), "{said}");
    assert!(said.contains("application_id: Uuid"), "{said}");

    // A slip of the pen in another contract: the build names the file, the line and what to do.
    let file = "openapi/vtex/openapi.yaml";
    copy.edit(file, "requestBody:", "requestBodi:");
    let said = copy.build();
    assert!(said.contains("openapi/vtex/openapi.yaml:22:7"), "{said}");
    assert!(said.contains("`requestBodi`") && said.contains("`requestBody`"), "{said}");
}
