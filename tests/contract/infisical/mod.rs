//! Infisical: machine identities, their Token Auth, and its access tokens.

mod administrators;
mod held;
mod identities;
mod issues;
mod lifecycle;
mod mint;
mod permissions;
mod statuses;
mod token_auth;
mod tokens;
mod trusted_ips;
mod world;

use libtest_mimic::Trial;

/// All scenarios of this provider.
pub fn trials() -> Vec<Trial> {
    let mut trials = identities::trials();
    trials.extend(token_auth::trials());
    trials.extend(mint::trials());
    trials.extend(tokens::trials());
    trials.extend(held::trials());
    trials.extend(trusted_ips::trials());
    trials.extend(permissions::trials());
    trials.extend(administrators::trials());
    trials.extend(issues::trials());
    trials.extend(statuses::trials());
    trials.extend(lifecycle::trials());
    trials
}
