//! Signing in with an administration key, and out.

use actix_web::http::StatusCode;
use actix_web::http::header::{RETRY_AFTER, SET_COOKIE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use specmint_runtime::client_behind;

use super::cookie::Cookie;
use super::dress::{Frame, html};
use super::fields::Query;
use super::form::{Form, Sent};
use super::session::{self, Session};
use super::site::see_other;
use super::trouble::Trouble;
use super::{Console, csrf};
use crate::admin::Refused;
use crate::random::random_text;

/// Nobody is signed in yet, so the form is bound to a cookie of its own: nobody can sign another's browser in.
const COOKIE: Cookie = Cookie("specmint_sign_in");

/// For how many seconds the form may be looked at.
const LIFETIME: i64 = 60 * 60;

#[derive(Template)]
#[template(path = "console/sign_in.html")]
struct SignInPage {
    frame: Frame,
    csrf: String,
    to: String,
    trouble: Option<String>,
}

/// The form.
pub(super) async fn page(
    console: Data<Console>,
    request: HttpRequest,
    session: Option<Session>,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let to = within(query.get("to"));
    if session.is_some() {
        return Ok(see_other(to));
    }
    show(&console, &request, to, StatusCode::OK, None)
}

/// Begins a session.
pub(super) async fn enter(
    console: Data<Console>,
    request: HttpRequest,
    Sent(fields): Sent,
) -> Result<HttpResponse, Trouble> {
    let to = within(fields.get("to"));
    let show = |status, trouble: String| show(&console, &request, to, status, Some(trouble));
    let cookie = COOKIE.read(&request, &console.site).unwrap_or_default();
    let carried = fields.get(csrf::MEMBER).unwrap_or_default();
    if cookie.is_empty() || !csrf::verify(&cookie, carried) {
        let trouble =
            "This page was open for too long, or your browser keeps no cookies for it. Try again.";
        return show(StatusCode::FORBIDDEN, trouble.to_owned());
    }
    let from = client_behind(&console.proxies, &request);
    let now = console.admin.store().now();
    if let Err(seconds) = console.attempts.begin(from, now) {
        tracing::warn!(
            client = from.map(tracing::field::display),
            "too many administration keys were tried"
        );
        let trouble =
            format!("Too many keys were tried from your address. Try again in {seconds} seconds.");
        let mut response = show(StatusCode::TOO_MANY_REQUESTS, trouble)?;
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
        return Ok(response);
    }
    let key = match console
        .admin
        .key(fields.get("key").unwrap_or_default())
        .await
    {
        Ok(key) => key,
        Err(Refused::Unauthorized) => {
            tracing::warn!(
                client = from.map(tracing::field::display),
                "a wrong administration key was tried"
            );
            let trouble = "That is no administration key, or it was revoked or has expired.";
            return show(StatusCode::FORBIDDEN, trouble.to_owned());
        }
        Err(other) => return Err(other.into()),
    };
    console.attempts.forgive(from);
    let mut response = see_other(to);
    let session = Session::begin(&console, &key).await?;
    set(&mut response, &session);
    set(&mut response, &COOKIE.forget(&console.site));
    Ok(response)
}

/// Ends the session.
pub(super) async fn leave(console: Data<Console>, form: Form) -> Result<HttpResponse, Trouble> {
    form.session.end(&console).await?;
    let mut response = see_other("/console/sign-in");
    set(&mut response, &session::COOKIE.forget(&console.site));
    Ok(response)
}

fn show(
    console: &Console,
    request: &HttpRequest,
    to: &str,
    status: StatusCode,
    trouble: Option<String>,
) -> Result<HttpResponse, Trouble> {
    let known = COOKIE
        .read(request, &console.site)
        .filter(|cookie| !cookie.is_empty());
    let cookie = match known {
        Some(cookie) => cookie,
        None => random_text(32)?,
    };
    let page = SignInPage {
        frame: Frame::bare(),
        csrf: csrf::of(&cookie),
        to: to.to_owned(),
        trouble,
    };
    let mut response = html(status, &page)?;
    set(
        &mut response,
        &COOKIE.keep(&cookie, LIFETIME, &console.site),
    );
    Ok(response)
}

fn set(response: &mut HttpResponse, cookie: &str) {
    if let Ok(cookie) = cookie.parse() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// Where to go then: a page of ours, and nowhere else.
fn within(to: Option<&str>) -> &str {
    let ours = |to: &&str| {
        to.starts_with("/console/")
            && !to.starts_with("/console/sign-")
            && to
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
            && !climbs(to)
    };
    to.filter(ours).unwrap_or("/console/")
}

/// Whether the path in `to` may go up: browsers take dots away, however they are written (WHATWG URL, section 4.3).
fn climbs(to: &str) -> bool {
    let path = to.split(['?', '#']).next().unwrap_or_default();
    path.contains("/.") || path.to_ascii_lowercase().contains("%2e")
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn the_way_leads_nowhere_else() {
        let page = "/console/tokens?state=active&search=a%20b";
        assert_eq!(within(Some(page)), page);
        let dots = "/console/tokens?search=/../%2e";
        assert_eq!(within(Some(dots)), dots);
        for wrong in [
            "https://evil.example/console/",
            "//evil.example/console/",
            "/admin/v1/owners",
            "/console",
            "/console/sign-in",
            "/console/\\evil.example",
            "/console/\r\nSet-Cookie: x=y",
            "/console/../admin/v1/counts",
            "/console/tokens/../../admin/v1/counts",
            "/console/%2e%2E/admin/v1/counts",
            "/console/.%2e/admin/v1/counts",
            "/console/..",
            "",
        ] {
            assert_eq!(within(Some(wrong)), "/console/", "{wrong}");
        }
        assert_eq!(within(None), "/console/");
    }
}
