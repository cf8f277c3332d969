//! Which of two segments with text and variables is the more concrete one.

/// How two segments that some text fits compare: whether the first, and whether the second, has text where the other has a
/// variable. Both have where neither is a case of the other; `None` where no text fits both.
pub fn compare(one: &[String], other: &[String]) -> Option<[bool; 2]> {
    if one == other {
        return Some([false, false]);
    }
    match (is_case(one, other), is_case(other, one)) {
        (true, _) => Some([true, false]),
        (_, true) => Some([false, true]),
        _ => overlap(one, other).then_some([true, true]),
    }
}

/// Whether all that fits the texts `one`, which stand around variables, fits `other` too.
fn is_case(one: &[String], other: &[String]) -> bool {
    // A variable stands for at least one character, and no text of a template has this one.
    fits(&one.join("\0"), other)
}

fn fits(segment: &str, texts: &[String]) -> bool {
    let [first, between @ .., last] = texts else {
        return texts.first().is_some_and(|text| text == segment);
    };
    let inner = segment.strip_prefix(first.as_str());
    let Some(mut rest) = inner.and_then(|inner| inner.strip_suffix(last.as_str())) else {
        return false;
    };
    for text in between {
        let behind = after_first(rest);
        let Some((_, found)) = behind.and_then(|behind| behind.split_once(text.as_str())) else {
            return false;
        };
        rest = found;
    }
    !rest.is_empty()
}

/// What follows the first character.
fn after_first(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    characters.next().map(|_| characters.as_str())
}

/// Whether the variables of both leave room for the texts of the other.
fn overlap(one: &[String], other: &[String]) -> bool {
    if one.len() < 2 || other.len() < 2 {
        return false;
    }
    let both = |ends: [Option<&String>; 2], agree: fn(&str, &str) -> bool| match ends {
        [Some(one), Some(other)] => agree(one, other) || agree(other, one),
        _ => false,
    };
    both([one.first(), other.first()], |one, other| {
        one.starts_with(other)
    }) && both([one.last(), other.last()], |one, other| {
        one.ends_with(other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::template::{Segment, segment};

    fn texts(text: &str) -> Vec<String> {
        match segment(text).unwrap() {
            Segment::Literal(text) => vec![text],
            Segment::Variable => vec![String::new(), String::new()],
            Segment::Pattern(texts) => texts,
        }
    }

    #[test]
    fn text_is_more_concrete_than_a_variable() {
        for (one, other, wanted) in [
            ("{a}.json", "{b}.json", Some([false, false])),
            ("report.json", "{a}.json", Some([true, false])),
            ("report.yaml", "{a}.json", None),
            ("{a}.json", "{a}.{b}", Some([true, false])),
            ("v{a}", "v1{a}", Some([false, true])),
            ("{a}.{b}.{c}", "{a}.{b}", Some([true, false])),
            ("{a}", "x{b}", Some([false, true])),
            ("{a}.json", "x{b}", Some([true, true])),
            ("{a}-{b}", "{a}.{b}", Some([true, true])),
            ("x{a}", "y{a}", None),
            ("{a}x", "{a}y", None),
            ("a", "b", None),
            ("{a}", "", None),
        ] {
            assert_eq!(compare(&texts(one), &texts(other)), wanted, "{one} {other}");
        }
    }
}
