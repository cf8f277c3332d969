//! The two cookies: of a session, and of a sign-in form.

use actix_web::HttpRequest;
use actix_web::http::header::COOKIE;

use super::site::Site;

/// A cookie that no script reads. Another site's page can cause it to be sent by a link, with which nothing is done, but
/// not by a form.
pub(super) struct Cookie(pub(super) &'static str);

impl Cookie {
    /// Its name, which is not that of a console at another port of the same host.
    fn name(&self, site: &Site) -> String {
        format!("{}_{}", self.0, site.port())
    }

    /// What the browser keeps under its name.
    pub(super) fn read(&self, request: &HttpRequest, site: &Site) -> Option<String> {
        let ours = self.name(site);
        request
            .headers()
            .get_all(COOKIE)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, _)| *name == ours)
            .map(|(_, value)| value.to_owned())
    }

    /// The header field by which the browser keeps `value` for so many seconds.
    pub(super) fn keep(&self, value: &str, seconds: i64, site: &Site) -> String {
        let secure = if site.is_secure() { "; Secure" } else { "" };
        let name = self.name(site);
        format!("{name}={value}; Path=/console; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
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
            .insert_header((COOKIE, "a_80=1; session_80=the=value;b_80=2;c_81=3"))
            .to_http_request();
        let site = Site::new(None, 80);
        let read = |name| Cookie(name).read(&request, &site);
        assert_eq!(read("session").as_deref(), Some("the=value"));
        assert_eq!(read("b").as_deref(), Some("2"));
        assert_eq!(read("sess"), None);
        assert_eq!(read("c"), None, "of another port");
    }

    #[test]
    fn is_for_https_only_where_that_is_used() {
        let cookie = Cookie("c");
        let plain = cookie.keep("v", 60, &Site::new(None, 8081));
        assert_eq!(
            plain,
            "c_8081=v; Path=/console; HttpOnly; SameSite=Lax; Max-Age=60"
        );
        let site = Site::new(Some("https://example.com"), 8081);
        assert!(cookie.forget(&site).ends_with("; Max-Age=0; Secure"));
    }
}
