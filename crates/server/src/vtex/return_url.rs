//! The way back to VTEX: the return URL with the authorization code in it.

use form_urlencoded::parse;

/// The parameter that carries the code.
const AUTHORIZATION_CODE: &str = "authorizationCode";

/// `return_url` with `code`, which needs no escaping, in its first empty parameter `authorizationCode`; without
/// one, in a new parameter at the end of its query. All else stays as it is, the fragment too.
pub(super) fn with_code(return_url: &str, code: &str) -> String {
    let (url, fragment) = match return_url.find('#') {
        Some(at) => return_url.split_at(at),
        None => (return_url, ""),
    };
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let parameter = format!("{AUTHORIZATION_CODE}={code}");
    let mut parameters: Vec<&str> = query.split('&').collect();
    match parameters.iter_mut().find(|text| awaits_code(text)) {
        Some(awaiting) => *awaiting = &parameter,
        None => {
            // What ends in `?` or `&` has room for one more.
            if parameters.last().is_some_and(|last| last.is_empty()) {
                parameters.pop();
            }
            parameters.push(&parameter);
        }
    }
    format!("{base}?{}{fragment}", parameters.join("&"))
}

fn awaits_code(parameter: &str) -> bool {
    parse(parameter.as_bytes()).any(|(name, value)| name == AUTHORIZATION_CODE && value.is_empty())
}

/// The host of a return URL, with its port if it names one: what a person knows the store by.
pub(super) fn host(return_url: &str) -> &str {
    let rest = return_url.split_once("//").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_goes_where_the_return_url_awaits_it() {
        for (return_url, expected) in [
            // The two of the vendor's pages.
            (
                "https://a.example/return?authorizationCode=",
                "https://a.example/return?authorizationCode=c",
            ),
            (
                "https://a.example/return?authorizationCode=&x=1",
                "https://a.example/return?authorizationCode=c&x=1",
            ),
            (
                "https://a.example/return?x=1&authorizationCode=&y=2",
                "https://a.example/return?x=1&authorizationCode=c&y=2",
            ),
            (
                "https://a.example/?authorizationCode",
                "https://a.example/?authorizationCode=c",
            ),
            (
                "https://a.example/?authorization%43ode=",
                "https://a.example/?authorizationCode=c",
            ),
            (
                "https://a.example/?authorizationCode=&authorizationCode=",
                "https://a.example/?authorizationCode=c&authorizationCode=",
            ),
            (
                "https://a.example/?authorizationCode=#part",
                "https://a.example/?authorizationCode=c#part",
            ),
        ] {
            assert_eq!(with_code(return_url, "c"), expected);
        }
    }

    #[test]
    fn the_code_goes_to_the_end_where_nothing_awaits_it() {
        for (return_url, expected) in [
            ("https://a.example", "https://a.example?authorizationCode=c"),
            (
                "https://a.example/return",
                "https://a.example/return?authorizationCode=c",
            ),
            (
                "https://a.example/return?",
                "https://a.example/return?authorizationCode=c",
            ),
            (
                "https://a.example/?x=1",
                "https://a.example/?x=1&authorizationCode=c",
            ),
            (
                "https://a.example/?x=1&",
                "https://a.example/?x=1&authorizationCode=c",
            ),
            (
                "https://a.example/?x=%20+&y",
                "https://a.example/?x=%20+&y&authorizationCode=c",
            ),
            (
                "https://a.example/?authorizationCode=old",
                "https://a.example/?authorizationCode=old&authorizationCode=c",
            ),
            (
                "https://a.example/?authorizationcode=",
                "https://a.example/?authorizationcode=&authorizationCode=c",
            ),
            (
                "https://a.example/authorizationCode=",
                "https://a.example/authorizationCode=?authorizationCode=c",
            ),
            (
                "https://a.example/#?authorizationCode=",
                "https://a.example/?authorizationCode=c#?authorizationCode=",
            ),
        ] {
            assert_eq!(with_code(return_url, "c"), expected);
        }
    }

    #[test]
    fn a_host_is_what_stands_before_the_path() {
        for (return_url, expected) in [
            (
                "https://admin.store.example/return?x=https://other.example/",
                "admin.store.example",
            ),
            ("HTTPS://store.example:8443?x", "store.example:8443"),
            ("https://[::1]#x", "[::1]"),
        ] {
            assert_eq!(host(return_url), expected);
        }
    }
}
