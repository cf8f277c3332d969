//! Which version of OpenAPI a document is written in.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::Document;

/// A version of the OpenAPI Specification that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// 3.0.0 to 3.0.4.
    V30,
    /// 3.1.0 to 3.1.2.
    V31,
}

impl Version {
    /// As messages call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
        }
    }

    /// The version that `document` names.
    pub(super) fn of(document: &Document) -> Result<Self, Diagnostic> {
        let root = document.root();
        if !root.is_object() {
            return Err(unsupported(
                document,
                "",
                "an OpenAPI document is an object".to_owned(),
            ));
        }
        let text = match (root.get("openapi"), root.get("swagger")) {
            (Some(Value::String(text)), _) => text,
            (Some(other), _) => {
                let message = format!("`openapi` must be text such as \"3.1.0\", not {other}");
                return Err(unsupported(document, "/openapi", message));
            }
            (None, Some(_)) => {
                return Err(unsupported(
                    document,
                    "/swagger",
                    "Swagger 2.0 is not read".to_owned(),
                ));
            }
            (None, None) => {
                return Err(unsupported(
                    document,
                    "",
                    "`openapi`, the version, is missing".to_owned(),
                ));
            }
        };
        let patch = |prefix| {
            text.strip_prefix(prefix)
                .is_some_and(|rest: &str| rest.parse::<u8>().is_ok())
        };
        match () {
            () if patch("3.0.") => Ok(Self::V30),
            () if patch("3.1.") => Ok(Self::V31),
            () => Err(unsupported(
                document,
                "/openapi",
                format!("OpenAPI `{text}` is not read"),
            )),
        }
    }
}

fn unsupported(document: &Document, pointer: &str, message: String) -> Diagnostic {
    Diagnostic::error(
        Code::UnsupportedVersion,
        message,
        "convert the document to OpenAPI 3.0 or 3.1, and say so: `openapi: 3.1.0`",
    )
    .at(document.place(pointer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    #[test]
    fn versions_are_told_apart() {
        let of = |text: &str| Version::of(&load::text("a.yaml", text).unwrap());
        assert_eq!(of("openapi: 3.0.3").unwrap(), Version::V30);
        assert_eq!(of("openapi: 3.1.0").unwrap(), Version::V31);
        for bad in [
            "openapi: 3.2.0",
            "openapi: 3.0",
            "openapi: 3.1",
            "swagger: '2.0'",
            "a: 1",
            "[]",
            "openapi: 3.0.x",
        ] {
            assert_eq!(of(bad).unwrap_err().code, Code::UnsupportedVersion, "{bad}");
        }
    }
}
