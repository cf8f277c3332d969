//! Segments of text and parameters in turn.

use super::Captures;

/// Where the parameters between `texts` stand in `segment`, which is percent-encoded.
///
/// Where a text occurs more than once, its last occurrence is taken: of `archive.tar.gz`, `{name}.{extension}` takes `gz`.
/// A percent-encoded octet is a part of a parameter first, and of a text only where that does not fit.
pub(super) fn captures(texts: &[&str], segment: &str) -> Option<Captures> {
    let plain = segment.bytes().enumerate().map(|(at, byte)| (byte, at));
    let plain: Vec<(u8, usize)> = plain.collect();
    split(texts, &plain, segment.len()).or_else(|| {
        let is_encoded = segment.contains('%');
        is_encoded.then(|| split(texts, &octets(segment)?, segment.len()))?
    })
}

/// Takes the texts from the end, so that each step has one place to look for.
fn split(texts: &[&str], octets: &[(u8, usize)], length: usize) -> Option<Captures> {
    let (last, before) = texts.split_last()?;
    let (first, between) = before.split_first()?;
    let mut end = octets.len().checked_sub(last.len())?;
    let mut found = Captures::new();
    let place = |at: usize| octets.get(at).map_or(length, |(_, place)| *place);
    is_at(octets, end, last).then_some(())?;
    for text in between.iter().rev() {
        // At least one octet is left for the parameter behind the text, and one for that before it.
        let latest = end.checked_sub(text.len() + 1)?;
        let start = (first.len() + 1..=latest)
            .rev()
            .find(|start| is_at(octets, *start, text))?;
        found.push((place(start + text.len()), place(end)));
        end = start;
    }
    let is_whole = is_at(octets, 0, first) && first.len() < end;
    is_whole.then(|| found.push((place(first.len()), place(end))))?;
    found.reverse();
    Some(found)
}

fn is_at(octets: &[(u8, usize)], start: usize, text: &str) -> bool {
    let there = octets.get(start..start + text.len());
    there.is_some_and(|there| there.iter().map(|(octet, _)| *octet).eq(text.bytes()))
}

/// The octets that `segment` stands for, and where each starts.
fn octets(segment: &str) -> Option<Vec<(u8, usize)>> {
    let mut octets = Vec::new();
    let mut bytes = segment.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        let octet = match byte {
            b'%' => {
                let digits = segment.get(at + 1..at + 3)?;
                bytes.nth(1)?;
                u8::from_str_radix(digits, 16).ok()?
            }
            other => other,
        };
        octets.push((octet, at));
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    fn captures<'s>(texts: &[&str], segment: &'s str) -> Option<Vec<&'s str>> {
        let found = super::captures(texts, segment)?;
        Some(found.into_iter().map(|(s, e)| &segment[s..e]).collect())
    }

    #[test]
    fn texts_stand_around_parameters() {
        assert_eq!(captures(&["v", ""], "v12"), Some(vec!["12"]));
        assert_eq!(captures(&["", ":cancel"], "a:cancel"), Some(vec!["a"]));
        assert_eq!(captures(&["report(", ")"], "report(7)"), Some(vec!["7"]));
        let range = ["", "...", ""];
        assert_eq!(captures(&range, "a...b"), Some(vec!["a", "b"]));
        let file = ["", ".", ""];
        assert_eq!(captures(&file, "a.tar.gz"), Some(vec!["a.tar", "gz"]));
        assert_eq!(
            captures(&["x", "-", "-", "y"], "xa-b-c-dy"),
            Some(vec!["a-b", "c", "d"])
        );
    }

    #[test]
    fn a_parameter_is_not_empty() {
        for segment in ["", ".", "a.", ".a", "a"] {
            assert_eq!(captures(&["", ".", ""], segment), None, "{segment}");
        }
        assert_eq!(captures(&["v", ""], "v"), None);
        assert_eq!(captures(&["aa", "aa"], "aaa"), None);
    }

    #[test]
    fn texts_may_be_percent_encoded() {
        let report = ["report(", ")"];
        assert_eq!(captures(&report, "report%28a%2Fb%29"), Some(vec!["a%2Fb"]));
        let file = ["", ".", ""];
        assert_eq!(captures(&file, "a%2Eb.c"), Some(vec!["a%2Eb", "c"]));
        assert_eq!(captures(&file, "a%2Eb"), Some(vec!["a", "b"]));
        for segment in ["a%", "a%2", "a%+Eb", "a%é"] {
            assert_eq!(captures(&file, segment), None, "{segment}");
        }
    }
}
