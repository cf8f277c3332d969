//! What all answers of the console have in common: their headers, and that what went wrong is a page as well.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use askama::Template;

use super::session::Session;
use super::trouble::{Said, Trouble, Way};
use crate::failure::Failure;

/// Nothing but our own files, by path; no page of ours in a frame of another's.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// What stands around a page: where in the console it is, and who is signed in.
pub(super) struct Frame {
    /// The entry of the menu.
    pub(super) section: &'static str,
    /// What forms carry, and the name of the key; nothing, where nobody is signed in.
    pub(super) signed_in: Option<(String, String)>,
    /// What was just done.
    pub(super) notice: Option<String>,
}

impl Frame {
    /// Of a page of `session`.
    pub(super) fn new(section: &'static str, session: &Session) -> Self {
        Self {
            section,
            signed_in: Some((session.csrf.clone(), session.key_name.clone())),
            notice: None,
        }
    }

    /// The same, with a word on what was just done.
    pub(super) fn notice(mut self, notice: Option<String>) -> Self {
        self.notice = notice;
        self
    }

    /// Where nobody is signed in.
    pub(super) const fn bare() -> Self {
        Self {
            section: "",
            signed_in: None,
            notice: None,
        }
    }

    /// What forms carry.
    pub(super) fn csrf(&self) -> &str {
        self.signed_in.as_ref().map_or("", |(csrf, _)| csrf)
    }
}

#[derive(Template)]
#[template(path = "console/trouble.html")]
struct TroublePage {
    frame: Frame,
    status: u16,
    title: &'static str,
    said: String,
    /// Where to go on, if anywhere but at the start.
    way: Option<Way>,
}

/// A page as an answer.
pub(super) fn html(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Trouble> {
    let text = page.render().map_err(Failure::because)?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(text))
}

/// Puts the headers on every answer, and makes pages of those that are none.
pub(super) async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let (request, mut response) = response.into_parts();
    let is_failure = response.status().is_client_error() || response.status().is_server_error();
    if is_failure && !is_html(response.headers()) {
        response = trouble_page(&request, response);
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(ServiceResponse::new(request, response))
}

fn is_html(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE);
    media_type.is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

/// `response`, with a page that says what went wrong.
fn trouble_page(request: &HttpRequest, response: HttpResponse) -> HttpResponse {
    let status = response.status();
    let said = response.extensions().get::<Said>().cloned();
    let (said, way) = said.map_or((None, None), |Said { text, way }| (Some(text), way));
    let session = request.extensions().get::<Session>().cloned();
    let page = TroublePage {
        frame: session.map_or_else(Frame::bare, |session| Frame::new("", &session)),
        status: status.as_u16(),
        title: title(status),
        said: said.unwrap_or_else(|| words(status).to_owned()),
        way,
    };
    let Ok(text) = page.render() else {
        return response;
    };
    let mut response = response.set_body(BoxBody::new(text));
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(CONTENT_TYPE, html);
    response
}

/// What kind of trouble it is.
fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::FORBIDDEN => "Refused",
        StatusCode::CONFLICT => "That cannot be done",
        _ if status.as_u16() >= 500 => "Something broke",
        _ => "That was not understood",
    }
}

/// What to say where nothing was said.
fn words(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "There is no such page.",
        StatusCode::METHOD_NOT_ALLOWED => "This page cannot be asked in that way.",
        _ if status.as_u16() >= 500 => "The server failed. Its log says why.",
        _ => "The request is not one that this page understands.",
    }
}
