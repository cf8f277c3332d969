//! The two cookies: of a session, and of a sign-in form.

use actix_web::HttpRequest;
use actix_web::http::header::COOKIE;

use super::site::Site;

/// A cookie that no script reads and that no other site's page causes to be sent.
pub(super) struct Cookie(pub(super) &'static str);

impl Cookie {
    /// What the browser keeps under its name.
    pub(super) fn read(&self, request: &HttpRequest) -> Option<String> {
        request
            .headers()
            .get_all(COOKIE)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, _)| *name == self.0)
            .map(|(_, value)| value.to_owned())
    }

    /// The header field by which the browser keeps `value` for so many seconds.
    pub(super) fn keep(&self, value: &str, seconds: i64, site: &Site) -> String {
        let secure = if site.is_secure() { "; Secure" } else { "" };
        let name = self.0;
        format!(
            "{name}={value}; Path=/console; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"
        )
    }

    /// The header field by which the browser forgets it.
    pub(super) fn forget(&self, site: &Site) -> String {
        self.keep("", 0, site)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn is_found_among_others() {
        let request = TestRequest::get()
            .insert_header((COOKIE, "a=1; session=the=value;b=2"))
            .to_http_request();
        let read = |name| Cookie(name).read(&request);
        assert_eq!(read("session").as_deref(), Some("the=value"));
        assert_eq!(read("b").as_deref(), Some("2"));
        assert_eq!(read("sess"), None);
    }

    #[test]
    fn is_for_https_only_where_that_is_used() {
        let cookie = Cookie("c");
        let plain = cookie.keep("v", 60, &Site::new(None));
        assert_eq!(
            plain,
            "c=v; Path=/console; HttpOnly; SameSite=Strict; Max-Age=60"
        );
        let site = Site::new(Some("https://example.com"));
        assert!(cookie.forget(&site).ends_with("; Max-Age=0; Secure"));
    }
}
