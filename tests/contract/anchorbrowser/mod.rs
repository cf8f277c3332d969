//! AnchorBrowser: applications, how people sign in to them, identities, and the tokens and pages that link them.

pub mod applications;
pub mod auth_flows;
pub mod browser;
pub mod hostile_pages;
pub mod identities;
pub mod lifecycle;
pub mod operations;
pub mod page;
pub mod redeeming;
pub mod refusals;
pub mod token;

use libtest_mimic::Trial;

/// All scenarios of this provider.
pub fn trials() -> Vec<Trial> {
    let mut trials = token::trials();
    trials.extend(applications::trials());
    trials.extend(auth_flows::trials());
    trials.extend(identities::trials());
    trials.extend(page::trials());
    trials.extend(redeeming::trials());
    trials.extend(hostile_pages::trials());
    trials.extend(refusals::trials());
    trials.extend(lifecycle::trials());
    trials
}
