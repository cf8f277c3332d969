//! Names as they stand in paths.

/// The ASCII letters and digits of `name` in lower case, with hyphens for all else between them.
pub(crate) fn hyphenated(name: &str) -> String {
    let words = name.split(|character: char| !character.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::hyphenated;

    #[test]
    fn all_but_letters_and_digits_are_hyphens_between_them() {
        for (name, slug) in [
            ("Field  Tools!", "field-tools"),
            ("Größe 7", "gr-e-7"),
            ("…", ""),
        ] {
            assert_eq!(hyphenated(name), slug);
        }
    }
}
