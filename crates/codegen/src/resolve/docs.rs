//! Descriptions as rustdoc: CommonMark that `cargo doc` takes without a warning and never runs as a test.

use super::lists::Lists;

/// The given texts as paragraphs, each made safe; the ones that are absent or empty are left out.
pub fn paragraphs(texts: &[Option<&str>]) -> String {
    let texts: Vec<String> = texts.iter().flatten().map(|text| safe(text)).collect();
    texts
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The text if there is one, else this sentence.
pub fn or(text: Option<&str>, otherwise: impl FnOnce() -> String) -> String {
    match paragraphs(&[text]) {
        text if text.is_empty() => otherwise(),
        text => text,
    }
}

/// `text` with everything that rustdoc would warn about or run made plain.
fn safe(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut lists = Lists::default();
    let lines: Vec<String> = text
        .trim()
        .lines()
        .map(|line| {
            let line = line.trim_end();
            let start = ["```", "~~~"]
                .into_iter()
                .find(|start| line.trim_start().starts_with(start));
            match (fence, start) {
                (None, Some(start)) => {
                    lists.end();
                    fence = Some(start);
                    format!("{start}text")
                }
                (Some(open), Some(start)) if open == start => {
                    fence = None;
                    open.to_owned()
                }
                (Some(_), _) => line.to_owned(),
                (None, None) => {
                    let (begin, rest) = lists.line(line);
                    begin + &safe_line(rest)
                }
            }
        })
        .collect();
    let mut text = lines.join("\n");
    if let Some(open) = fence {
        text.push('\n');
        text.push_str(open);
    }
    text
}

fn safe_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let (text, taken) = match character {
            '`' => code_span(rest),
            'h' => bare_url(rest),
            '[' => link(rest),
            '<' => autolink(rest),
            ']' | '>' => (format!("\\{character}"), 1),
            other => (other.to_string(), other.len_utf8()),
        };
        out.push_str(&text);
        rest = rest.get(taken..).unwrap_or("");
    }
    out
}

fn code_span(rest: &str) -> (String, usize) {
    let ticks = rest.chars().take_while(|&c| c == '`').count();
    let fence = "`".repeat(ticks);
    match rest.get(ticks..).and_then(|after| after.find(&fence)) {
        Some(end) => {
            let length = ticks + end + ticks;
            (rest.get(..length).unwrap_or("").to_owned(), length)
        }
        None => ("\\`".repeat(ticks), ticks),
    }
}

fn bare_url(rest: &str) -> (String, usize) {
    if !(rest.starts_with("http://") || rest.starts_with("https://")) {
        return ("h".to_owned(), 1);
    }
    let url = url(rest);
    (format!("<{url}>"), url.len())
}

/// The URL at the head of `rest`, without the punctuation that ends a sentence.
fn url(rest: &str) -> &str {
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ')' | ']'))
        .unwrap_or(rest.len());
    rest.get(..end)
        .unwrap_or("")
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\''])
}

/// Keeps `[text](https://…)`, and takes the meaning from any other bracket.
fn link(rest: &str) -> (String, usize) {
    let close = rest.find("](http");
    let end = close.and_then(|close| rest.get(close..)?.find(')').map(|end| close + end + 1));
    match (close, end) {
        (Some(close), Some(end)) if !rest.get(1..close).unwrap_or("[").contains(['[', ']']) => {
            (rest.get(..end).unwrap_or("").to_owned(), end)
        }
        _ => ("\\[".to_owned(), 1),
    }
}

fn autolink(rest: &str) -> (String, usize) {
    let inner = rest.get(1..).unwrap_or("");
    if inner.starts_with("http://") || inner.starts_with("https://") {
        let url = url(inner);
        if inner.get(url.len()..).unwrap_or("").starts_with('>') {
            return (format!("<{url}>"), url.len() + 2);
        }
    }
    ("\\<".to_owned(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustdoc_warns_about_is_made_plain() {
        assert_eq!(safe("a <string> or [x]"), r"a \<string\> or \[x\]");
        assert_eq!(
            safe("see https://a.example/b."),
            "see <https://a.example/b>."
        );
        assert_eq!(safe("<https://a.example>"), "<https://a.example>");
        assert_eq!(
            safe("[RFC](https://a.example) x"),
            "[RFC](https://a.example) x"
        );
        assert_eq!(safe("`Vec<T>` and `[i]`"), "`Vec<T>` and `[i]`");
        assert_eq!(safe("a stray ` tick"), r"a stray \` tick");
    }

    #[test]
    fn code_is_never_a_test() {
        assert_eq!(safe("x\n```json\n{}\n```"), "x\n```text\n{}\n```");
        assert_eq!(safe("x\n\n      let a;"), "x\n\n   let a;");
        assert_eq!(safe("```\nopen"), "```text\nopen\n```");
    }

    #[test]
    fn what_is_absent_is_left_out() {
        assert_eq!(
            paragraphs(&[None, Some(" "), Some("a"), Some("b\n")]),
            "a\n\nb"
        );
        assert_eq!(or(None, || "otherwise".into()), "otherwise");
    }
}
