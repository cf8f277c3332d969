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
            let fields = builder.fields(name, style, explode, kept, value);
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
        self.take(name, value, |builder, value| {
            // What is sent in a header field is not percent-encoded.
            if style::holds(value, ',') {
                return builder.fail(Fault::Delimiter(name));
            }
            builder.field(name, Ok(header::simple(value, explode)));
        });
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
                let fields = builder.fields(name, style, explode, Kept::Unreserved, value);
                // OpenAPI 3.1.1, Parameter Object, "Style Values": what is exploded stands as in a query.
                builder
                    .cookies
                    .extend((!fields.is_empty()).then(|| fields.join("&")));
                return;
            }
            let fields = builder.fields(name, style, explode, Kept::All, value);
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

    /// The fields that a parameter becomes; a fault where it has no such form.
    fn fields(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        kept: Kept,
        value: &Value,
    ) -> Vec<String> {
        style::fields(name, style, explode, kept, value).unwrap_or_else(|| {
            self.fail(Fault::Delimiter(name));
            Vec::new()
        })
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
mod tests;
