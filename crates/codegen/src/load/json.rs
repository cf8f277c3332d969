//! JSON (RFC 8259), with the place of each node.
//!
//! `serde_json` judges the text first; what it takes is then walked once more, for the places that it does not keep and
//! the keys that it drops when they come twice. YAML would not do: JSON may be indented by tabs and escapes in surrogates.

use std::collections::HashMap;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::places::{Below, Places};
use super::{Document, MAX_DEPTH};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Source};

/// Whether `source` is JSON rather than YAML: by its name, else by what it holds.
pub(super) fn is_json(source: &Source) -> bool {
    let name = source.name().as_bytes();
    let suffix = name.get(name.len().saturating_sub(5)..).unwrap_or_default();
    suffix.eq_ignore_ascii_case(b".json")
        || (source.text().trim_start().starts_with('{') && check(source.text()).is_ok())
}

/// Reads the one document of `source`.
pub(super) fn read(source: &Arc<Source>) -> Result<Document, Diagnostics> {
    if source.text().trim().is_empty() {
        return Err(super::empty(source).into());
    }
    if let Err(error) = check(source.text()) {
        return Err(syntax(source, &error).into());
    }
    let mut walk = Walk {
        source,
        text: source.text(),
        at: 0,
        found: Diagnostics::new(),
    };
    match walk.node(0) {
        Some((root, places)) => walk.found.or(Document { root, places }),
        None => Err(walk.found),
    }
}

fn check(text: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(text).map(|_| ())
}

fn syntax(source: &Arc<Source>, error: &serde_json::Error) -> Diagnostic {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => source
            .text()
            .match_indices('\n')
            .nth(line - 2)
            .map_or(0, |(at, _)| at + 1),
    };
    let at = line_start + error.column().saturating_sub(1);
    let place = Place::new(Arc::clone(source), at, at);
    Diagnostic::error(
        Code::Syntax,
        format!("this is not JSON: {}", reason(error)),
        "correct it here or just above",
    )
    .at(place)
}

/// What `error` says, without its own account of the place.
fn reason(error: &serde_json::Error) -> String {
    let full = error.to_string();
    full.rsplit_once(" at line ")
        .map_or(full.as_str(), |(reason, _)| reason)
        .to_owned()
}

/// A walk over text that is known to be JSON; `None` stops it after a finding.
struct Walk<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    at: usize,
    found: Diagnostics,
}

impl Walk<'_> {
    fn node(&mut self, depth: usize) -> Option<(Value, Places)> {
        let start = self.skip_blank();
        if depth > MAX_DEPTH {
            self.found.push(super::too_deep(self.place(start)));
            return None;
        }
        match self.peek() {
            Some(b'{') => self.object(start, depth),
            Some(b'[') => self.array(start, depth),
            _ => {
                let value = self.scalar()?;
                Some((value, Places::leaf(self.place(start))))
            }
        }
    }

    fn object(&mut self, start: usize, depth: usize) -> Option<(Value, Places)> {
        let (mut members, mut places) = (Map::new(), HashMap::new());
        self.at += 1;
        while self.more(b'}') {
            let key_start = self.at;
            let Value::String(key) = self.scalar()? else {
                return None;
            };
            let key_place = self.place(key_start);
            self.skip_blank();
            self.at += 1; // the colon
            let (value, mut below) = self.node(depth + 1)?;
            if let Some(first) = places.get(&key) {
                self.found.push(super::duplicate(&key, key_place, first));
                continue;
            }
            below.key = Some(key_place);
            members.insert(key.clone(), value);
            places.insert(key, below);
        }
        let places = Places {
            key: None,
            node: self.place(start),
            below: Below::Members(places),
        };
        Some((Value::Object(members), places))
    }

    fn array(&mut self, start: usize, depth: usize) -> Option<(Value, Places)> {
        let (mut values, mut places) = (Vec::new(), Vec::new());
        self.at += 1;
        while self.more(b']') {
            let (value, below) = self.node(depth + 1)?;
            values.push(value);
            places.push(below);
        }
        let places = Places {
            key: None,
            node: self.place(start),
            below: Below::Items(places),
        };
        Some((Value::Array(values), places))
    }

    /// Whether another child follows; else steps over `end`.
    fn more(&mut self, end: u8) -> bool {
        self.skip_blank();
        if self.peek() == Some(b',') {
            self.at += 1;
            self.skip_blank();
        }
        match self.peek() {
            Some(byte) if byte == end => {
                self.at += 1;
                false
            }
            next => next.is_some(),
        }
    }

    fn scalar(&mut self) -> Option<Value> {
        let rest = self.text.get(self.at..)?;
        let length = match rest.strip_prefix('"') {
            Some(inside) => string_end(inside) + 2,
            None => rest
                .find([',', ']', '}', ' ', '\t', '\r', '\n'])
                .unwrap_or(rest.len()),
        };
        let start = self.at;
        self.at += length;
        match serde_json::from_str(rest.get(..length)?) {
            Ok(value) => Some(value),
            Err(error) => {
                // What the first reading skips: numbers beyond a double, escapes of half a surrogate pair.
                let finding = Diagnostic::error(
                    Code::Syntax,
                    format!("this is not JSON: {}", reason(&error)),
                    "correct it",
                );
                self.found.push(finding.at(self.place(start)));
                None
            }
        }
    }

    fn skip_blank(&mut self) -> usize {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn place(&self, start: usize) -> Place {
        Place::new(Arc::clone(self.source), start, self.at)
    }
}

/// The byte offset of the quote that ends a string, in what follows the one that begins it.
fn string_end(inside: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    inside.len()
}
