//! Writing, but only what changes: what is built from a file that stays the same is not built again.

use std::fs;
use std::io;
use std::path::Path;

/// Whether the file at `path` holds exactly `text`.
pub(crate) fn holds(path: &Path, text: &str) -> bool {
    fs::read(path).is_ok_and(|there| there == text.as_bytes())
}

/// Writes `text` to `path`, with the folders above it, unless it stands there already. Whether it was written.
///
/// # Errors
/// Those of the file system, with the path.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<bool> {
    if holds(path, text) {
        return Ok(false);
    }
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::write(path, text))
        .map_err(|error| named(&error, "write", path))?;
    Ok(true)
}

/// `error` with what was tried, and with what.
pub(crate) fn named(error: &io::Error, verb: &str, path: &Path) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("cannot {verb} `{}`: {error}", path.display()),
    )
}
