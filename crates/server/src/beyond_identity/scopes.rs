//! The `scope` parameter (RFC 6749, section 3.3) and what an application may be granted.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The scope that makes a request one of OpenID Connect.
pub(super) const OPENID: &str = "openid";

/// The scope that asks for the names of a person (OpenID Connect Core 1.0, section 5.4).
pub(super) const PROFILE: &str = "profile";

/// Likewise for the address.
pub(super) const EMAIL: &str = "email";

/// Scopes that ask for claims which nobody here has (OpenID Connect Core 1.0, section 5.4). Clients ask for them beside
/// the others, and have to be told nothing for it.
const ADDRESS: &str = "address";
const PHONE: &str = "phone";

/// The scope by which OpenID Connect asks for a refresh token (Core 1.0, section 11).
pub(super) const OFFLINE_ACCESS: &str = "offline_access";

/// Scopes of OpenID Connect. They ask who a person is and not for an access right, so that a person may always be asked
/// for them, and no application needs to be allowed them.
pub(super) const OF_OPENID: [&str; 6] = [OPENID, PROFILE, EMAIL, ADDRESS, PHONE, OFFLINE_ACCESS];

/// A set of scopes in the order in which they were named; its text is the one of the `scope` parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Scopes(Vec<String>);

/// What a person is asked to approve.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// What was named; all that is allowed, if nothing was.
    pub(super) scopes: Scopes,
    /// What may be named later: where only scopes of OpenID Connect were, all that is allowed, because the vendor's
    /// sample names its scopes with the code.
    pub(super) more: Scopes,
}

/// The requested scope is malformed, unknown, or not for this application: `invalid_scope`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InvalidScope;

impl Scopes {
    /// These scopes.
    pub(crate) fn new(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(scopes.into_iter().map(Into::into).collect())
    }

    /// These scopes, each once.
    pub(super) fn distinct(scopes: Vec<String>) -> Self {
        let mut seen = HashSet::new();
        let scopes = scopes.into_iter();
        Self(scopes.filter(|scope| seen.insert(scope.clone())).collect())
    }

    /// Takes out those that are not known; all, where nothing is.
    pub(super) fn retain_known(&mut self, known: Option<&Self>) {
        self.0
            .retain(|scope| known.is_some_and(|known| known.contains(scope)));
    }

    /// Whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `scope` is one of these.
    pub(super) fn contains(&self, scope: &str) -> bool {
        self.0.iter().any(|known| known == scope)
    }

    /// What a request for `scope` may have out of these: what it names, or, when it names nothing, all.
    pub(super) fn grant(&self, scope: Option<&str>) -> Result<Self, InvalidScope> {
        let Some(scope) = scope else {
            return Ok(self.clone());
        };
        self.named(scope.split(' '))
    }

    /// As [`grant`](Self::grant), where a person is present, who may also be asked for scopes of OpenID Connect.
    /// `offline_access` is ignored where the application has no refresh tokens.
    pub(super) fn ask(&self, scope: Option<&str>, offline: bool) -> Result<Asked, InvalidScope> {
        let named = scope.map(|scope| without_offline(scope, offline));
        let Some(named) = named.filter(|named| !named.is_empty()) else {
            return Ok(Asked {
                scopes: self.clone(),
                more: Self::default(),
            });
        };
        let scopes = self.and(&Self::new(OF_OPENID)).named(named.split(' '))?;
        let of_openid_only = scopes.iter().all(|scope| OF_OPENID.contains(&scope));
        let more = if of_openid_only {
            self.clone()
        } else {
            Self::default()
        };
        Ok(Asked { scopes, more })
    }

    /// These scopes, and `others` after them.
    pub(super) fn and(&self, others: &Self) -> Self {
        let others = others.0.iter().filter(|scope| !self.contains(scope));
        Self(self.0.iter().chain(others).cloned().collect())
    }

    /// Those of these that `scopes` names, each once. What is malformed is none of these.
    fn named<'a>(&self, scopes: impl Iterator<Item = &'a str>) -> Result<Self, InvalidScope> {
        let mut named = Self::default();
        for scope in scopes {
            if !self.contains(scope) {
                return Err(InvalidScope);
            }
            if !named.contains(scope) {
                named.0.push(scope.to_owned());
            }
        }
        Ok(named)
    }

    /// Each scope in turn.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Whether `scope` makes a request one of OpenID Connect (Core 1.0, section 3.1.2.1).
pub(super) fn is_of_openid(scope: Option<&str>) -> bool {
    scope.is_some_and(|scope| scope.split(' ').any(|named| named == OPENID))
}

/// What `scope` names, without `offline_access` where there is no refresh token to ask for.
pub(super) fn without_offline(scope: &str, offline: bool) -> String {
    let named = scope.split(' ');
    let named = named.filter(|scope| offline || *scope != OFFLINE_ACCESS);
    named.collect::<Vec<_>>().join(" ")
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> Scopes {
        Scopes::new(["tokens:read", "tokens:delete"])
    }

    fn asked(scopes: &[&str], more: &[&str]) -> Result<Asked, InvalidScope> {
        Ok(Asked {
            scopes: Scopes::new(scopes.iter().copied()),
            more: Scopes::new(more.iter().copied()),
        })
    }

    #[test]
    fn no_scope_means_all_that_is_allowed() {
        let all = ["tokens:read", "tokens:delete"];
        assert_eq!(allowed().grant(None), Ok(allowed()));
        assert_eq!(allowed().ask(None, true), asked(&all, &[]));
        assert_eq!(
            allowed().ask(Some("offline_access"), false),
            asked(&all, &[])
        );
    }

    #[test]
    fn a_subset_is_granted_as_asked() {
        let one = Ok(Scopes::new(["tokens:read"]));
        assert_eq!(allowed().grant(Some("tokens:read tokens:read")), one);
        assert_eq!(
            allowed().ask(Some("tokens:read openid profile"), true),
            asked(&["tokens:read", "openid", "profile"], &[])
        );
    }

    #[test]
    fn who_asks_for_an_identity_alone_may_name_scopes_later() {
        let all = ["tokens:read", "tokens:delete"];
        assert_eq!(
            allowed().ask(Some("openid offline_access"), true),
            asked(&["openid", "offline_access"], &all)
        );
        assert_eq!(
            allowed().ask(Some("openid offline_access"), false),
            asked(&["openid"], &all)
        );
    }

    #[test]
    fn what_the_resource_server_does_not_know_is_taken_out() {
        let known = Scopes::new(["tokens:read", "realms:read"]);
        let mut scopes = allowed();
        scopes.retain_known(Some(&known));
        assert_eq!(scopes, Scopes::new(["tokens:read"]));
        scopes.retain_known(None);
        assert_eq!(scopes, Scopes::default());
    }

    #[test]
    fn what_is_not_allowed_is_refused_not_dropped() {
        for scope in ["tokens:read realms:read", "openid", "offline_access"] {
            assert_eq!(allowed().grant(Some(scope)), Err(InvalidScope), "{scope}");
        }
        assert_eq!(
            allowed().ask(Some("openid realms:read"), true),
            Err(InvalidScope)
        );
    }

    #[test]
    fn malformed_scopes_are_refused() {
        for scope in [
            "tokens:read  tokens:delete",
            " tokens:read",
            "tokens\tread",
            "a\"b",
            "a\\b",
            "é",
        ] {
            assert_eq!(allowed().grant(Some(scope)), Err(InvalidScope), "{scope}");
            assert_eq!(
                allowed().ask(Some(scope), true),
                Err(InvalidScope),
                "{scope}"
            );
        }
    }
}
