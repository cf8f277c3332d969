//! The roles of an organization, and what each of them may do to its machine identities.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What an identity may do in its organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    /// Nothing.
    NoAccess,
    /// See all identities; mint, rename and revoke tokens of those who may do no more.
    Member,
    /// Everything.
    Admin,
}

/// A role that no organization has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoSuchRole;

/// What may be done to identities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See identities and how their tokens are made.
    Read,
    /// Make identities, and attach Token Auth to them.
    Create,
    /// Change identities and how their tokens are made.
    Edit,
    /// Delete identities.
    Delete,
    /// Take Token Auth from them.
    RevokeAuth,
    /// See tokens.
    GetToken,
    /// Mint tokens.
    CreateToken,
    /// Rename tokens.
    UpdateToken,
    /// Revoke tokens.
    RevokeToken,
}

/// Why an identity may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// It may not do it at all.
    Permission(Action),
    /// The identity that it is to be done for may do more than itself.
    Boundary(Action),
}

impl Action {
    /// What the vendor's authorization library calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Delete => "delete",
            Self::RevokeAuth => "revoke-auth",
            Self::GetToken => "get-token",
            // The library has no word for a new name.
            Self::CreateToken | Self::UpdateToken => "create-token",
            Self::RevokeToken => "delete-token",
        }
    }

    /// What it does to a token, where it gives power over what the token may do.
    pub(super) const fn verb(self) -> Option<&'static str> {
        match self {
            Self::CreateToken => Some("create"),
            Self::UpdateToken => Some("update"),
            Self::RevokeToken => Some("revoke"),
            Self::Read
            | Self::Create
            | Self::Edit
            | Self::Delete
            | Self::RevokeAuth
            | Self::GetToken => None,
        }
    }
}

impl Role {
    /// The name in requests and answers.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::NoAccess => "no-access",
            Self::Member => "member",
            Self::Admin => "admin",
        }
    }

    /// Whether an identity of this role may do `action` to some identity.
    pub(super) fn may(self, action: Action) -> Result<(), Denied> {
        let may = match self {
            Self::NoAccess => false,
            Self::Member => {
                matches!(action, Action::Read | Action::GetToken) || action.verb().is_some()
            }
            Self::Admin => true,
        };
        may.then_some(()).ok_or(Denied::Permission(action))
    }

    /// Whether an identity of this role may do `action` to one of role `other`.
    pub(super) fn may_to(self, action: Action, other: Self) -> Result<(), Denied> {
        self.may(action)?;
        if action.verb().is_some() && self < other {
            return Err(Denied::Boundary(action));
        }
        Ok(())
    }
}

impl FromStr for Role {
    type Err = NoSuchRole;

    fn from_str(slug: &str) -> Result<Self, NoSuchRole> {
        let all = [Self::NoAccess, Self::Member, Self::Admin];
        let found = all.into_iter().find(|role| role.slug() == slug);
        found.ok_or(NoSuchRole)
    }
}

#[cfg(test)]
mod tests {
    use super::Action::*;
    use super::Denied::{Boundary, Permission};
    use super::Role::{Admin, Member, NoAccess};
    use super::*;

    const TO_TOKENS: [Action; 3] = [CreateToken, UpdateToken, RevokeToken];

    #[test]
    fn nobody_has_power_over_tokens_of_those_who_may_do_more() {
        for action in TO_TOKENS {
            for (caller, other, expected) in [
                (Admin, Admin, Ok(())),
                (Admin, Member, Ok(())),
                (Admin, NoAccess, Ok(())),
                (Member, Admin, Err(Boundary(action))),
                (Member, Member, Ok(())),
                (Member, NoAccess, Ok(())),
                (NoAccess, Admin, Err(Permission(action))),
                (NoAccess, Member, Err(Permission(action))),
                (NoAccess, NoAccess, Err(Permission(action))),
            ] {
                let outcome = caller.may_to(action, other);
                assert_eq!(outcome, expected, "{caller:?} for {other:?}");
            }
        }
    }

    #[test]
    fn members_see_everything_and_only_administrators_change_identities() {
        for action in [Read, GetToken] {
            assert_eq!(Member.may_to(action, Admin), Ok(()));
            assert_eq!(NoAccess.may(action), Err(Permission(action)));
        }
        for action in [Create, Edit, Delete, RevokeAuth] {
            assert_eq!(Admin.may_to(action, Admin), Ok(()));
            assert_eq!(Member.may_to(action, NoAccess), Err(Permission(action)));
            assert_eq!(NoAccess.may(action), Err(Permission(action)));
        }
    }

    #[test]
    fn a_slug_reads_back_and_is_what_is_kept() {
        for role in [NoAccess, Member, Admin] {
            assert_eq!(role.slug().parse(), Ok(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.slug());
        }
        assert_eq!("owner".parse::<Role>(), Err(NoSuchRole));
    }
}
