//! A response before it becomes HTTP.

use std::borrow::Cow;
use std::fmt;

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde::Serialize;

/// An answer that the contract documents.
pub trait Reply {
    /// Its status, header fields and body.
    fn reply(self) -> Response;
}

/// Status, header fields and body of a response.
pub struct Response {
    pub(crate) status: u16,
    pub(crate) media_type: Option<Cow<'static, str>>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Vec<u8>,
    /// Why it cannot be sent.
    pub(crate) fault: Option<&'static str>,
}

impl Response {
    /// `body` as `application/json`.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(status: u16, body: &T) -> Self {
        Self::json_as(status, "application/json", body)
    }

    /// `body` as JSON under another media type, such as `application/problem+json`.
    #[must_use]
    pub fn json_as<T: Serialize + ?Sized>(status: u16, media_type: &'static str, body: &T) -> Self {
        let mut response = Self::empty(status);
        response.media_type = Some(Cow::Borrowed(media_type));
        response.body.reserve(128);
        if serde_json::to_writer(&mut response.body, body).is_err() {
            response.fault = Some("the body has no JSON form");
        }
        response
    }

    /// No body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            media_type: None,
            headers: Vec::new(),
            body: Vec::new(),
            fault: None,
        }
    }

    /// `body` as it is.
    #[must_use]
    pub fn text(status: u16, media_type: impl Into<Cow<'static, str>>, body: String) -> Self {
        Self::bytes(status, media_type, body.into_bytes())
    }

    /// `body` as it is.
    #[must_use]
    pub fn bytes(status: u16, media_type: impl Into<Cow<'static, str>>, body: Vec<u8>) -> Self {
        Self {
            media_type: Some(media_type.into()),
            body,
            ..Self::empty(status)
        }
    }

    /// Adds a header field. A value that is not legal in HTTP makes the response Internal.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl ToString) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::try_from(value.to_string());
        match (name, value) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => self.fault = Some("a header field is not legal"),
        }
        self
    }

    /// Adds a header field that need not be there.
    #[must_use]
    pub fn header_option(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.header(name, value),
            None => self,
        }
    }

    /// What goes over the wire; `None` where it cannot.
    pub(crate) fn into_http(self) -> Option<HttpResponse> {
        if self.fault.is_some() {
            return None;
        }
        let status = StatusCode::from_u16(self.status).ok()?;
        let mut http = HttpResponse::with_body(status, BoxBody::new(self.body));
        let headers = http.headers_mut();
        if let Some(media_type) = self.media_type {
            headers.insert(CONTENT_TYPE, header_value(media_type)?);
        }
        for (name, value) in self.headers {
            headers.append(name, value);
        }
        Some(http)
    }
}

/// Neither the body nor the values of header fields: they may hold a secret.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("media_type", &self.media_type)
            .field("length", &self.body.len())
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

fn header_value(text: Cow<'static, str>) -> Option<HeaderValue> {
    match text {
        Cow::Borrowed("application/json") => Some(HeaderValue::from_static("application/json")),
        Cow::Borrowed(text) => HeaderValue::from_str(text).ok(),
        Cow::Owned(text) => HeaderValue::try_from(text).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_not_printed() {
        let response = Response::text(200, "text/plain", "secret".to_owned());
        let printed = format!("{:?}", response.header("location", "/?code=secret"));
        assert!(
            !printed.contains("secret") && !printed.contains("115, 101"),
            "{printed}"
        );
    }
}
