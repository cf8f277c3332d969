//! Builds a request: URL, parameters, body. What goes wrong first is told at the end.

use std::borrow::Cow;

use actix_web::http::header::{HeaderName, HeaderValue};
use bytes::Bytes;
use fluent_uri::Uri;
use serde::Serialize;
use serde_json::Value;

use super::{Fault, FieldEncoding, File, Multipart, Outgoing, Style, form, style};
use crate::percent::Kept;
use crate::plain;
use crate::response::header;
use crate::xml;

/// A request that is being built.
#[derive(Debug)]
pub struct Builder {
    request: Outgoing,
    query: Vec<String>,
    cookies: Vec<String>,
    fault: Option<Fault>,
}

impl Builder {
    /// A request of this method to this URL: absolute, `http` or `https`, with a host. A fragment is never sent.
    #[must_use]
    pub fn new(method: &'static str, url: &str) -> Self {
        let fault = refused(url).map(Fault::Url);
        let (url, _) = url.split_once('#').unwrap_or((url, ""));
        Self {
            request: Outgoing {
                method,
                url: url.to_owned(),
                headers: Vec::new(),
                body: Bytes::new(),
            },
            query: Vec::new(),
            cookies: Vec::new(),
            fault,
        }
    }

    /// A parameter `in: query`, unless `value` is none.
    pub fn query(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: impl Serialize,
    ) {
        self.query_kept(name, style, explode, Kept::Unreserved, value);
    }

    /// [`Self::query`] with `allowReserved`: what has a meaning in URLs stands as it is, but for `#`, `[`, `]`, `&` and `+`, which
    /// a query cannot have in a value.
    pub fn query_reserved(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: impl Serialize,
    ) {
        self.query_kept(name, style, explode, Kept::Reserved, value);
    }

    fn query_kept(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        kept: Kept,
        value: impl Serialize,
    ) {
        self.take(name, value, |builder, value| {
            let delimiter = style::bare_delimiter(style, explode, kept);
            if delimiter.is_some_and(|delimiter| style::holds(value, delimiter)) {
                return builder.fail(Fault::Delimiter(name));
            }
            let fields = style::fields(name, style, explode, kept, value);
            builder.query.extend(fields);
        });
    }

    /// A parameter `in: query` whose `content` is JSON, unless `value` is none.
    pub fn query_json(&mut self, name: &'static str, value: impl Serialize) {
        self.take(name, value, |builder, value| {
            let text = value.to_string();
            builder.query.push(style::pair(name, &text));
        });
    }

    /// All of the query, `in: querystring`: the members of `value` as a form.
    pub fn query_form(&mut self, name: &'static str, value: impl Serialize) {
        self.query(name, Style::Form, true, value);
    }

    /// All of the query, `in: querystring`: JSON.
    pub fn query_whole(&mut self, name: &'static str, value: impl Serialize) {
        self.take(name, value, |builder, value| {
            let text = value.to_string();
            builder.query.push(style::encoded(&text));
        });
    }

    /// A parameter `in: header`, unless `value` is none.
    pub fn header(&mut self, name: &'static str, explode: bool, value: impl Serialize) {
        // What is sent in a header field is not percent-encoded.
        let items = serde_json::to_value(&value);
        if items.is_ok_and(|items| style::holds(&items, ',')) {
            return self.fail(Fault::Delimiter(name));
        }
        self.field(name, header::simple(&value, explode));
    }

    /// A parameter `in: header` whose `content` is JSON, unless `value` is none.
    pub fn header_json(&mut self, name: &'static str, value: impl Serialize) {
        self.field(name, header::json(&value));
    }

    /// A parameter `in: cookie`, unless `value` is none.
    pub fn cookie(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: impl Serialize,
    ) {
        self.take(name, value, |builder, value| {
            if style != Style::Cookie {
                let fields = style::fields(name, style, explode, Kept::Unreserved, value);
                // OpenAPI 3.1.1, Parameter Object, "Style Values": what is exploded stands as in a query.
                builder
                    .cookies
                    .extend((!fields.is_empty()).then(|| fields.join("&")));
                return;
            }
            let fields = style::fields(name, style, explode, Kept::All, value);
            let ends = |c: char| c == ';' || c.is_whitespace() || c.is_control();
            match fields.iter().any(|field| field.contains(ends)) {
                true => builder.fail(Fault::Parameter(name)),
                false => builder.cookies.extend(fields),
            }
        });
    }

    /// A parameter `in: cookie` whose `content` is JSON, unless `value` is none.
    pub fn cookie_json(&mut self, name: &'static str, value: impl Serialize) {
        self.take(name, value, |builder, value| {
            let text = value.to_string();
            builder.cookies.push(style::pair(name, &text));
        });
    }

    /// A JSON body.
    pub fn json(&mut self, media_type: &'static str, body: impl Serialize) {
        match serde_json::to_vec(&body) {
            Ok(octets) => self.body(media_type, octets),
            Err(_) => self.fail(Fault::Body),
        }
    }

