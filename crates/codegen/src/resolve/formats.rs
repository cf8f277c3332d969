//! `format`: which ones have a type, which ones only describe, and which ones nothing here can check yet.

use openapiv3::VariantOrUnknownOrEmpty;
use serde::Serialize;

use crate::ir::Type;

/// The format as it was written.
pub fn name<T: Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Empty => None,
        known => serde_json::to_value(known)
            .ok()?
            .as_str()
            .map(str::to_owned),
    }
}

/// The type of a string; `None` when values of this format have to be checked and there is no check.
pub fn string(format: Option<&str>) -> Option<Type> {
    match format {
        Some("uuid") => Some(Type::Uuid),
        Some("date-time") => Some(Type::DateTime),
        Some("uri") => Some(Type::Uri),
        // What JSON Schema gives a meaning to, and OpenAPI's own encodings.
        Some(
            "date"
            | "time"
            | "duration"
            | "email"
            | "idn-email"
            | "hostname"
            | "idn-hostname"
            | "ipv4"
            | "ipv6"
            | "uri-reference"
            | "iri"
            | "iri-reference"
            | "uri-template"
            | "json-pointer"
            | "relative-json-pointer"
            | "regex"
            | "byte"
            | "binary",
        ) => None,
        None | Some(_) => Some(Type::String),
    }
}

/// The type of a number.
pub fn number(format: Option<&str>) -> Option<Type> {
    match format {
        Some("float") => Some(Type::Float),
        Some("double") => Some(Type::Double),
        None => Some(Type::Number),
        Some(_) => None,
    }
}

/// The type of an integer.
pub fn integer(format: Option<&str>) -> Option<Type> {
    match format {
        Some("int32") => Some(Type::Int32),
        None | Some("int64") => Some(Type::Int64),
        Some(_) => None,
    }
}

/// Whether values are to be obscured where they would be shown (OpenAPI's format registry).
pub fn is_secret(format: Option<&str>) -> bool {
    format == Some("password")
}

/// For messages.
pub fn described(format: Option<&str>) -> String {
    format!("`format: {}`", format.unwrap_or_default())
}
