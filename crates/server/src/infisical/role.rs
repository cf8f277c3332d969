//! The roles of an organization, and who may mint tokens for whom.

use serde::{Deserialize, Serialize};

/// What an identity may do in its organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    /// Nothing.
    NoAccess,
    /// What members do; minting for those who may do no more.
    Member,
    /// Everything.
    Admin,
}

/// Why an identity may not mint for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// It may not mint at all.
    Permission,
    /// The other may do more than itself.
    Boundary,
}

impl Role {
    /// Whether an identity of this role may mint a token for one of role `other`.
    pub(super) fn may_mint_for(self, other: Self) -> Result<(), Denied> {
        if self == Self::NoAccess {
            Err(Denied::Permission)
        } else if self < other {
            Err(Denied::Boundary)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Denied::{Boundary, Permission};
    use super::Role::{Admin, Member, NoAccess};

    #[test]
    fn nobody_mints_upwards_and_who_has_no_access_never_does() {
        for (caller, other, expected) in [
            (Admin, Admin, Ok(())),
            (Admin, Member, Ok(())),
            (Admin, NoAccess, Ok(())),
            (Member, Admin, Err(Boundary)),
            (Member, Member, Ok(())),
            (Member, NoAccess, Ok(())),
            (NoAccess, Admin, Err(Permission)),
            (NoAccess, Member, Err(Permission)),
            (NoAccess, NoAccess, Err(Permission)),
        ] {
            assert_eq!(
                caller.may_mint_for(other),
                expected,
                "{caller:?} for {other:?}"
            );
        }
    }
}
