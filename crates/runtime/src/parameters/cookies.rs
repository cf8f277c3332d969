//! `Cookie` (RFC 6265, section 4.2).

use actix_web::http::header::{COOKIE, HeaderMap};

/// Every cookie: its name and its value.
///
/// Where they are `spread`, a value may itself hold `&name=value`: what `style: form` with `explode: true` makes of a list or an
/// object (OpenAPI 3.1.1, Parameter Object, "Style Values").
pub(super) fn all(headers: &HeaderMap, spread: bool) -> impl Iterator<Item = (&str, &str)> {
    let separators: &[char] = if spread { &[';', '&'] } else { &[';'] };
    headers
        .get_all(COOKIE)
        .filter_map(|value| value.to_str().ok())
        .flat_map(move |value| value.split(separators))
        .filter_map(|cookie| cookie.trim().split_once('='))
}

/// The values of the cookies of this name.
pub(crate) fn cookies<'h>(
    headers: &'h HeaderMap,
    name: &str,
    spread: bool,
) -> impl Iterator<Item = &'h str> {
    all(headers, spread).filter_map(move |(given, value)| (given == name).then_some(value))
}
