//! A response before it becomes HTTP.

mod body;
mod events;
pub(crate) mod header;
mod items;

use std::borrow::Cow;
use std::fmt;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde::Serialize;

use crate::accept;
use crate::media_type;
use crate::xml;

pub use body::Body;
pub use events::{Event, Events};
pub use items::Items;

/// An answer that the contract documents.
pub trait Reply {
    /// Its status, header fields and body.
    fn reply(self) -> Response;
}

/// Status, header fields and body of a response.
pub struct Response {
    pub(crate) status: u16,
    pub(crate) media: Option<Media>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Body,
    /// Why it cannot be sent.
    pub(crate) fault: Option<&'static str>,
    /// What the body says, where its octets are not JSON.
    #[cfg(debug_assertions)]
    pub(crate) value: Option<serde_json::Value>,
}

/// The media type of a body.
#[derive(Debug)]
pub enum Media {
    /// This one.
    Of(Cow<'static, str>),
    /// The body is the same in all of these: the one that the client likes best, else the first.
    Any(&'static [&'static str]),
}

impl From<&'static str> for Media {
    fn from(media_type: &'static str) -> Self {
        Self::Of(Cow::Borrowed(media_type))
    }
}

impl From<String> for Media {
    fn from(media_type: String) -> Self {
        Self::Of(Cow::Owned(media_type))
    }
}

impl<const N: usize> From<&'static [&'static str; N]> for Media {
    fn from(media_types: &'static [&'static str; N]) -> Self {
        Self::Any(media_types)
    }
}

impl Response {
    /// `body` as `application/json`.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(status: u16, body: &T) -> Self {
        Self::json_as(status, "application/json", body)
    }

    /// `body` as JSON under another media type, such as `application/problem+json`, or under one of several.
    #[must_use]
    pub fn json_as<T: Serialize + ?Sized>(status: u16, media: impl Into<Media>, body: &T) -> Self {
        let mut octets = Vec::with_capacity(128);
        let written = serde_json::to_writer(&mut octets, body);
        let mut response = Self::body(status, media, octets);
        if written.is_err() {
            response.fault = Some("the body has no JSON form");
        }
        response
    }

    /// `body` in that of `media_types` which the client likes best, else in the first: as the XML element `root`, or as JSON.
    #[must_use]
    pub fn xml<T: Serialize + ?Sized>(
        status: u16,
        media_types: &[&'static str],
        root: xml::Element,
        body: &T,
    ) -> Self {
        let preferred = accept::preferred(media_types);
        let media_type = preferred.or(media_types.first().copied());
        let media_type = media_type.unwrap_or("application/xml");
        if media_type::is_json(media_type) {
            return Self::json_as(status, media_type, body);
        }
        let value = serde_json::to_value(body).ok();
        let written = value.as_ref().and_then(|value| xml::write(value, &root));
        let fault = written.is_none().then_some("the body has no XML form");
        Self {
            fault,
            #[cfg(debug_assertions)]
            value,
            ..Self::body(status, media_type, written.unwrap_or_default())
        }
    }

    /// No body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            media: None,
            headers: Vec::new(),
            body: Body::default(),
            fault: None,
            #[cfg(debug_assertions)]
            value: None,
        }
    }

    /// `body` as it is: text, octets or a stream.
    #[must_use]
    pub fn body(status: u16, media: impl Into<Media>, body: impl Into<Body>) -> Self {
        Self {
            media: Some(media.into()),
            body: body.into(),
            ..Self::empty(status)
        }
    }

    /// `items` one after another: each after a record separator in a `json-seq` (RFC 7464), else each on a line.
    #[must_use]
    pub fn items<T: Serialize + 'static>(
        status: u16,
        media_type: &'static str,
        items: Items<T>,
    ) -> Self {
        Self::body(status, media_type, items.written(media_type))
    }

    /// `events` as `text/event-stream`.
    #[must_use]
    pub fn events<T: Serialize + 'static>(status: u16, events: Events<T>) -> Self {
        Self::body(status, "text/event-stream", events.written())
    }

    /// Adds a header field in style `simple`, unless `value` is none. A value that is not legal in HTTP makes the response
    /// Internal.
    #[must_use]
    pub fn header(self, name: &'static str, value: impl Serialize) -> Self {
        self.simple(name, value, false)
    }

    /// [`Self::header`] with `explode`: the members of an object as `name=value`.
    #[must_use]
    pub fn header_exploded(self, name: &'static str, value: impl Serialize) -> Self {
        self.simple(name, value, true)
    }

    /// [`Self::header`] of JSON.
    #[must_use]
    pub fn header_json(self, name: &'static str, value: impl Serialize) -> Self {
        self.field(name, header::json(&value))
    }

    /// A header field for each of `values`, as `Set-Cookie` asks (RFC 6265, section 3).
    #[must_use]
    pub fn headers<T: Serialize>(
        self,
        name: &'static str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        values
            .into_iter()
            .fold(self, |response, value| response.header(name, value))
    }

    fn simple(self, name: &'static str, value: impl Serialize, explode: bool) -> Self {
        let value = serde_json::to_value(value);
        self.field(name, value.map(|value| header::simple(&value, explode)))
    }

    fn field(
        mut self,
        name: &'static str,
        value: Result<Option<String>, serde_json::Error>,
    ) -> Self {
        let Ok(Some(value)) = value.map_err(|_| self.fault = Some("a header field has no text"))
        else {
            return self;
        };
        let name = HeaderName::from_bytes(name.as_bytes());
        match (name, HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => self.fault = Some("a header field is not legal"),
        }
        self
    }

    /// Settles on the media type that the client likes best.
    pub(crate) fn negotiate(&mut self, field: Option<&str>) {
        if let Some(Media::Any(offered)) = self.media {
            let best = field.and_then(|field| accept::best(field, offered));
            let settled = best.or(offered.first().copied());
            self.media = settled.map(|media_type| Media::Of(media_type.into()));
        }
    }

    /// The media type, of several the first; none where the status allows no content, which then is not sent.
    pub(crate) fn media_type(&self) -> Option<&str> {
        if StatusCode::from_u16(self.status).is_ok_and(has_no_content) {
            return None;
        }
        match self.media.as_ref()? {
            Media::Of(media_type) => Some(media_type),
            Media::Any(offered) => offered.first().copied(),
        }
    }

    /// What goes over the wire; `None` where it cannot.
    pub(crate) fn into_http(mut self) -> Option<HttpResponse> {
        if self.fault.is_some() {
            return None;
        }
        let status = StatusCode::from_u16(self.status).ok()?;
        if has_no_content(status) {
            self.body = Body::default();
        }
        let media_type = match self.media_type() {
            Some(media_type) => Some(header_value(media_type)?),
            None => None,
        };
        let mut http = HttpResponse::with_body(status, self.body.into_message());
        let headers = http.headers_mut();
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, media_type);
        }
        for (name, value) in self.headers {
            headers.append(name, value);
        }
        Some(http)
    }
}

