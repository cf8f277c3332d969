//! What Cargo says, a JSON object a line.

use std::collections::HashMap;
use std::io::{self, BufRead};
use std::path::Path;

use serde::Deserialize;

use crate::outcome::{Checked, Message};

#[derive(Deserialize)]
struct Line {
    manifest_path: Option<String>,
    message: Option<Said>,
}

#[derive(Deserialize)]
struct Said {
    level: String,
    message: String,
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
    #[serde(default)]
    text: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

/// The errors and warnings of each crate, by the name of its folder.
pub fn read(lines: impl BufRead) -> io::Result<HashMap<String, Checked>> {
    let mut all: HashMap<String, Checked> = HashMap::new();
    for line in lines.lines() {
        let Ok(Line {
            manifest_path: Some(manifest),
            message: Some(said),
        }) = serde_json::from_str(&line?)
        else {
            continue;
        };
        let folder = Path::new(&manifest).parent().and_then(Path::file_name);
        let checked = all
            .entry(folder.unwrap_or_default().to_string_lossy().into_owned())
            .or_default();
        match said.level.as_str() {
            // The last words count the others.
            _ if said.spans.is_empty() && said.code.is_none() && is_count(&said.message) => {}
            "warning" => checked.warnings.push(message(said)),
            level if level.starts_with("error") => checked.errors.push(message(said)),
            _ => {}
        }
    }
    Ok(all)
}

fn is_count(message: &str) -> bool {
    message.starts_with("aborting due to")
        || message.ends_with("emitted")
        || message.starts_with("For more information")
}

fn message(said: Said) -> Message {
    let place = said.spans.iter().find(|span| span.is_primary).map(|span| {
        let text = span.text.first().map_or("", |line| line.text.trim());
        format!("{}:{}: {}", span.file_name, span.line_start, text)
    });
    Message {
        code: said.code.map_or_else(String::new, |code| code.code),
        message: said.message,
        place: place.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_and_warnings_are_told_apart_by_crate() {
        let said = r#"{"reason":"compiler-artifact","manifest_path":"/w/crates/a/Cargo.toml"}
{"reason":"compiler-message","manifest_path":"/w/crates/a/Cargo.toml","message":{"level":"error","message":"no","code":{"code":"E0308"},"spans":[{"file_name":"src/lib.rs","line_start":3,"is_primary":true,"text":[{"text":"  x"}]}]}}
{"reason":"compiler-message","manifest_path":"/w/crates/a/Cargo.toml","message":{"level":"error","message":"aborting due to 1 previous error","code":null,"spans":[]}}
{"reason":"compiler-message","manifest_path":"/w/crates/b/Cargo.toml","message":{"level":"warning","message":"unused","code":{"code":"unused"},"spans":[]}}
{"reason":"build-finished","success":false}"#;
        let all = read(said.as_bytes()).unwrap();
        assert_eq!(all["a"].errors.len(), 1);
        assert_eq!(all["a"].errors[0].place, "src/lib.rs:3: x");
        assert_eq!((all["b"].errors.len(), all["b"].warnings.len()), (0, 1));
    }
}