    /// An XML body: the element `root`.
    pub fn xml(&mut self, media_type: &'static str, root: xml::Element, body: impl Serialize) {
        let value = serde_json::to_value(body).ok();
        match value.and_then(|value| xml::write(&value, &root)) {
            Some(octets) => self.body(media_type, octets),
            None => self.fail(Fault::Body),
        }
    }

    /// A body of `application/x-www-form-urlencoded`: the members of an object, of which `fields` are not plain.
    pub fn form(
        &mut self,
        media_type: &'static str,
        fields: &[FieldEncoding],
        body: impl Serialize,
    ) {
        let value = serde_json::to_value(body).ok();
        match value.and_then(|value| form::written(&value, fields)) {
            Some(text) => self.body(media_type, text),
            None => self.fail(Fault::Body),
        }
    }

    /// A body of plain text: that of one value.
    pub fn text(&mut self, media_type: &'static str, body: impl Serialize) {
        match serde_json::to_value(body) {
            Ok(value) => self.body(media_type, plain::text(&value).into_owned()),
            Err(_) => self.fail(Fault::Body),
        }
    }

    /// A `multipart` body.
    pub fn multipart(&mut self, media_type: &'static str, body: &Multipart) {
        match body.finish() {
            Some((boundary, octets)) => {
                self.body(format!("{media_type}; boundary={boundary}"), octets);
            }
            None => self.fail(Fault::Body),
        }
    }

    /// A body of octets that say themselves what they are.
    pub fn file(&mut self, body: &File) {
        let content_type = body.content_type.as_deref();
        let media_type = content_type
            .unwrap_or("application/octet-stream")
            .to_owned();
        self.body(media_type, body.octets.clone());
    }

    /// A body of these octets.
    pub fn body(&mut self, media_type: impl Into<Cow<'static, str>>, body: impl Into<Bytes>) {
        match header("content-type", media_type.into().into_owned()) {
            Ok(header) => self.request.headers.push(header),
            Err(fault) => self.fail(fault),
        }
        self.request.body = body.into();
    }

    /// The request.
    ///
    /// # Errors
    /// What went wrong first.
    pub fn finish(mut self) -> Result<Outgoing, Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if !self.cookies.is_empty() {
            let cookies = self.cookies.join("; ");
            self.request.headers.push(header("cookie", cookies)?);
        }
        if !self.query.is_empty() {
            let url = &mut self.request.url;
            match url.split_once('?') {
                None => url.push('?'),
                Some((_, own)) if own.is_empty() || own.ends_with('&') => {}
                Some(_) => url.push('&'),
            }
            url.push_str(&self.query.join("&"));
        }
        Ok(self.request)
    }

    fn take(
        &mut self,
        name: &'static str,
        value: impl Serialize,
        write: impl FnOnce(&mut Self, &Value),
    ) {
        match serde_json::to_value(value) {
            Ok(Value::Null) => {}
            Ok(value) => write(self, &value),
            Err(_) => self.fail(Fault::Parameter(name)),
        }
    }

    fn field(&mut self, name: &'static str, value: Result<Option<String>, serde_json::Error>) {
        match value.map(|value| value.map(|value| header(name, value))) {
            Ok(None) => {}
            Ok(Some(Ok(header))) => self.request.headers.push(header),
            Ok(Some(Err(fault))) => self.fail(fault),
            Err(_) => self.fail(Fault::Parameter(name)),
        }
    }

    fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }
}

/// A header field that is legal (RFC 9110, section 5).
pub(super) fn header(
    name: &'static str,
    value: String,
) -> Result<(Cow<'static, str>, String), Fault> {
    let legal_name = HeaderName::from_bytes(name.as_bytes()).is_ok();
    match legal_name && HeaderValue::from_str(&value).is_ok() {
        true => Ok((Cow::Borrowed(name), value)),
        false => Err(Fault::Header(name)),
    }
}

