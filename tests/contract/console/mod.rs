//! The console, as a browser sees it.

mod browser;
mod lifecycle;
mod pages;
mod session;

use libtest_mimic::Trial;

/// The scenarios of the console.
pub fn trials() -> Vec<Trial> {
    [session::trials(), pages::trials(), lifecycle::trials()]
        .into_iter()
        .flatten()
        .collect()
}
