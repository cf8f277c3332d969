//! The formats of JSON Schema (Validation, section 7.3) and `byte` (OpenAPI 3.0), for text that has no type which checks it.

use super::Format;

macro_rules! formats {
    ($($static:ident: $name:literal;)+) => {
        $(#[doc = concat!("`format: ", $name, "`.")]
        pub static $static: Format = Format::new($name);)+
    };
}

formats! {
    BYTE: "byte";
    DATE: "date";
    DATE_TIME: "date-time";
    DURATION: "duration";
    EMAIL: "email";
    HOSTNAME: "hostname";
    IDN_EMAIL: "idn-email";
    IDN_HOSTNAME: "idn-hostname";
    IPV4: "ipv4";
    IPV6: "ipv6";
    IRI: "iri";
    IRI_REFERENCE: "iri-reference";
    JSON_POINTER: "json-pointer";
    REGEX: "regex";
    RELATIVE_JSON_POINTER: "relative-json-pointer";
    TIME: "time";
    URI: "uri";
    URI_REFERENCE: "uri-reference";
    URI_TEMPLATE: "uri-template";
    UUID: "uuid";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_known() {
        for (format, wrong) in [
            (&BYTE, "Zg="),
            (&DATE, "2026-02-30"),
            (&DATE_TIME, "2026-02-03"),
            (&DURATION, "1 day"),
            (&EMAIL, "a"),
            (&HOSTNAME, "-a"),
            (&IDN_EMAIL, "a"),
            (&IDN_HOSTNAME, "-a"),
            (&IPV4, "1.2.3"),
            (&IPV6, "1.2.3.4"),
            (&IRI, "a"),
            (&IRI_REFERENCE, "\\\\"),
            (&JSON_POINTER, "a"),
            (&REGEX, "("),
            (&RELATIVE_JSON_POINTER, "a"),
            (&TIME, "12:00"),
            (&URI, "a"),
            (&URI_REFERENCE, "\\\\"),
            (&URI_TEMPLATE, "{"),
            (&UUID, "0"),
        ] {
            assert!(!format.is_match(wrong), "{format:?}");
        }
        assert!(TIME.is_match("12:00:00Z") && DURATION.is_match("P1D"));
        assert!(REGEX.is_match("^a(?=b)") && URI_TEMPLATE.is_match("/{a}"));
    }
}