/// Why no request can go to `url`.
fn refused(url: &str) -> Option<&'static str> {
    let Ok(uri) = Uri::parse(url) else {
        return Some("it is no absolute URL (RFC 3986)");
    };
    let scheme = uri.scheme().as_str().to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return Some("it is neither `http` nor `https`");
    }
    let host = uri.authority().map(|authority| authority.host());
    host.is_none_or(str::is_empty).then_some("it has no host")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn built(build: impl FnOnce(&mut Builder)) -> Outgoing {
        let mut builder = Builder::new("POST", "https://a.example/in?x=1#top");
        build(&mut builder);
        builder.finish().unwrap()
    }

    #[test]
    fn a_query_is_added_to_that_of_the_url() {
        let request = built(|builder| {
            builder.query("tags", Style::Form, true, ["a b", "c&d"]);
            builder.query("none", Style::Form, true, None::<&str>);
            builder.query_json("j", json!({"a": 1}));
            builder.query_reserved("to", Style::Form, true, "https://b.example/?c#d");
        });
        let query = "x=1&tags=a%20b&tags=c%26d&j=%7B%22a%22%3A1%7D&to=https://b.example/?c%23d";
        assert_eq!(request.url(), format!("https://a.example/in?{query}"));
        let mut bare = Builder::new("GET", "http://a.example");
        bare.query_form("q", json!({"a": [1, 2], "b": null}));
        assert_eq!(bare.finish().unwrap().url(), "http://a.example?a=1&a=2");
    }

    #[test]
    fn a_question_mark_that_ends_a_value_separates_nothing() {
        let asked = built(|builder| {
            builder.query_reserved("a", Style::Form, true, "why?");
            builder.query("b", Style::Form, true, 2);
        });
        assert_eq!(asked.url(), "https://a.example/in?x=1&a=why?&b=2");
        for (url, whole) in [
            ("http://a.example/?x=1?", "http://a.example/?x=1?&b=2"),
            ("http://a.example/?x=1&", "http://a.example/?x=1&b=2"),
            ("http://a.example/?", "http://a.example/?b=2"),
        ] {
            let mut builder = Builder::new("GET", url);
            builder.query("b", Style::Form, true, 2);
            assert_eq!(builder.finish().unwrap().url(), whole);
        }
    }

    #[test]
    fn what_would_arrive_as_two_items_is_not_sent() {
        let fault = |build: fn(&mut Builder)| {
            let mut builder = Builder::new("GET", "http://a.example");
            build(&mut builder);
            builder.finish().map(|request| request.url).unwrap_err()
        };
        let piped = |builder: &mut Builder| {
            builder.query("p", Style::PipeDelimited, false, ["a|b"]);
        };
        let spaced = |builder: &mut Builder| {
            builder.query("s", Style::SpaceDelimited, false, json!({ "a": "b c" }));
        };
        let reserved = |builder: &mut Builder| {
            builder.query_reserved("r", Style::Form, false, ["a,b"]);
        };
        assert_eq!(fault(piped), Fault::Delimiter("p"));
        assert_eq!(fault(spaced), Fault::Delimiter("s"));
        assert_eq!(fault(reserved), Fault::Delimiter("r"));
        assert_eq!(
            fault(|builder| builder.header("X-A", false, ["a,b"])),
            Fault::Delimiter("X-A")
        );
        let fine = built(|builder| {
            builder.query("p", Style::PipeDelimited, true, ["a,b"]);
            builder.query("f", Style::Form, false, ["a,b", "c|d"]);
            builder.header("X-A", false, "a,b");
        });
        assert_eq!(fine.url(), "https://a.example/in?x=1&p=a%2Cb&f=a%2Cb,c%7Cd");
    }

    #[test]
    fn header_fields_and_cookies() {
        let request = built(|builder| {
            builder.header("x-list", false, ["a", "b"]);
            builder.header_json("x-json", json!([1]));
            builder.cookie("session", Style::Form, true, "a;b");
            builder.cookie("plain", Style::Cookie, true, ["a", "b"]);
            builder.header("x-none", false, None::<i32>);
        });
        let headers: Vec<_> = request.headers().collect();
        assert_eq!(
            headers,
            [
                ("x-list", "a,b"),
                ("x-json", "[1]"),
                ("cookie", "session=a%3Bb; plain=a; plain=b"),
            ]
        );
        assert!(request.body().is_empty());
    }

    #[test]
    fn a_body_has_its_media_type() {
        let request =
            built(|builder| builder.json("application/cloudevents+json", json!({"a": 1})));
        assert_eq!(&request.body()[..], br#"{"a":1}"#);
        let content_type = ("content-type", "application/cloudevents+json");
        assert_eq!(request.headers().next(), Some(content_type));
        let text = built(|builder| builder.text("text/plain", 12));
        assert_eq!(&text.body()[..], b"12");
    }

    #[test]
    fn what_is_wrong_is_told_and_not_shown() {
        let fault = |url: &str| Builder::new("POST", url).finish().unwrap_err();
        for url in [
            "",
            "/in",
            "a.example/in",
            "ftp://a.example",
            "http:///in",
            "http://a b/",
        ] {
            assert!(matches!(fault(url), Fault::Url(_)), "{url}");
        }
        let mut builder = Builder::new("POST", "https://a.example");
        builder.header("x-a", false, "a\r\nx-b: secret");
        let fault = builder.finish().unwrap_err();
        assert_eq!(fault, Fault::Header("x-a"));
        let mut builder = Builder::new("POST", "https://a.example");
        builder.cookie("a", Style::Cookie, true, "b; c=d");
        assert_eq!(builder.finish(), Err(Fault::Parameter("a")));
        let secret = built(|builder| builder.query("key", Style::Form, true, "secret"));
        let secret = secret
            .with_header("authorization", "Bearer secret")
            .unwrap();
        assert!(!format!("{secret:?}{fault}").contains("secret"));
    }
}
