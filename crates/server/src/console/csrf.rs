//! What every form carries, so that no other site's page can send one: a digest of the cookie that only our pages'
//! browser has. It tells nothing of the cookie.

use specmint_store::Digest;

/// The name of the form's member.
pub(super) const MEMBER: &str = "csrf";

/// What a form carries where the browser has `cookie`.
pub(super) fn of(cookie: &str) -> String {
    Digest::of(format!("specmint console form\n{cookie}")).to_hex()
}

/// Whether a form carries that; takes as long whatever the answer.
pub(super) fn verify(cookie: &str, carried: &str) -> bool {
    Digest::of(of(cookie)).verify(carried)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn belongs_to_one_cookie() {
        assert!(verify("a", &of("a")));
        assert!(!verify("b", &of("a")));
        assert!(!verify("a", ""));
        assert!(!verify("a", "a"));
    }
}
