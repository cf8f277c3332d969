//! One diagnostic as JSON, for those who are programs.

use serde_json::{Value, json};

use super::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// The finding as an object: `code`, `severity`, `message`, `help`, and where it stands: `file`, `line` and `column` of
    /// its start and `end` of its end, which are null without a place; `related` are further places, each with a `label`.
    /// Lines and columns count from 1, columns in characters.
    pub fn json(&self) -> Value {
        let mut object = json!({
            "code": self.code.name(),
            "severity": match self.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "message": self.message,
            "help": self.help,
            "related": self.related.iter().map(|(place, label)| {
                let mut related = json!({ "label": label });
                put(&mut related, Some(place));
                related
            }).collect::<Vec<_>>(),
        });
        put(&mut object, self.place.as_ref());
        object
    }
}

/// Adds where `place` is to `object`.
fn put(object: &mut Value, place: Option<&Place>) {
    let end = place.map(Place::end);
    let fields = [
        ("file", json!(place.map(Place::file))),
        ("line", json!(place.map(Place::line))),
        ("column", json!(place.map(Place::column))),
        (
            "end",
            json!(end.map(|(line, column)| json!({ "line": line, "column": column }))),
        ),
    ];
    if let Value::Object(object) = object {
        object.extend(fields.map(|(name, value)| (name.to_owned(), value)));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Code, Source};
    use super::*;

    #[test]
    fn a_finding_says_where_it_is() {
        let source = Arc::new(Source::new("a.yaml", "é: 1\nb: [2,\n 3]\n"));
        let place = |start, end| Place::new(Arc::clone(&source), start, end);
        let found = Diagnostic::error(Code::WrongType, "no list", "write a number")
            .at(place(9, 16))
            .with(place(0, 2), "here");
        assert_eq!(
            found.json(),
            json!({
                "code": "wrong-type",
                "severity": "error",
                "message": "no list",
                "help": "write a number",
                "file": "a.yaml",
                "line": 2,
                "column": 4,
                "end": { "line": 3, "column": 4 },
                "related": [{
                    "label": "here",
                    "file": "a.yaml",
                    "line": 1,
                    "column": 1,
                    "end": { "line": 1, "column": 2 },
                }],
            })
        );
        let nowhere = Diagnostic::error(Code::UnreadableFile, "no such file", "").warning();
        assert_eq!(nowhere.json()["line"], Value::Null);
        assert_eq!(nowhere.json()["severity"], "warning");
    }
}
