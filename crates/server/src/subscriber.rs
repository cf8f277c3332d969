//! Who is counted as one, of those who are known by their address alone.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// All whose address is not known.
pub(crate) const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The address, or, for IPv6, the network of 64 bits that one subscriber has.
pub(crate) fn subscriber(from: Option<IpAddr>) -> IpAddr {
    match from {
        Some(IpAddr::V6(address)) => {
            let network = address.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(network))
        }
        Some(address) => address,
        None => UNKNOWN,
    }
}
