//! The site that an application or an identity is of.

/// The host, with its port, of a web address or of a bare host: what two addresses of one site have in common.
pub(super) fn site(source: &str) -> String {
    let rest = source.split_once("://").map_or(source, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.to_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::site;

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
        assert_ne!(
            site("https://example.com:8443"),
            site("https://example.com")
        );
    }
}
