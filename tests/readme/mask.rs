//! What differs from run to run, made equal.

use regex::Regex;

/// `text` with every id, key, token and time replaced by a word that says what stood there.
pub fn masked(text: &str) -> String {
    let rules = [
        (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"),
        (
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
            "TIME",
        ),
        (r"eyJ[\w-]+\.[\w-]+\.[\w-]+", "JWT"),
        (r"\b[0-9a-f]{64}\b", "SHA256"),
        (r"\b[0-9a-f]{24}\b", "ID"),
        (r"\b[0-9a-f]{16}\b", "ID"),
        (r"\b(idtok_|sk-|smadm_)?[\w-]{40,}", "${1}KEY"),
        (r"\b[A-Za-z0-9]{24}\b", "ID"),
    ];
    rules.iter().fold(text.to_owned(), |text, (pattern, word)| {
        Regex::new(pattern)
            .unwrap()
            .replace_all(&text, *word)
            .into_owned()
    })
}

/// `text` with the line numbers of an excerpt's margin and of a place in a Rust file made equal.
pub fn without_lines(text: &str) -> String {
    let margin = Regex::new(r"(?m)^ *\d+ \|")
        .unwrap()
        .replace_all(text, "N |")
        .into_owned();
    Regex::new(r"\.rs:\d+")
        .unwrap()
        .replace_all(&margin, ".rs:N")
        .into_owned()
}
