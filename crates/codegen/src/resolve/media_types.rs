//! Media types: how a body of one is read.

use crate::ir::Encoding;

/// A media type without its parameters.
pub fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// JSON: `application/json`, what some call `text/json`, or a type with the suffix `+json` (RFC 6839, section 3.1), be it a range.
pub fn is_json(essence: &str) -> bool {
    let essence = essence.to_ascii_lowercase();
    ["application/json", "text/json"].contains(&essence.as_str()) || essence.ends_with("+json")
}

/// `application/x-www-form-urlencoded`.
pub fn is_form(essence: &str) -> bool {
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Parts between boundaries (RFC 2046, section 5.1).
pub fn is_multipart(essence: &str) -> bool {
    essence.to_ascii_lowercase().starts_with("multipart/")
}

/// XML (RFC 7303).
pub fn is_xml(essence: &str) -> bool {
    let essence = essence.to_ascii_lowercase();
    ["application/xml", "text/xml"].contains(&essence.as_str()) || essence.ends_with("+xml")
}

/// What is text to a person: `text/*`, XML, and YAML (RFC 9512). Not a stream of events or of JSON values.
pub fn is_text(essence: &str) -> bool {
    let lower = essence.to_ascii_lowercase();
    let is_yaml = ["application/yaml", "application/x-yaml"].contains(&lower.as_str())
        || lower.ends_with("+yaml");
    let is_stream = lower == "text/event-stream";
    (lower.starts_with("text/") && !is_stream) || is_yaml || is_xml(essence)
}

/// Whether it is a range that takes in JSON: `*/*`, `application/*`.
pub fn spans_json(essence: &str) -> bool {
    ["*/*", "*", "application/*"].contains(&essence)
}

/// Whether it has the form of a media type, or of a range (RFC 9110, section 8.3.1).
pub fn is_media_type(essence: &str) -> bool {
    let parts = essence.split_once('/');
    essence == "*" || parts.is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty())
}

/// Text with the charset that a Rust `String` has; XML says it itself.
pub fn with_charset(media_type: &str) -> String {
    let kind = media_type.split('/').next().unwrap_or_default();
    if media_type.contains(';') || !kind.eq_ignore_ascii_case("text") {
        media_type.to_owned()
    } else {
        format!("{media_type}; charset=utf-8")
    }
}

/// The variant of a body's enum for what is read in this way.
pub fn variant(encoding: &Encoding, essence: &str) -> &'static str {
    match encoding {
        Encoding::Json => "Json",
        Encoding::Form | Encoding::FormBySchema(_) => "Form",
        Encoding::Xml(_) => "Xml",
        Encoding::Text if is_xml(essence) => "Xml",
        Encoding::Text => "Text",
        Encoding::Stream => "Stream",
        Encoding::Parts(_) => "Multipart",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_apart() {
        assert!(is_json(essence("application/json; charset=utf-8")));
        assert!(is_json("application/*+json") && is_json("text/json"));
        assert!(!is_json("application/x-ndjson") && !is_json("application/json-seq"));
        assert!(is_text("text/plain") && is_text("application/apply-patch+yaml"));
        assert!(is_text("image/svg+xml") && !is_text("text/event-stream"));
        assert!(is_media_type("*/*") && !is_media_type("form-data"));
    }
}
