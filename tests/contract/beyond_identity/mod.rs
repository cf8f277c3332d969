//! Beyond Identity: OAuth 2.0 as RFC 6749, 7636, 7009, 7662, 8414, 9207 and 9700 have it, and OpenID Connect.

pub mod authorize;
pub mod checklist;
pub mod client_authentication;
pub mod code;
pub mod cross_origin;
pub mod discovery;
pub mod flow;
pub mod hints;
pub mod introspect;
pub mod keys;
pub mod management;
pub mod openid;
pub mod page;
pub mod posted;
pub mod redirects;
pub mod refresh;
pub mod revoke;
pub mod settings;
pub mod token;
pub mod userinfo;

use libtest_mimic::Trial;

/// All scenarios of this provider.
pub fn trials() -> Vec<Trial> {
    let mut trials = client_authentication::trials();
    trials.extend(token::trials());
    trials.extend(authorize::trials());
    trials.extend(redirects::trials());
    trials.extend(page::trials());
    trials.extend(posted::trials());
    trials.extend(hints::trials());
    trials.extend(cross_origin::trials());
    trials.extend(code::trials());
    trials.extend(revoke::trials());
    trials.extend(refresh::trials());
    trials.extend(openid::trials());
    trials.extend(settings::trials());
    trials.extend(introspect::trials());
    trials.extend(userinfo::trials());
    trials.extend(discovery::trials());
    trials.extend(keys::trials());
    trials.extend(management::trials());
    trials
}
