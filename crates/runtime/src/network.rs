//! Networks: addresses, and blocks of them (RFC 4632, section 3.1; RFC 4291, section 2.3).

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An address alone, or all that share its first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    address: IpAddr,
    prefix: Option<u8>,
}

/// A text that is neither an address nor a block in CIDR notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidNetwork;

impl Network {
    /// The address that it is written with.
    #[must_use]
    pub const fn address(&self) -> IpAddr {
        self.address
    }

    /// How many bits its addresses share; `None` for an address alone.
    #[must_use]
    pub const fn prefix(&self) -> Option<u8> {
        self.prefix
    }

    /// Whether `address` is one of its own. One of IPv4 is in no network of IPv6, and the other way round; one of IPv4 that
    /// is written as IPv6 (RFC 4291, section 2.5.5.2) counts as IPv4, and so does a network that has no others.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let free = u32::from(width(self.address) - self.prefix.unwrap_or(width(self.address)));
        let own = match self.address {
            // Of its 128 bits the first 96 say that it is of IPv4.
            IpAddr::V6(own) if free <= 32 => IpAddr::V6(own).to_canonical(),
            own => own,
        };
        match (own, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differing = own.to_bits() ^ other.to_bits();
                differing.checked_shr(free).unwrap_or(0) == 0
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differing = own.to_bits() ^ other.to_bits();
                differing.checked_shr(free).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

/// How many bits an address has.
const fn width(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let (address, prefix) = match text.split_once('/') {
            None => (text, None),
            Some((address, prefix)) => (address, Some(prefix)),
        };
        let address: IpAddr = address.parse().map_err(|_| InvalidNetwork)?;
        let prefix = prefix.map(|digits| {
            let prefix: u8 = digits.parse().map_err(|_| InvalidNetwork)?;
            // One way to write each: no sign, no zeros before it.
            let canonical = prefix.to_string() == digits && prefix <= width(address);
            canonical.then_some(prefix).ok_or(InvalidNetwork)
        });
        Ok(Self {
            address,
            prefix: prefix.transpose()?,
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(f)?;
        match self.prefix {
            Some(prefix) => write!(f, "/{prefix}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for InvalidNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write an IP address, or a block of them as ADDRESS/PREFIX")
    }
}

impl std::error::Error for InvalidNetwork {}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        let network: Network = network.parse().unwrap();
        network.contains(address.parse().unwrap())
    }

    #[test]
    fn the_first_bits_decide() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.1.2", "11.0.0.0"),
            ("10.1.2.3/8", "10.9.9.9", "9.255.255.255"),
            ("192.0.2.128/25", "192.0.2.129", "192.0.2.127"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("192.0.2.7/32", "192.0.2.7", "192.0.2.6"),
            ("0.0.0.0/0", "203.0.113.9", "2001:db8::1"),
            ("::/0", "2001:db8::1", "203.0.113.9"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("2001:db8::1", "2001:db8::1", "2001:db8::2"),
            ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("::ffff:10.0.0.0/104", "10.255.1.2", "11.0.0.0"),
            ("::ffff:0.0.0.0/96", "203.0.113.9", "2001:db8::1"),
        ] {
            assert!(contains(network, inside), "{inside} in {network}");
            assert!(!contains(network, outside), "{outside} in {network}");
        }
        assert!(contains("10.0.0.0/8", "::ffff:10.0.0.1"));
        assert!(!contains("::/0", "::ffff:10.0.0.1"));
    }

    #[test]
    fn it_reads_back_what_it_writes_and_nothing_else() {
        for text in ["10.0.0.0/8", "192.0.2.7", "::/0", "2001:db8::1", "::/128"] {
            assert_eq!(text.parse::<Network>().unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "/",
            "/8",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/08",
            "10.0.0.0/8/8",
            "10.0.0",
            "10.0.0.0.0",
            "010.0.0.1",
            "::/129",
            "::g",
            "localhost",
            "10.0.0.1:80",
            " 10.0.0.1",
            "10.0.0.0/ 8",
            "fe80::1%eth0",
        ] {
            assert_eq!(wrong.parse::<Network>(), Err(InvalidNetwork), "{wrong}");
        }
    }
}
