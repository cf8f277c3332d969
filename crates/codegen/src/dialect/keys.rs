//! The form of keys: path templates, status codes, component names, media types.

use super::fields::Keys;
use super::node::Node;
use crate::diagnostic::{Code, Diagnostic};

/// A finding about `name` where `keys` does not allow it.
pub(super) fn check(keys: Keys, name: &str, node: Node<'_>) -> Option<Diagnostic> {
    let (fits, message, help) = match keys {
        Keys::Any => return None,
        Keys::Path => (
            name.starts_with('/'),
            format!("the path `{name}` does not begin with `/`"),
            "begin it with `/`",
        ),
        Keys::Status => (
            is_status(name),
            format!("`{name}` is no status: a response stands under `200`, `2XX` or `default`"),
            "name the status by three digits, a range by a digit and XX, or use `default`",
        ),
        Keys::ComponentName => (
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)),
            format!("`{name}` is no component name"),
            "use letters, digits, `.`, `-` and `_` only",
        ),
        Keys::MediaType => (
            is_media_type(name),
            format!("`{name}` is no media type"),
            "write a type and a subtype, such as `application/json`",
        ),
    };
    let finding = || node.finding(Code::InvalidKey, message, help);
    (!fits).then(|| match keys {
        // Whatever a component is called, it can be referred to and be given a name in Rust; and what a client and a
        // server agree to write in `Content-Type` they can compare.
        Keys::ComponentName | Keys::MediaType => finding().warning(),
        _ => finding(),
    })
}

fn is_status(name: &str) -> bool {
    match name.as_bytes() {
        b"default" => true,
        [first @ b'1'..=b'5', rest @ ..] => {
            let _ = first;
            rest == b"XX" || matches!(rest, [b'0'..=b'9', b'0'..=b'9'])
        }
        _ => false,
    }
}

/// RFC 9110, 8.3.1: `type "/" subtype`, each a token; parameters may follow. `*` is a token too.
fn is_media_type(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or("").trim();
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_and_media_types() {
        for good in ["200", "4XX", "default", "599"] {
            assert!(is_status(good), "{good}");
        }
        for bad in ["20", "2000", "2xx", "600", "099", "Default", "", "20X"] {
            assert!(!is_status(bad), "{bad}");
        }
        for good in [
            "application/json",
            "application/vnd.a+json; charset=utf-8",
            "*/*",
            "text/*",
        ] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in ["json", "application/", "/json", "a b/c", "a/b/c", ""] {
            assert!(!is_media_type(bad), "{bad}");
        }
    }
}
