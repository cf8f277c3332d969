//! Path templates (OpenAPI 3.2.0, section 4.8.2): segments, and what some authors write behind them.

use percent_encoding::percent_decode_str;

use crate::ir::When;

/// One segment of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text, percent-decoded.
    Literal(String),
    /// One variable.
    Variable,
    /// Texts around variables: one more than there are variables.
    Pattern(Vec<String>),
}

/// A template without what is never a part of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template<'a> {
    /// The path.
    pub path: &'a str,
    /// What follows `?`.
    pub query: Option<&'a str>,
    /// What follows `#`.
    pub fragment: Option<&'a str>,
}

impl<'a> Template<'a> {
    /// Takes a key of `paths` apart.
    pub fn of(key: &'a str) -> Self {
        let (rest, fragment) = match key.split_once('#') {
            Some((rest, fragment)) => (rest, Some(fragment)),
            None => (key, None),
        };
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (rest, None),
        };
        Self {
            path,
            query,
            fragment,
        }
    }

    /// What the query asks for: its parameters, and the values of those that have one which is no variable.
    pub fn when(self) -> Vec<When> {
        let pairs = self.query.unwrap_or_default().split('&');
        let pairs = pairs.filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| match pair.split_once('=') {
                Some((name, value)) if !value.is_empty() && !value.contains('{') => {
                    When::Query(decoded(name), decoded(value))
                }
                Some((name, _)) => When::QueryHas(decoded(name)),
                None => When::QueryHas(decoded(pair)),
            })
            .collect()
    }
}

/// What a segment is; `None` where its braces do not pair, or where nothing tells two of its variables apart.
pub fn segment(segment: &str) -> Option<Segment> {
    let (texts, _) = parts(segment)?;
    let is_separate = |texts: &[String]| {
        let between = texts.get(1..texts.len().saturating_sub(1));
        between.is_some_and(|between| between.iter().all(|text| !text.is_empty()))
    };
    match texts.as_slice() {
        [text] => Some(Segment::Literal(text.clone())),
        [before, behind] if before.is_empty() && behind.is_empty() => Some(Segment::Variable),
        texts if is_separate(texts) => Some(Segment::Pattern(texts.to_vec())),
        _ => None,
    }
}

/// The names of the variables of a template's path, in order.
pub fn variables(key: &str) -> Vec<&str> {
    let segments = Template::of(key).path.split('/');
    segments
        .filter_map(parts)
        .flat_map(|(_, names)| names)
        .collect()
}

/// The texts around the variables of a segment, and the variables' names.
fn parts(segment: &str) -> Option<(Vec<String>, Vec<&str>)> {
    let (mut texts, mut names) = (Vec::new(), Vec::new());
    let mut rest = segment;
    while let Some((text, from)) = rest.split_once('{') {
        let (name, behind) = from.split_once('}')?;
        if text.contains('}') || name.is_empty() || name.contains('{') {
            return None;
        }
        texts.push(decoded(text));
        names.push(name);
        rest = behind;
    }
    texts.push(decoded(rest));
    (!rest.contains('}')).then_some((texts, names))
}

/// `text` with its percent-encoded octets decoded, as the router compares it; as it stands where that is no text.
fn decoded(text: &str) -> String {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(texts: &[&str]) -> Option<Segment> {
        let texts = texts.iter().map(|&text| text.to_owned()).collect();
        Some(Segment::Pattern(texts))
    }

    #[test]
    fn a_segment_is_text_or_variables_or_both() {
        assert_eq!(segment("a%20b"), Some(Segment::Literal("a b".into())));
        assert_eq!(segment("{a}"), Some(Segment::Variable));
        assert_eq!(segment("{a}.{b}"), pattern(&["", ".", ""]));
        assert_eq!(segment("report({id})"), pattern(&["report(", ")"]));
        for strange in ["{a}{b}", "{", "}", "{}", "a}b", "{a", "{{a}}"] {
            assert_eq!(segment(strange), None, "{strange}");
        }
    }

    #[test]
    fn variables_are_those_of_the_path() {
        let path = "/{a}/v{b}.{c}/d?e={f}#{g}";
        assert_eq!(variables(path), ["a", "b", "c"]);
        let template = Template::of(path);
        assert_eq!(template.fragment, Some("{g}"));
        assert_eq!(template.when(), [When::QueryHas("e".into())]);
    }

    #[test]
    fn a_query_is_what_is_asked_for() {
        let when = Template::of("/a?b=c%20d&e").when();
        let b = When::Query("b".into(), "c d".into());
        assert_eq!(when, [b, When::QueryHas("e".into())]);
    }
}
