//! The site that an application or an identity is of.

/// What two addresses of one site have in common: the host, but for `www.`, and the port.
pub(super) fn site(source: &str) -> String {
    let host = host(source);
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

/// The host, with its port, of a web address or of a bare host.
pub(super) fn host(source: &str) -> String {
    let rest = source.split_once("://").map_or(source, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{host, site};

    #[test]
    fn addresses_of_one_host_are_one_site() {
        for source in [
            "shop.example.com",
            "https://shop.example.com",
            "HTTPS://Shop.Example.com/login?next=https://other.example/",
            "http://www.shop.example.com/#top",
            "https://someone@shop.example.com/",
        ] {
            assert_eq!(site(source), "shop.example.com", "{source}");
        }
        assert_ne!(site("example.com"), site("shop.example.com"));
        assert_eq!(host("https://WWW.example.com/cb"), "www.example.com");
        assert_ne!(
            site("https://example.com:8443"),
            site("https://example.com")
        );
    }
}
