//! The address that a request comes from.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderMap, HeaderName};

use crate::network::Network;

static X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of the client whose request is being answered; `None` outside of any, and where the connection has none.
///
/// It is the other end of the connection. Where that is one of [`Mount::trusted_proxies`](crate::Mount::trusted_proxies),
/// it is what this proxy says in `X-Forwarded-For`, and so on for each proxy that is trusted in turn.
#[must_use]
pub fn client_address() -> Option<IpAddr> {
    crate::context::current().and_then(|context| context.client)
}

/// The address of the client that sent `request`, outside of a [`Mount`](crate::Mount); as [`client_address`] tells it, where
/// those `proxies` are trusted.
#[must_use]
pub fn client_behind(proxies: &[Network], request: &HttpRequest) -> Option<IpAddr> {
    client(request.peer_addr(), request.headers(), proxies)
}

/// Whom a request of `peer` comes from. Each proxy appends whom it heard from, so the last entry is the nearest; what stands
/// before an entry of one who is not trusted, anyone may have written.
pub(crate) fn client(
    peer: Option<SocketAddr>,
    headers: &HeaderMap,
    trusted: &[Network],
) -> Option<IpAddr> {
    let mut client = peer?.ip().to_canonical();
    if trusted.is_empty() {
        return Some(client);
    }
    let fields: Vec<&str> = headers
        .get_all(&X_FORWARDED_FOR)
        .map(|value| value.to_str().unwrap_or_default())
        .collect();
    let mut entries = fields.iter().rev().flat_map(|field| field.rsplit(','));
    while trusted.iter().any(|network| network.contains(client)) {
        match entries.next().and_then(address) {
            Some(next) => client = next,
            None => break,
        }
    }
    Some(client)
}

/// The address of an entry, with or without a port.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let alone = entry.parse().ok();
    let address = alone.or_else(|| Some(entry.parse::<SocketAddr>().ok()?.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn of(peer: &str, fields: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append(
                X_FORWARDED_FOR.clone(),
                HeaderValue::from_str(field).unwrap(),
            );
        }
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        let peer = Some(SocketAddr::new(peer.parse().unwrap(), 1024));
        client(peer, &headers, &trusted).unwrap().to_string()
    }

    #[test]
    fn a_field_that_nobody_trusted_sent_is_not_looked_at() {
        assert_eq!(of("192.0.2.1", &["10.0.0.1"], &[]), "192.0.2.1");
        assert_eq!(of("192.0.2.1", &["10.0.0.1"], &["127.0.0.1"]), "192.0.2.1");
        assert_eq!(of("::ffff:192.0.2.1", &[], &[]), "192.0.2.1");
    }

    #[test]
    fn each_trusted_proxy_says_whom_it_heard_from() {
        let trusted = ["127.0.0.0/8", "10.0.0.0/8"];
        let of = |fields: &[&str]| of("127.0.0.1", fields, &trusted);
        assert_eq!(of(&[]), "127.0.0.1");
        assert_eq!(of(&["203.0.113.5"]), "203.0.113.5");
        assert_eq!(of(&["198.51.100.1, 203.0.113.5"]), "203.0.113.5");
        assert_eq!(of(&["198.51.100.1, 203.0.113.5,10.1.1.1"]), "203.0.113.5");
        assert_eq!(
            of(&["198.51.100.1", "203.0.113.5", "10.1.1.1"]),
            "203.0.113.5"
        );
        assert_eq!(of(&["203.0.113.5:4711"]), "203.0.113.5");
        assert_eq!(of(&["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(of(&["2001:db8::1"]), "2001:db8::1");
        assert_eq!(of(&["10.1.1.1"]), "10.1.1.1");
        assert_eq!(of(&["203.0.113.5, unknown"]), "127.0.0.1");
    }
}
