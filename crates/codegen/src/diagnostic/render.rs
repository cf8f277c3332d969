//! One diagnostic as text, in the manner of rustc.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Place, Severity};

pub(super) fn render(diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    if let Some(place) = &diagnostic.place {
        group = group.element(snippet(place, AnnotationKind::Primary, None));
    }
    for (place, label) in &diagnostic.related {
        group = group.element(snippet(place, AnnotationKind::Context, Some(label)));
    }
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(diagnostic.help.as_str()));
    }
    Renderer::plain().render(&[group])
}

/// The lines around `place`; only its first line is marked, for a node may be a thousand lines long.
fn snippet<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    label: Option<&'a String>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = place.source();
    let line = place.line();
    let (lines, first) = source.excerpt(line, line);
    let text = source.text().get(lines.clone()).unwrap_or("");
    let start = place.range().start - lines.start;
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
    Snippet::source(text)
        .path(place.file())
        .line_start(first)
        .annotation(annotation)
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
}
