//! The objects around the operations: OpenAPI 3.1.1, 4.8.1 to 4.8.9, and what only documents.

use super::operation::{HEADER, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE};
use super::security::{SECURITY_REQUIREMENT, SECURITY_SCHEME};
use super::{Holds, Keys, Object, Rest, kept, supported, unsupported_map};
use crate::diagnostic::Code;
use crate::dialect::version::Version;

/// 4.8.1
pub(in crate::dialect) static OPENAPI: Object = Object {
    name: "OpenAPI Object",
    fields: &[
        supported("openapi", Holds::Text).required(),
        supported("info", Holds::Object(&INFO)).required(),
        kept("jsonSchemaDialect", DIALECT).only(Version::V31),
        kept("servers", Holds::List(&Holds::Object(&SERVER))),
        supported("paths", Holds::Object(&PATHS)).required_in(Version::V30),
        unsupported_map("webhooks", Code::Webhooks).only(Version::V31),
        supported("components", Holds::Object(&COMPONENTS)),
        supported("security", Holds::List(&SECURITY_REQUIREMENT)),
        supported("tags", Holds::List(&Holds::Object(&TAG))),
        kept("externalDocs", Holds::Object(&EXTERNAL_DOCS)),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// The dialects of JSON Schema that mean what this generator takes them to mean.
pub(super) const DIALECT: Holds = Holds::Choice(&[
    (
        "https://spec.openapis.org/oas/3.1/dialect/base",
        super::Standing::Kept,
    ),
    (
        "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
        super::Standing::Kept,
    ),
    (
        "https://json-schema.org/draft/2020-12/schema",
        super::Standing::Kept,
    ),
]);

/// 4.8.2
static INFO: Object = Object {
    name: "Info Object",
    fields: &[
        supported("title", Holds::Text).required(),
        kept("summary", Holds::Text).only(Version::V31),
        kept("description", Holds::Text),
        kept("termsOfService", Holds::Text),
        kept("contact", Holds::Object(&CONTACT)),
        kept("license", Holds::Object(&LICENSE)),
        supported("version", Holds::Text).required(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.3
static CONTACT: Object = Object {
    name: "Contact Object",
    fields: &[
        kept("name", Holds::Text),
        kept("url", Holds::Text),
        kept("email", Holds::Text),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.4
static LICENSE: Object = Object {
    name: "License Object",
    fields: &[
        kept("name", Holds::Text).required(),
        kept("identifier", Holds::Text).only(Version::V31),
        kept("url", Holds::Text),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.5
pub(super) static SERVER: Object = Object {
    name: "Server Object",
    fields: &[
        kept("url", Holds::Text).required(),
        kept("description", Holds::Text),
        kept(
            "variables",
            Holds::Map(Keys::Any, &Holds::Object(&SERVER_VARIABLE)),
        ),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.6
static SERVER_VARIABLE: Object = Object {
    name: "Server Variable Object",
    fields: &[
        kept("enum", Holds::List(&Holds::Text)),
        kept("default", Holds::Text).required(),
        kept("description", Holds::Text),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.7
static COMPONENTS: Object = Object {
    name: "Components Object",
    fields: &[
        supported("schemas", Holds::Map(Keys::ComponentName, &Holds::Schema)),
        supported(
            "responses",
            Holds::Map(Keys::ComponentName, &Holds::Object(&RESPONSE)),
        ),
        supported(
            "parameters",
            Holds::Map(Keys::ComponentName, &Holds::Object(&PARAMETER)),
        ),
        kept(
            "examples",
            Holds::Map(Keys::ComponentName, &Holds::Object(&EXAMPLE)),
        ),
        supported(
            "requestBodies",
            Holds::Map(Keys::ComponentName, &Holds::Object(&REQUEST_BODY)),
        ),
        supported(
            "headers",
            Holds::Map(Keys::ComponentName, &Holds::Object(&HEADER)),
        ),
        supported(
            "securitySchemes",
            Holds::Map(Keys::ComponentName, &Holds::Object(&SECURITY_SCHEME)),
        ),
        unsupported_map("links", Code::Links),
        unsupported_map("callbacks", Code::Callbacks),
        unsupported_map("pathItems", Code::PathItemRef).only(Version::V31),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.8
static PATHS: Object = Object {
    name: "Paths Object",
    fields: &[],
    rest: Rest::Patterned(Keys::Path, Holds::Object(&PATH_ITEM)),
    reference: false,
};

/// 4.8.22
static TAG: Object = Object {
    name: "Tag Object",
    fields: &[
        supported("name", Holds::Text).required(),
        kept("description", Holds::Text),
        kept("externalDocs", Holds::Object(&EXTERNAL_DOCS)),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.11
pub(super) static EXTERNAL_DOCS: Object = Object {
    name: "External Documentation Object",
    fields: &[
        kept("description", Holds::Text),
        kept("url", Holds::Text).required(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.19
pub(super) static EXAMPLE: Object = Object {
    name: "Example Object",
    fields: &[
        kept("summary", Holds::Text),
        kept("description", Holds::Text),
        kept("value", Holds::Anything),
        kept("externalValue", Holds::Text),
    ],
    rest: Rest::Refused,
    reference: true,
};
