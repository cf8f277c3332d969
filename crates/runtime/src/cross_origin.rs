//! Cross-origin resource sharing (Fetch Standard, section 3.3): which answers scripts of other origins may read.

use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    HeaderMap, HeaderName, HeaderValue, ORIGIN,
};

/// Every origin, which for browsers is without cookies and other credentials of their own (section 3.3.5). The same for
/// everyone, so that caches need not tell origins apart.
const ANY_ORIGIN: (HeaderName, HeaderValue) =
    (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));

/// What an answer tells a script beside the status, the body and the fields that every script may read.
const EXPOSED: (HeaderName, HeaderValue) = (
    ACCESS_CONTROL_EXPOSE_HEADERS,
    HeaderValue::from_static("www-authenticate, retry-after, x-request-id"),
);

/// Any field that a script sets. The wildcard does not stand for `Authorization`, which is named beside it.
const ANY_FIELD: (HeaderName, HeaderValue) = (
    ACCESS_CONTROL_ALLOW_HEADERS,
    HeaderValue::from_static("authorization, *"),
);

/// For how long a browser need not ask again: an hour.
const MAX_AGE: (HeaderName, HeaderValue) =
    (ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));

/// The method that a browser asks for, on behalf of a script of another origin, before it sends it.
pub(crate) fn preflight(method: &Method, headers: &HeaderMap) -> Option<Method> {
    let asked = headers.get(ACCESS_CONTROL_REQUEST_METHOD)?;
    let is_preflight = *method == Method::OPTIONS && headers.contains_key(ORIGIN);
    is_preflight.then(|| Method::from_bytes(asked.as_bytes()).ok())?
}

/// Lets scripts of every origin send `method`.
pub(crate) fn allow(method: &Method, headers: &mut HeaderMap) {
    let Ok(method) = HeaderValue::from_str(method.as_str()) else {
        return;
    };
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, method);
    for (name, value) in [ANY_ORIGIN, ANY_FIELD, MAX_AGE] {
        headers.insert(name, value);
    }
}

/// Lets scripts of every origin read the answer.
pub(crate) fn open(headers: &mut HeaderMap) {
    for (name, value) in [ANY_ORIGIN, EXPOSED] {
        headers.insert(name, value);
    }
}
