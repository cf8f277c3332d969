//! What commands say. Nobody may be listening any more, which is no reason to fail.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

/// Says `text` on standard output.
pub(crate) fn say(text: impl Display) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Says `text` on standard error, beside the output.
pub(crate) fn note(text: impl Display) {
    let _ = writeln!(stderr().lock(), "specmint: {text}");
}

/// Says on standard error why the command failed.
pub(crate) fn complain(text: impl Display) {
    let _ = writeln!(stderr().lock(), "specmint: error: {text}");
}
