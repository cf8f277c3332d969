//! `format`: which ones have a type, which ones are checked, and which ones only describe.

use crate::ir::Type;

/// The type of a string.
pub fn string(format: Option<&str>) -> Type {
    match format {
        Some("uuid") => Type::Uuid,
        Some("date-time") => Type::DateTime,
        Some("date") => Type::Date,
        Some("uri") => Type::Uri,
        Some("ipv4") => Type::Ipv4,
        Some("ipv6") => Type::Ipv6,
        Some("byte") => Type::Base64,
        None | Some(_) => Type::String,
    }
}

/// Whether values of the format are checked, where no type does it: what JSON Schema gives a meaning to (Validation, 7.3),
/// and `byte` (OpenAPI 3.0).
pub fn is_checked(format: &str) -> bool {
    matches!(
        format,
        "byte"
            | "date"
            | "date-time"
            | "duration"
            | "email"
            | "hostname"
            | "idn-email"
            | "idn-hostname"
            | "ipv4"
            | "ipv6"
            | "iri"
            | "iri-reference"
            | "json-pointer"
            | "regex"
            | "relative-json-pointer"
            | "time"
            | "uri"
            | "uri-reference"
            | "uri-template"
            | "uuid"
    )
}

/// The lengths of the shortest and the longest text of a type, in code points: what `minLength` and `maxLength` can add
/// nothing to.
pub fn lengths(ty: &Type) -> Option<(usize, usize)> {
    match ty {
        Type::Uuid => Some((36, 36)),
        // `2026-11-22T10:00:00Z`; fractions of a second have no end.
        Type::DateTime => Some((20, usize::MAX)),
        Type::Date => Some((10, 10)),
        Type::Ipv4 => Some((7, 15)),
        // `::`, and eight groups of which the last two are an IPv4 address.
        Type::Ipv6 => Some((2, 45)),
        _ => None,
    }
}

/// The type of a number (OpenAPI's format registry).
pub fn number(format: Option<&str>) -> Type {
    match format {
        Some("float") => Type::Float,
        Some("double") => Type::Double,
        None | Some(_) => Type::Number,
    }
}

/// The type of an integer (OpenAPI's format registry).
pub fn integer(format: Option<&str>) -> Type {
    match format {
        Some("int8") => Type::Int8,
        Some("int16") => Type::Int16,
        Some("int32") => Type::Int32,
        Some("uint8") => Type::UInt8,
        Some("uint16") => Type::UInt16,
        Some("uint32") => Type::UInt32,
        Some("uint64") => Type::UInt64,
        None | Some(_) => Type::Int64,
    }
}

/// Whether values are to be obscured where they would be shown (OpenAPI's format registry).
pub fn is_secret(format: Option<&str>) -> bool {
    format == Some("password")
}

#[cfg(test)]
mod tests {
    use super::is_checked;

    #[test]
    fn the_runtime_has_a_check_of_each() {
        let known = include_str!("../../../runtime/src/check/formats.rs");
        let list = known
            .split("formats! {")
            .nth(1)
            .unwrap()
            .split('}')
            .next()
            .unwrap();
        let names = list.split('"').skip(1).step_by(2);
        assert_eq!(names.clone().count(), 20);
        names.for_each(|name| assert!(is_checked(name), "{name}"));
    }
}
