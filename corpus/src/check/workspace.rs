//! The workspace of the generated crates: one lock file and one target directory for all.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// Writes the workspace with these crates as its members, and makes Cargo look at each anew.
pub fn write(work: &Path, slugs: &[String]) -> io::Result<()> {
    let members: String = slugs
        .iter()
        .map(|slug| format!("    \"crates/{slug}\",\n"))
        .collect();
    // The profile is that of this repository, so that a target directory given by CARGO_TARGET_DIR serves both.
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n"
    );
    fs::write(work.join("Cargo.toml"), manifest)?;
    // The versions that this repository is tested with, where it is at hand.
    if Path::new("Cargo.lock").is_file() {
        fs::copy("Cargo.lock", work.join("Cargo.lock"))?;
    }
    let measured = work.join("measured");
    fs::create_dir_all(&measured)?;
    for slug in slugs {
        let _ = fs::remove_file(measured.join(slug.replace('-', "_")));
        let root = work.join("crates").join(slug).join("src/lib.rs");
        File::options()
            .append(true)
            .open(root)?
            .set_modified(SystemTime::now())?;
    }
    Ok(())
}
