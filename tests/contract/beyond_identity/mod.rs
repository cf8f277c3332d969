//! Beyond Identity: OAuth 2.0 as RFC 6749, 7636, 7009 and 9700 have it.

pub mod authorize;
pub mod checklist;
pub mod client_authentication;
pub mod code;
pub mod flow;
pub mod page;
pub mod redirects;
pub mod revoke;
pub mod token;

use libtest_mimic::Trial;

/// All scenarios of this provider.
pub fn trials() -> Vec<Trial> {
    let mut trials = client_authentication::trials();
    trials.extend(token::trials());
    trials.extend(authorize::trials());
    trials.extend(redirects::trials());
    trials.extend(page::trials());
    trials.extend(code::trials());
    trials.extend(revoke::trials());
    trials
}
