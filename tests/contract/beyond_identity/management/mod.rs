//! The management API: who may use it, and what it does.

mod access;
mod applications;
mod lifecycle;
pub mod manager;
mod pages;
mod refusals;
mod resource_servers;
mod settings;
mod tokens;

use libtest_mimic::Trial;

/// All scenarios of the management API.
pub fn trials() -> Vec<Trial> {
    let mut trials = access::trials();
    trials.extend(refusals::trials());
    trials.extend(resource_servers::trials());
    trials.extend(applications::trials());
    trials.extend(settings::trials());
    trials.extend(tokens::trials());
    trials.extend(pages::trials());
    trials.extend(lifecycle::trials());
    trials
}
