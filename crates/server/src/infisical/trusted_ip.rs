//! From where the tokens of an identity may be used.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use specmint::infisical::models;
use specmint_runtime::{Network, client_address};

use super::error::Error;

/// An address or a network, kept as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct TrustedIp(Network);

impl TrustedIp {
    /// All addresses there are.
    pub(crate) fn anywhere() -> Vec<Self> {
        ["0.0.0.0/0", "::/0"]
            .into_iter()
            .filter_map(|text| text.parse().ok().map(Self))
            .collect()
    }

    /// What a request asks for.
    pub(super) fn read(asked: &[models::TrustedIpRequest]) -> Result<Vec<Self>, Error> {
        let networks = asked.iter().map(|ip| ip.ip_address.parse().map(Self));
        networks
            .collect::<Result<_, _>>()
            .map_err(|_| Error::InvalidTrustedIp)
    }

    /// Whether the client whose request is being answered is at one of `trusted`.
    pub(super) fn admit(trusted: &[Self]) -> Result<(), Error> {
        let at = |client| trusted.iter().any(|Self(network)| network.contains(client));
        match client_address() {
            Some(client) if at(client) => Ok(()),
            _ => Err(Error::UntrustedIp),
        }
    }

    /// As it is shown.
    pub(super) fn shown(self) -> models::TrustedIp {
        let address = self.0.address();
        models::TrustedIp {
            ip_address: address.to_string(),
            r#type: match address {
                IpAddr::V4(_) => models::TrustedIpType::Ipv4,
                IpAddr::V6(_) => models::TrustedIpType::Ipv6,
            },
            prefix: self.0.prefix().map(i64::from),
        }
    }
}

impl TryFrom<String> for TrustedIp {
    type Error = specmint_runtime::InvalidNetwork;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl From<TrustedIp> for String {
    fn from(TrustedIp(network): TrustedIp) -> Self {
        network.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_as_it_is_written() {
        let json = serde_json::to_value(TrustedIp::anywhere()).unwrap();
        assert_eq!(json, serde_json::json!(["0.0.0.0/0", "::/0"]));
        let kept: Vec<TrustedIp> = serde_json::from_value(json).unwrap();
        assert_eq!(kept, TrustedIp::anywhere());
        assert!(serde_json::from_str::<TrustedIp>(r#""anywhere""#).is_err());
    }
}
