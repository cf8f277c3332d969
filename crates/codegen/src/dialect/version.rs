//! Which version of OpenAPI a document is written in.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::Document;

/// A version of the OpenAPI Specification that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// 3.0.0 to 3.0.4.
    V30,
    /// 3.1.0 to 3.1.2.
    V31,
    /// 3.2.0.
    V32,
}

impl Version {
    const ALL: [Self; 3] = [Self::V30, Self::V31, Self::V32];

    /// As messages call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }

    /// Whether its schemas are those of JSON Schema 2020-12.
    pub(super) fn has_json_schema(self) -> bool {
        self >= Self::V31
    }

    /// The version that `document` names; what is odd about the name goes to `found`.
    pub(super) fn of(document: &Document, found: &mut Diagnostics) -> Result<Self, Diagnostic> {
        let root = document.root();
        if !root.is_object() {
            let message = "an OpenAPI document is an object".to_owned();
            return Err(unsupported(document, "", message));
        }
        let text = match (root.get("openapi"), root.get("swagger")) {
            (Some(Value::String(text)), _) => text.clone(),
            // Unquoted, `3.0` and `3.1` are numbers.
            (Some(Value::Number(number)), _) => number.to_string(),
            (Some(other), _) => {
                let message = format!("`openapi` must be text such as \"3.1.0\", not {other}");
                return Err(unsupported(document, "/openapi", message));
            }
            (None, Some(_)) => {
                let message = "Swagger 2.0 is not read".to_owned();
                return Err(unsupported(document, "/swagger", message));
            }
            (None, None) => {
                let message = "`openapi`, the version, is missing".to_owned();
                return Err(unsupported(document, "", message));
            }
        };
        for version in Self::ALL {
            if text == version.name() {
                found.push(without_patch(document, version));
                return Ok(version);
            }
            let patch = text.strip_prefix(version.name());
            let patch = patch.and_then(|rest| rest.strip_prefix('.'));
            if patch.is_some_and(|rest| rest.parse::<u8>().is_ok()) {
                return Ok(version);
            }
        }
        let message = format!("OpenAPI `{text}` is not read");
        Err(unsupported(document, "/openapi", message))
    }
}

fn without_patch(document: &Document, version: Version) -> Diagnostic {
    let name = version.name();
    Diagnostic::error(
        Code::InvalidValue,
        format!("`openapi` names no whole version; it is read as OpenAPI {name}"),
        format!("write all three parts, as text: \"{name}.0\""),
    )
    .at(document.place("/openapi"))
    .warning()
}

fn unsupported(document: &Document, pointer: &str, message: String) -> Diagnostic {
    Diagnostic::error(
        Code::UnsupportedVersion,
        message,
        "convert the document to OpenAPI 3.0, 3.1 or 3.2, and say so: `openapi: 3.1.0`",
    )
    .at(document.place(pointer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    #[test]
    fn versions_are_told_apart() {
        let of = |text: &str| {
            let mut found = Diagnostics::new();
            let version = Version::of(&load::text("a.yaml", text).unwrap(), &mut found);
            version.map(|version| (version, found.len()))
        };
        for (text, version) in [
            ("openapi: 3.0.3", (Version::V30, 0)),
            ("openapi: 3.1.0", (Version::V31, 0)),
            ("openapi: 3.2.0", (Version::V32, 0)),
            ("openapi: 3.0", (Version::V30, 1)),
            ("openapi: '3.1'", (Version::V31, 1)),
        ] {
            assert_eq!(of(text).unwrap(), version, "{text}");
        }
        for bad in [
            "openapi: 3.3.0",
            "openapi: 3",
            "openapi: 3.10.0",
            "swagger: '2.0'",
            "a: 1",
            "[]",
            "openapi: 3.0.x",
        ] {
            assert_eq!(of(bad).unwrap_err().code, Code::UnsupportedVersion, "{bad}");
        }
    }
}
