//! Proactive negotiation by `Accept` (RFC 9110, section 12.5.1).
//!
//! It is lenient where the specification leaves the choice to the server (section 12.4.1): no field, or one that cannot be
//! read, accepts everything; a parameter that the contract does not spell out hinders nothing; and who asks for one form of
//! JSON takes another, unless another range speaks of it, since clients send `application/json` whatever the suffix is.

use crate::context;
use crate::media_type::{MediaType, split};

/// How a range fits a media type, from worst to best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Another form of JSON.
    Kin,
    /// `*/*`.
    Anything,
    /// `text/*`.
    Kind,
    /// The type itself, and this many of its parameters.
    Exact(usize),
}

/// The one of `offered` that the client likes best, of equals the first; `None` where it takes none of them.
pub(crate) fn best<'m>(field: &str, offered: &[&'m str]) -> Option<&'m str> {
    if field.trim() == "*/*" {
        return offered.first().copied();
    }
    let ranges: Vec<(MediaType<'_>, u16)> = split(field, b',').filter_map(range).collect();
    if ranges.is_empty() {
        return offered.first().copied();
    }
    let mut best: Option<((u16, Fit), &'m str)> = None;
    for &media_type in offered {
        let Some(parsed) = MediaType::parse(media_type) else {
            continue;
        };
        let liking = liking(&ranges, &parsed);
        if let Some(liking) = liking
            && best.is_none_or(|(known, _)| known < liking)
        {
            best = Some((liking, media_type));
        }
    }
    best.map(|(_, media_type)| media_type)
}

/// Quality and fit of the range that fits best; `None` where that has a quality of zero, or none fits.
fn liking(ranges: &[(MediaType<'_>, u16)], offered: &MediaType<'_>) -> Option<(u16, Fit)> {
    let fitting = ranges
        .iter()
        .filter_map(|(range, quality)| Some((fit(range, offered)?, *quality)));
    // A range of media types offers each of them.
    let best = if offered.subtype == "*" {
        fitting.max_by_key(|&(fit, quality)| (quality, fit))
    } else {
        fitting.max()
    };
    best.filter(|(_, quality)| *quality > 0)
        .map(|(fit, quality)| (quality, fit))
}

fn fit(range: &MediaType<'_>, offered: &MediaType<'_>) -> Option<Fit> {
    if !range.overlaps(offered) {
        return (range.is_json() && offered.is_json()).then_some(Fit::Kin);
    }
    if range.kind == "*" {
        return Some(Fit::Anything);
    }
    if range.subtype == "*" {
        return Some(Fit::Kind);
    }
    let mut same = 0;
    for (name, value) in range.parameters().filter(|(name, _)| !is_weight(name)) {
        if offered.contradicts(name, &value) {
            return None;
        }
        let is = |(own, text): (&str, _)| own.eq_ignore_ascii_case(name) && text == value;
        same += usize::from(offered.parameters().any(is));
    }
    Some(Fit::Exact(same))
}

/// A range and its weight in thousandths.
fn range(text: &str) -> Option<(MediaType<'_>, u16)> {
    let range = MediaType::parse(text)?;
    let weight = range.parameters().find(|(name, _)| is_weight(name));
    let quality = match weight {
        None => 1000,
        Some((_, text)) => thousandths(&text)?,
    };
    Some((range, quality))
}

fn is_weight(name: &str) -> bool {
    name.eq_ignore_ascii_case("q")
}

/// `0`, `0.25` or `1.000` (RFC 9110, section 12.4.2), and `.2`, which is how Java's own client writes it.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = if whole.is_empty() { "0" } else { whole };
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(whole, "0" | "1") || fraction.len() > 3 || !digits {
        return None;
    }
    let value = format!("{whole}{fraction:0<3}").parse().ok()?;
    (value <= 1000).then_some(value)
}

/// Which of `offered` the client of the request that is being handled likes best, of equals the first: for a handler that
/// can answer in several media types. `None` where it takes none of them.
#[must_use]
pub fn preferred<'m>(offered: &[&'m str]) -> Option<&'m str> {
    let context = context::current();
    match context.as_ref().and_then(|context| context.accept()) {
        Some(field) => best(field, offered),
        None => offered.first().copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification() {
        let field = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5";
        let ranges: Vec<_> = split(field, b',').filter_map(range).collect();
        for (media_type, quality) in [
            ("text/plain;format=flowed", 1000),
            ("text/plain; format=fixed", 400),
            ("text/html", 300),
            ("image/jpeg", 500),
        ] {
            let liking = liking(&ranges, &MediaType::parse(media_type).unwrap());
            assert_eq!(liking.unwrap().0, quality, "{media_type}");
        }
    }

    #[test]
    fn weights_then_fit_then_order_decide() {
        let offered = ["text/csv", "application/json", "application/xml"];
        let best = |field| best(field, &offered);
        assert_eq!(
            best("application/xml, application/json"),
            Some("application/json")
        );
        assert_eq!(
            best("application/json;q=0.5, application/xml"),
            Some("application/xml")
        );
        assert_eq!(best("*/*, application/xml"), Some("application/xml"));
        assert_eq!(best("*/*"), Some("text/csv"));
        assert_eq!(best("*/*;q=0.1, text/csv;q=0"), Some("application/json"));
        assert_eq!(best("image/png"), None);
        assert_eq!(best("nonsense"), Some("text/csv"));
        assert_eq!(best("application/xml;q=2, text/*"), Some("text/csv"));
    }

    #[test]
    fn java_s_own_client_accepts_everything() {
        let field = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
        assert!(best(field, &["application/json"]).is_some());
        let offered = ["application/json", "text/html"];
        assert_eq!(best(field, &offered), Some("text/html"));
    }

    #[test]
    fn a_form_of_json_takes_another() {
        let problem = ["application/vnd.a+json"];
        assert!(best("application/json", &problem).is_some());
        assert!(best("application/vnd.b+json", &["application/json"]).is_some());
        assert_eq!(best("application/json, */*;q=0", &problem), None);
    }

    #[test]
    fn parameters_only_contradict() {
        let offered = ["a/b;version=1", "a/b;version=2"];
        assert_eq!(best("a/b;version=2", &offered), Some("a/b;version=2"));
        assert_eq!(best("a/b;version=3", &offered), None);
        assert_eq!(best("a/b;other=3", &offered), Some("a/b;version=1"));
        assert!(best("text/html;charset=latin1", &["text/html; charset=utf-8"]).is_some());
    }

    #[test]
    fn a_range_offers_each_of_its_types() {
        assert!(best("image/png;q=0, image/gif", &["image/*"]).is_some());
        assert!(best("text/html", &["image/*"]).is_none());
        assert!(best("text/html", &["*/*"]).is_some());
    }
}
