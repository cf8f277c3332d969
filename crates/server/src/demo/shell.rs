//! Words for a POSIX shell (IEEE Std 1003.1, section 2.2).

use std::borrow::Cow;

/// `word` as one word of a shell, quoted where it has to be.
#[must_use]
pub fn quoted(word: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"%+,-./:=@_".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn only_what_a_shell_would_read_otherwise_is_quoted() {
        for plain in ["sqlite:specmint.db", "./target/release/specmint", "a-b_c"] {
            assert_eq!(quoted(plain), plain);
        }
        assert_eq!(quoted("sqlite:my data.db"), "'sqlite:my data.db'");
        assert_eq!(quoted("http://[::1]:8080/x"), "'http://[::1]:8080/x'");
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(quoted(""), "''");
    }
}
