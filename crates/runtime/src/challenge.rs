//! `WWW-Authenticate` (RFC 9110, section 11.6.1; RFC 6750, section 3).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};

use crate::operation::Operation;

/// Adds the operation's challenges to a 401, and to a 403 those that a bearer token without the scope gets. A response
/// that brings its own keeps it.
///
/// Who presented no bearer token is told no error (RFC 6750, section 3.1).
pub(crate) fn add(operation: &Operation, bearer_presented: bool, http: &mut HttpResponse) {
    let error = match http.status() {
        StatusCode::UNAUTHORIZED => "invalid_token",
        StatusCode::FORBIDDEN if bearer_presented => "insufficient_scope",
        _ => return,
    };
    let forbidden = http.status() == StatusCode::FORBIDDEN;
    let headers = http.headers_mut();
    if headers.contains_key(WWW_AUTHENTICATE) {
        return;
    }
    for challenge in operation.challenges {
        let value = match (is_bearer(challenge), forbidden) {
            (true, _) if bearer_presented => HeaderValue::try_from(with_error(challenge, error)),
            // Another scheme would not help who lacks the permission.
            (false, true) => continue,
            _ => HeaderValue::try_from(*challenge),
        };
        if let Ok(value) = value {
            headers.append(WWW_AUTHENTICATE, value);
        }
    }
}

fn with_error(challenge: &str, error: &str) -> String {
    let separator = if challenge.contains(' ') { "," } else { "" };
    format!("{challenge}{separator} error=\"{error}\"")
}

fn is_bearer(challenge: &str) -> bool {
    let scheme = challenge.split(' ').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("bearer")
}
