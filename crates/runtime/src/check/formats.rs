//! The formats of JSON Schema (Validation, section 7.3) that have no Rust type.

use super::Format;

macro_rules! formats {
    ($($static:ident: $name:literal;)+) => {
        $(#[doc = concat!("`format: ", $name, "`.")]
        pub static $static: Format = Format::new($name);)+
    };
}

formats! {
    DURATION: "duration";
    EMAIL: "email";
    HOSTNAME: "hostname";
    IDN_EMAIL: "idn-email";
    IDN_HOSTNAME: "idn-hostname";
    IRI: "iri";
    IRI_REFERENCE: "iri-reference";
    JSON_POINTER: "json-pointer";
    REGEX: "regex";
    RELATIVE_JSON_POINTER: "relative-json-pointer";
    TIME: "time";
    URI_REFERENCE: "uri-reference";
    URI_TEMPLATE: "uri-template";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_known() {
        for (format, wrong) in [
            (&DURATION, "1 day"),
            (&EMAIL, "a"),
            (&HOSTNAME, "-a"),
            (&IDN_EMAIL, "a"),
            (&IDN_HOSTNAME, "-a"),
            (&IRI, "a"),
            (&IRI_REFERENCE, "\\\\"),
            (&JSON_POINTER, "a"),
            (&REGEX, "("),
            (&RELATIVE_JSON_POINTER, "a"),
            (&TIME, "12:00"),
            (&URI_REFERENCE, "\\\\"),
            (&URI_TEMPLATE, "{"),
        ] {
            assert!(!format.is_match(wrong), "{format:?}");
        }
        assert!(TIME.is_match("12:00:00Z") && DURATION.is_match("P1D"));
        assert!(REGEX.is_match("^a(?=b)") && URI_TEMPLATE.is_match("/{a}"));
    }
}
