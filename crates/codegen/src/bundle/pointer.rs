//! JSON Pointers (RFC 6901) and the fragments that hold them.

/// The parts of a JSON Pointer (section 3), unescaped.
pub(crate) fn tokens(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let unescape = |token: &str| {
        let valid = token
            .split('~')
            .skip(1)
            .all(|rest| rest.starts_with(['0', '1']));
        valid.then(|| token.replace("~1", "/").replace("~0", "~"))
    };
    pointer
        .strip_prefix('/')?
        .split('/')
        .map(unescape)
        .collect()
}

/// The reference to the node that `tokens` lead to.
pub(super) fn reference<T: AsRef<str>>(tokens: &[T]) -> String {
    let mut text = "#".to_owned();
    for token in tokens {
        text.push('/');
        text.push_str(&token.as_ref().replace('~', "~0").replace('/', "~1"));
    }
    text
}

/// What percent-encoding (RFC 3986, section 2.1) stands for.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_decoded_once_each_way() {
        assert_eq!(
            tokens("/a~1b/~01/"),
            Some(vec!["a/b".into(), "~1".into(), String::new()])
        );
        assert_eq!(tokens(""), Some(vec![]));
        assert_eq!(tokens("a"), None);
        assert_eq!(tokens("/~2"), None);
        assert_eq!(percent_decode("/a%7Bb%C3%A9"), Some("/a{bé".into()));
        assert_eq!(percent_decode("%4"), None);
        assert_eq!(percent_decode("%ff"), None);
        assert_eq!(reference(&["a/b", "~"]), "#/a~1b/~0");
    }
}
