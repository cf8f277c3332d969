//! VTEX: the payment provider's configuration flow, from a token over a merchant's decision to credentials, and what
//! those open.

mod accounts;
mod credentials;
mod decisions;
pub mod flow;
mod pages;
mod refusals;
mod token;

/// All scenarios of this API.
pub fn trials() -> Vec<libtest_mimic::Trial> {
    let mut trials = token::trials();
    trials.extend(pages::trials());
    trials.extend(accounts::trials());
    trials.extend(decisions::trials());
    trials.extend(credentials::trials());
    trials.extend(refusals::trials());
    trials
}
