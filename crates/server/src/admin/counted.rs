//! How many there are of what, in words.

use specmint_store::{OwnerCount, TokenCount};

use super::titles::kind_title_of;

/// What is a part of another: the clients of applications, and by what identities have their tokens.
const PARTS: [&str; 2] = ["client", "token_auth"];

/// So many of each kind, as a list.
pub(crate) fn owners<'a>(counts: impl IntoIterator<Item = &'a OwnerCount>) -> Vec<String> {
    let counts = counts.into_iter();
    let whole = counts.filter(|count| !PARTS.contains(&count.kind.as_str()));
    let words = whole.map(|count| {
        let kind = kind_title_of(&count.kind, count.count);
        format!("{} {kind}", count.count)
    });
    words.collect()
}

/// The same, in a sentence.
pub(crate) fn listed(counts: &[OwnerCount]) -> String {
    let mut words = owners(counts);
    match words.pop() {
        None => String::new(),
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
    }
}

/// Tokens that are not revoked yet, and how many of them may be used; nothing, where there are none.
pub(crate) fn tokens(counts: &[TokenCount]) -> Option<String> {
    let active: u64 = counts.iter().map(|count| count.active).sum();
    let over = counts.iter().map(|count| count.expired + count.exhausted);
    let all = active + over.sum::<u64>();
    Some(match (all, active) {
        (0, _) => return None,
        (1, 1) => "1 active token".to_owned(),
        (1, _) => "1 token, which is not active".to_owned(),
        _ if all == active => format!("{all} active tokens"),
        _ => format!("{all} tokens, {active} of them active"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(kind: &str, count: u64) -> OwnerCount {
        let (api, kind) = ("x".to_owned(), kind.to_owned());
        OwnerCount { api, kind, count }
    }

    #[test]
    fn owners_are_listed_without_their_parts() {
        let counts = [
            owner("application", 3),
            owner("client", 3),
            owner("identity", 1),
        ];
        assert_eq!(listed(&counts), "3 applications and 1 identity");
        assert_eq!(listed(&counts[1..]), "1 identity");
        assert_eq!(listed(&counts[1..2]), "");
    }

    #[test]
    fn tokens_are_told_by_their_worth() {
        let of = |active, expired, exhausted| {
            tokens(&[TokenCount {
                api: String::new(),
                kind: String::new(),
                active,
                expired,
                exhausted,
                revoked: 7,
            }])
        };
        for ((active, expired, exhausted), told) in [
            ((0, 0, 0), None),
            ((1, 0, 0), Some("1 active token")),
            ((0, 1, 0), Some("1 token, which is not active")),
            ((2, 0, 0), Some("2 active tokens")),
            ((2, 1, 1), Some("4 tokens, 2 of them active")),
        ] {
            assert_eq!(of(active, expired, exhausted).as_deref(), told);
        }
    }
}
