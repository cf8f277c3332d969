//! JSON Pointers (RFC 6901), the fragments that hold them, and what they lead to.

use serde_json::Value;

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
        valid.then(|| unescaped(token))
    };
    pointer
        .strip_prefix('/')?
        .split('/')
        .map(unescape)
        .collect()
}

/// The name or index that a part of a JSON Pointer stands for (section 4).
pub(crate) fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// A name or an index as a part of a JSON Pointer (section 3).
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The member `name` of an object, or the item whose index `name` is.
pub(crate) fn child<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        value => value.get(name),
    }
}

/// [`child`], to change it.
pub(crate) fn child_mut<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    match value {
        Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?),
        value => value.get_mut(name),
    }
}

/// The node that `tokens` lead to.
pub(crate) fn at<'a>(root: &'a Value, tokens: &[String]) -> Option<&'a Value> {
    let mut tokens = tokens.iter();
    tokens.try_fold(root, |here, token| child(here, token))
}

/// The reference to the node that `tokens` lead to.
pub(crate) fn reference<T: AsRef<str>>(tokens: &[T]) -> String {
    let mut text = "#".to_owned();
    for token in tokens {
        text.push('/');
        text.push_str(&escaped(token.as_ref()));
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
    use serde_json::json;

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

    #[test]
    fn tokens_are_names_and_indices() {
        let root = json!({ "a": [{ "0": true }], "1": null });
        let at = |pointer: &str| at(&root, &tokens(pointer).unwrap()).cloned();
        assert_eq!(at("/a/0/0"), Some(json!(true)));
        assert_eq!(at("/1"), Some(json!(null)));
        assert_eq!((at("/a/1"), at("/a/b"), at("/1/0")), (None, None, None));
    }
}
