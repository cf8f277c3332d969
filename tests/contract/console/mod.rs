//! The console, as a browser sees it.

mod browser;
mod door;
mod lifecycle;
mod owners;
mod pages;
mod session;
mod telling;
mod trail;

use libtest_mimic::Trial;

/// The scenarios of the console.
pub fn trials() -> Vec<Trial> {
    [
        door::trials(),
        session::trials(),
        pages::trials(),
        telling::trials(),
        owners::trials(),
        trail::trials(),
        lifecycle::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
