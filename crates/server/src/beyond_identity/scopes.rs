//! The `scope` parameter (RFC 6749, section 3.3) and what an application may be granted.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The scope that makes a request one of OpenID Connect. It asks for an identity, not for an access right, so it
/// is never granted to an access token and always free to ask for at `/authorize`.
pub(super) const OPENID: &str = "openid";

/// A set of scopes in the order in which they were named; its text is the one of the `scope` parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Scopes(Vec<String>);

/// The requested scope is malformed, unknown, or not for this application: `invalid_scope`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InvalidScope;

impl Scopes {
    /// These scopes.
    pub(crate) fn new(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(scopes.into_iter().map(Into::into).collect())
    }

    /// Takes out those that are not known; all, where nothing is.
    pub(super) fn retain_known(&mut self, known: Option<&Self>) {
        self.0
            .retain(|scope| known.is_some_and(|known| known.contains(scope)));
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

    /// As [`grant`](Self::grant), where a person is present: `openid` may be asked for as well, and asking for
    /// nothing else is asking for all.
    pub(super) fn grant_to_person(&self, scope: Option<&str>) -> Result<Self, InvalidScope> {
        let Some(scope) = scope else {
            return Ok(self.clone());
        };
        let asked = self.named(scope.split(' ').filter(|scope| *scope != OPENID))?;
        if asked.0.is_empty() {
            Ok(self.clone())
        } else {
            Ok(asked)
        }
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

    #[test]
    fn no_scope_means_all_that_is_allowed() {
        assert_eq!(allowed().grant(None), Ok(allowed()));
        assert_eq!(allowed().grant_to_person(Some("openid")), Ok(allowed()));
    }

    #[test]
    fn a_subset_is_granted_as_asked() {
        let one = Ok(Scopes::new(["tokens:read"]));
        assert_eq!(allowed().grant(Some("tokens:read tokens:read")), one);
        assert_eq!(allowed().grant_to_person(Some("openid tokens:read")), one);
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
        assert_eq!(
            allowed().grant(Some("tokens:read realms:read")),
            Err(InvalidScope)
        );
        assert_eq!(allowed().grant(Some("openid")), Err(InvalidScope));
        assert_eq!(
            allowed().grant_to_person(Some("openid realms:read")),
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
                allowed().grant_to_person(Some(scope)),
                Err(InvalidScope),
                "{scope}"
            );
        }
    }
}
