//! Where a browser may be sent back to (RFC 9700, section 2.6; RFC 8252, section 7).

use fluent_uri::Uri;

/// What [`is_safe`] holds for.
pub(super) const SAFE: &str = "must be an https URI, an http one on 127.0.0.1, [::1] or localhost, or one of a private-use scheme \
     with a full stop in it, such as com.example.app:/callback";

/// The hosts that lead nowhere but to the browser's own machine.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "[::1]", "localhost"];

/// Whether nobody but the application gets what is sent there: the server that a certificate stands for, the person's own
/// machine, or what has registered a scheme of its own there, which is a domain name backwards (RFC 8252, section 7.1).
pub(super) fn is_safe(uri: &str) -> bool {
    let Ok(uri) = Uri::parse(uri) else {
        return false;
    };
    let scheme = uri.scheme().as_str().to_ascii_lowercase();
    let host = uri.authority().map(|authority| authority.host());
    match scheme.as_str() {
        "https" => host.is_some_and(|host| !host.is_empty()),
        "http" => host.is_some_and(|host| LOOPBACK.contains(&host.to_ascii_lowercase().as_str())),
        scheme => scheme.contains('.'),
    }
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn only_the_application_hears_of_the_answer() {
        for good in [
            "https://app.example.com/cb?a=1",
            "HTTPS://app.example.com",
            "http://127.0.0.1:51004/cb",
            "http://[::1]/cb",
            "http://localhost:3000",
            "com.example.app:/callback",
            "com.example.app://callback",
        ] {
            assert!(is_safe(good), "{good}");
        }
        for bad in [
            "http://app.example.com/cb",
            "http://127.0.0.1.example.com/",
            "http://localhost@example.com/",
            "http:/cb",
            "https:/cb",
            "https:///cb",
            "javascript:alert(1)",
            "data:text/html,a",
            "app://cb",
            "file:///etc/hosts",
            "/cb",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
