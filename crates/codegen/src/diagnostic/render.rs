//! One diagnostic as text, in the manner of rustc.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity};

/// The finding as text, in colours of the terminal if `colour` says so.
pub(super) fn render(diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    if let Some(place) = &diagnostic.place {
        group = excerpt(group, place, AnnotationKind::Primary, None);
    }
    for (place, label) in &diagnostic.related {
        group = excerpt(group, place, AnnotationKind::Context, Some(label));
    }
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(diagnostic.help.as_str()));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&[group])
}

/// How many bytes of source are shown at most: minified JSON is one line, which takes the renderer seconds to lay out.
const WIDEST: usize = 2_000;

/// How many bytes of a longer source are shown on either side.
const AROUND: usize = 120;

/// Adds the lines around `place`; only its first line is marked, for a node may be a thousand lines long.
fn excerpt<'a>(
    group: Group<'a>,
    place: &'a Place,
    kind: AnnotationKind,
    label: Option<&'a String>,
) -> Group<'a> {
    let source = place.source();
    let line = place.line();
    let (lines, first) = source.excerpt(line, line);
    if lines.len() <= WIDEST {
        return group.element(
            snippet(place, lines, kind, label)
                .path(place.file())
                .line_start(first),
        );
    }
    // A part of a line does not know its column, which is said apart.
    let origin = Origin::path(place.file())
        .line(line)
        .char_column(place.column());
    let shown = source.around(place.range().start, AROUND);
    group
        .element(origin)
        .element(snippet(place, shown, kind, label).line_start(line))
}

/// The bytes `shown` of the source of `place`, with the place marked.
fn snippet<'a>(
    place: &'a Place,
    shown: Range<usize>,
    kind: AnnotationKind,
    label: Option<&'a String>,
) -> Snippet<'a, Annotation<'a>> {
    let text = place.source().text().get(shown.clone()).unwrap_or("");
    let start = place.range().start - shown.start;
    let rest = text.get(start..).unwrap_or("");
    let width = rest.find(['\r', '\n']).unwrap_or(rest.len());
    let mut end = start + width.min(place.range().len());
    if end == start {
        end = start
            + rest
                .chars()
                .next()
                .filter(|_| width > 0)
                .map_or(0, char::len_utf8);
    }
    let mut annotation = kind.span(start..end);
    if let Some(label) = label {
        annotation = annotation.label(label.as_str());
    }
    Snippet::source(text).annotation(annotation)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Code, Diagnostic, Diagnostics, Place, Source};

    #[test]
    fn it_shows_file_line_column_excerpt_and_help() {
        let text = "openapi: 3.0.3\ninfo:\n  titel: Shop\npaths: {}\n";
        let source = Arc::new(Source::new("openapi/shop/openapi.yaml", text));
        let at = text.find("titel").unwrap();
        let found = Diagnostic::error(
            Code::UnknownField,
            "`titel` is no field of the Info Object",
            "did you mean `title`?",
        )
        .at(Place::new(source, at, at + 5));
        assert_eq!(
            Diagnostics::from(found).to_string(),
            "error[unknown-field]: `titel` is no field of the Info Object\n \
             --> openapi/shop/openapi.yaml:3:3\n  \
             |\n3 |   titel: Shop\n  \
             |   ^^^^^\n  \
             |\n  \
             = help: did you mean `title`?"
        );
    }

    #[test]
    fn colours_are_only_there_where_they_are_asked_for() {
        let source = Arc::new(Source::new("a.yaml", "a: 1\n"));
        let found = Diagnostic::error(Code::UnknownField, "no", "").at(Place::new(source, 0, 1));
        assert!(!found.render(false).contains('\u{1b}'));
        assert!(found.render(true).contains("\u{1b}["));
        assert_eq!(found.render(false), found.to_string());
    }

    #[test]
    fn of_a_long_line_only_a_part_is_shown() {
        let text = format!("{{\"a\": \"{}\", \"titel\": 1}}", "é".repeat(20_000));
        let at = text.find("titel").unwrap();
        let source = Arc::new(Source::new("a.json", text));
        let found = Diagnostic::error(Code::UnknownField, "no", "")
            .at(Place::new(source, at, at + 5))
            .to_string();
        assert!(found.contains("--> a.json:1:20012\n"), "{found}");
        assert!(found.contains("\"titel\": 1}"), "{found}");
        assert!(found.len() < 1_000, "{found}");
    }
}
