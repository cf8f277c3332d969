//! Signs that have to be spelled out.

use std::borrow::Cow;

/// Words for the signs that meet rule 2 of the [theory](super); every other name as it is.
pub fn spelled(source: &str) -> Cow<'_, str> {
    if !source.chars().any(char::is_alphanumeric) {
        let words: Vec<String> = source.chars().filter(|c| *c != '_').map(word).collect();
        return Cow::Owned(words.join(" "));
    }
    let mut chars = source.chars();
    match (chars.next(), chars.next()) {
        (Some(sign @ ('+' | '-')), Some(digit)) if digit.is_ascii_digit() => {
            Cow::Owned(format!("{} {}", word(sign), &source[1..]))
        }
        _ => Cow::Borrowed(source),
    }
}

fn word(sign: char) -> String {
    let word = match sign {
        ' ' => "space",
        '!' => "not",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "open_bracket",
        '\\' => "backslash",
        ']' => "close_bracket",
        '^' => "caret",
        '`' => "backtick",
        '{' => "open_brace",
        '|' => "or",
        '}' => "close_brace",
        '~' => "tilde",
        other => return format!("u{:x}", u32::from(other)).to_uppercase(),
    };
    word.to_owned()
}