/// RFC 9110, sections 6.4.1 and 15.3.6.
fn has_no_content(status: StatusCode) -> bool {
    status.is_informational() || matches!(status.as_u16(), 204 | 205 | 304)
}

/// Neither the body nor the values of header fields: they may hold a secret.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("media", &self.media)
            .field("body", &self.body)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

fn header_value(text: &str) -> Option<HeaderValue> {
    match text {
        "application/json" => Some(HeaderValue::from_static("application/json")),
        text => HeaderValue::from_str(text).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_not_printed() {
        let response = Response::body(200, "text/plain", "secret".to_owned());
        let printed = format!("{:?}", response.header("location", "/?code=secret"));
        assert!(
            !printed.contains("secret") && !printed.contains("115, 101"),
            "{printed}"
        );
    }

    #[test]
    fn the_client_chooses_among_the_same() {
        let settled = |field| {
            let media = &["application/json", "application/vnd.a+json"];
            let mut response = Response::json_as(200, media, &1);
            response.negotiate(field);
            response.media_type().map(str::to_owned)
        };
        assert_eq!(settled(None).as_deref(), Some("application/json"));
        let other = settled(Some("application/vnd.a+json"));
        assert_eq!(other.as_deref(), Some("application/vnd.a+json"));
        assert_eq!(
            settled(Some("image/png")).as_deref(),
            Some("application/json")
        );
    }

    #[test]
    fn statuses_without_content_carry_none() {
        let http = Response::json(204, &1).into_http().unwrap();
        assert!(!http.headers().contains_key(CONTENT_TYPE));
    }
}
