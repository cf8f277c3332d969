//! The providers whose APIs are served.

use std::fmt;
use std::str::FromStr;

use specmint::{anchorbrowser, applivery, beyond_identity, infisical, vtex};

/// One of the APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provider {
    /// AnchorBrowser.
    AnchorBrowser,
    /// Infisical.
    Infisical,
    /// Applivery.
    Applivery,
    /// Beyond Identity.
    BeyondIdentity,
    /// VTEX.
    Vtex,
}

impl Provider {
    /// All of them, in the order in which they are listed everywhere.
    pub const ALL: [Self; 5] = [
        Self::AnchorBrowser,
        Self::Infisical,
        Self::Applivery,
        Self::BeyondIdentity,
        Self::Vtex,
    ];

    /// The name on the command line and in paths: that of the contract's folder.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AnchorBrowser => "anchorbrowser",
            Self::Infisical => "infisical",
            Self::Applivery => "applivery",
            Self::BeyondIdentity => "beyond-identity",
            Self::Vtex => "vtex",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::AnchorBrowser => "AnchorBrowser",
            Self::Infisical => "Infisical",
            Self::Applivery => "Applivery",
            Self::BeyondIdentity => "Beyond Identity",
            Self::Vtex => "VTEX",
        }
    }

    /// The contract as it stands, as JSON.
    #[must_use]
    pub const fn contract_json(self) -> &'static str {
        match self {
            Self::AnchorBrowser => anchorbrowser::CONTRACT_JSON,
            Self::Infisical => infisical::CONTRACT_JSON,
            Self::Applivery => applivery::CONTRACT_JSON,
            Self::BeyondIdentity => beyond_identity::CONTRACT_JSON,
            Self::Vtex => vtex::CONTRACT_JSON,
        }
    }

    /// The contract as it stands, as YAML.
    #[must_use]
    pub const fn contract_yaml(self) -> &'static str {
        match self {
            Self::AnchorBrowser => anchorbrowser::CONTRACT_YAML,
            Self::Infisical => infisical::CONTRACT_YAML,
            Self::Applivery => applivery::CONTRACT_YAML,
            Self::BeyondIdentity => beyond_identity::CONTRACT_YAML,
            Self::Vtex => vtex::CONTRACT_YAML,
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name is none of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no such API; the APIs are anchorbrowser, infisical, applivery, beyond-identity and vtex"
)]
pub struct UnknownProvider;

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(name: &str) -> Result<Self, UnknownProvider> {
        let found = Self::ALL
            .into_iter()
            .find(|provider| provider.name() == name);
        found.ok_or(UnknownProvider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_an_unknown_one_lists_them() {
        for provider in Provider::ALL {
            assert_eq!(provider.name().parse(), Ok(provider));
            assert!(UnknownProvider.to_string().contains(provider.name()));
        }
        assert_eq!("VTEX".parse::<Provider>(), Err(UnknownProvider));
    }
}
