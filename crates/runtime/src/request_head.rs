//! The head of a request, for a security scheme of which the contract says nothing but its name.

use std::fmt;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

use crate::credential::ClientCertificate;

/// All that a request says before its body. The contract names a security scheme and declares it nowhere, so that the
/// implementer has to find the credential, if there is one.
#[derive(Clone)]
pub struct RequestHead(pub(crate) HttpRequest);

impl RequestHead {
    /// The method, as it stands in the request.
    #[must_use]
    pub fn method(&self) -> &str {
        self.0.method().as_str()
    }

    /// The path, percent-encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// The query, percent-encoded, without its question mark.
    #[must_use]
    pub fn query(&self) -> &str {
        self.0.query_string()
    }

    /// The header fields: secrets among them.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The certificate that the client proved to own, where the server's TLS layer hands it over.
    #[must_use]
    pub fn client_certificate(&self) -> Option<&ClientCertificate> {
        self.0.conn_data()
    }
}

impl fmt::Debug for RequestHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestHead(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn it_shows_all_and_prints_nothing() {
        let request = TestRequest::post().uri("/a%20b?key=secret");
        let request = request.insert_header(("x-key", "secret")).to_http_request();
        let head = RequestHead(request);
        assert_eq!(
            (head.method(), head.path(), head.query()),
            ("POST", "/a%20b", "key=secret")
        );
        assert_eq!(head.headers().get("x-key").unwrap(), "secret");
        assert!(head.client_certificate().is_none());
        assert!(!format!("{head:?}").contains("secret"));
    }
}
