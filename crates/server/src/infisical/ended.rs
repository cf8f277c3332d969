//! Why a token that was good once opens nothing any more, in the words of what it was shown for.

/// What a token is shown for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To call an operation.
    Authorize,
    /// To be renewed.
    Renew,
    /// To be revoked.
    Revoke,
}

/// What has become of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was never kept, or is swept.
    Unknown,
    /// It was revoked.
    Revoked,
    /// Its identity was deleted.
    IdentityDeleted,
    /// Its identity has no Token Auth any more, or another.
    AuthMethodRemoved,
    /// It was used as often as it may be.
    UsedUp,
    /// It was kept good for as long as it can be.
    MaxTtlReached,
}

impl Ended {
    /// The vendor's sentence.
    pub(super) const fn message(self, purpose: Purpose) -> &'static str {
        match (purpose, self) {
            (Purpose::Authorize, Self::Unknown) | (Purpose::Revoke, _) => {
                "No identity access token found"
            }
            (Purpose::Authorize, Self::Revoked) => "Failed to authorize: token has been revoked",
            (Purpose::Authorize, Self::IdentityDeleted) => {
                "Failed to authorize: identity tokens have been revoked"
            }
            (Purpose::Authorize, Self::AuthMethodRemoved) => {
                "Failed to authorize: auth method has been revoked"
            }
            (Purpose::Authorize, Self::UsedUp) => "Failed to authorize: token usage limit reached",
            (Purpose::Renew, Self::Unknown) => "Cannot renew revoked or unknown access token",
            (Purpose::Renew, Self::Revoked) => "Cannot renew: token has been revoked",
            (Purpose::Renew, Self::IdentityDeleted) => {
                "Cannot renew: identity tokens have been revoked"
            }
            (Purpose::Renew, Self::AuthMethodRemoved) => {
                "Cannot renew: auth method has been revoked"
            }
            (Purpose::Renew, Self::UsedUp) => "Cannot renew exhausted access token",
            (_, Self::MaxTtlReached) => {
                "Cannot renew: identity access token has reached its max TTL"
            }
        }
    }
}
