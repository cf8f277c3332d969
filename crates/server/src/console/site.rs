//! Where people reach the console, and what follows from that.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, HOST, HeaderName, LOCATION, ORIGIN};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Where people reach the console.
pub(super) struct Site {
    /// Scheme and authority, if another than what it listens on.
    origin: Option<String>,
    port: u16,
}

impl Site {
    /// At `public_url`, or, without one, at whatever a request calls the server, by HTTP; which listens at `port`.
    pub(super) fn new(public_url: Option<&str>, port: u16) -> Self {
        let origin = public_url.map(|url| {
            let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
            let authority = rest.split('/').next().unwrap_or_default();
            format!("{scheme}://{authority}").to_ascii_lowercase()
        });
        Self { origin, port }
    }

    /// Whether it is reached by HTTPS, so that cookies are for HTTPS only.
    pub(super) fn is_secure(&self) -> bool {
        let origin = self.origin.as_deref().unwrap_or_default();
        origin.starts_with("https://")
    }

    /// The port that it listens at: browsers keep the same cookies for all ports of a host.
    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Whether a form was sent from a page of ours, as far as the browser tells. Pages that tell nobody where they
    /// are from send `Origin: null`; then `Sec-Fetch-Site` tells, and where that is not sent either, the form's own
    /// token is left.
    pub(super) fn sent_this(&self, request: &HttpRequest) -> bool {
        let text = |name: &HeaderName| {
            let value = request.headers().get(name)?;
            value.to_str().ok().map(str::to_ascii_lowercase)
        };
        if let Some(from) = text(&SEC_FETCH_SITE) {
            return from == "same-origin";
        }
        match text(&ORIGIN) {
            None => true,
            Some(origin) if origin == "null" => true,
            Some(origin) => match &self.origin {
                Some(ours) => origin == *ours,
                None => text(&HOST).is_some_and(|host| origin == format!("http://{host}")),
            },
        }
    }
}

/// Sends the browser to another page of ours.
pub(super) fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, path))
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn sent(site: &Site, headers: &[(&'static str, &'static str)]) -> bool {
        let request = headers.iter().fold(TestRequest::post(), |request, header| {
            request.insert_header(*header)
        });
        site.sent_this(&request.to_http_request())
    }

    #[test]
    fn only_pages_of_ours_send_forms() {
        let site = Site::new(None, 8081);
        assert!(!site.is_secure());
        let host = ("host", "127.0.0.1:8081");
        assert!(sent(&site, &[host]));
        assert!(sent(&site, &[host, ("origin", "http://127.0.0.1:8081")]));
        assert!(sent(&site, &[host, ("origin", "null")]));
        assert!(!sent(&site, &[host, ("origin", "http://evil.example")]));
        assert!(!sent(&site, &[host, ("origin", "https://127.0.0.1:8081")]));
        let same = ("sec-fetch-site", "same-origin");
        assert!(sent(&site, &[host, ("origin", "null"), same]));
        for other in ["cross-site", "same-site", "none"] {
            let other = ("sec-fetch-site", other);
            assert!(!sent(
                &site,
                &[host, ("origin", "http://127.0.0.1:8081"), other]
            ));
        }
    }

    #[test]
    fn behind_a_proxy_the_public_url_counts() {
        let site = Site::new(Some("https://Admin.example.com/x"), 8081);
        assert!(site.is_secure());
        let host = ("host", "127.0.0.1:8081");
        assert!(sent(
            &site,
            &[host, ("origin", "https://admin.example.com")]
        ));
        assert!(!sent(&site, &[host, ("origin", "http://127.0.0.1:8081")]));
        assert!(!Site::new(Some("http://admin.example.com"), 8081).is_secure());
    }
}
