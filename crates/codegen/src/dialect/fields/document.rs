//! The objects around the operations: OpenAPI 3.1.1, 4.8.1 to 4.8.9, and what only documents.

use super::operation::{
    CALLBACK, HEADER, LINK, MEDIA_TYPE, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE,
};
use super::security::{SECURITY_REQUIREMENT, SECURITY_SCHEME};
use super::{Holds, Keys, Object, Rest, kept, supported};
use crate::dialect::version::Version;

/// 4.8.1
pub(in crate::dialect) static OPENAPI: Object = Object {
    name: "OpenAPI Object",
    fields: &[
        // Read before the walk.
        supported("openapi", Holds::Anything).required(),
        supported("info", Holds::Object(&INFO)).expected(),
        kept("$self", Holds::Text).from(Version::V32),
        supported("jsonSchemaDialect", Holds::Text).from(Version::V31),
        supported("servers", Holds::List(&Holds::Object(&SERVER))),
        supported("paths", Holds::Object(&PATHS)).required_until(Version::V30),
        supported(
            "webhooks",
            Holds::Map(Keys::Any, &Holds::Object(&PATH_ITEM)),
        )
        .from(Version::V31),
        supported("components", Holds::Object(&COMPONENTS)),
        supported("security", Holds::List(&SECURITY_REQUIREMENT)),
        kept("tags", Holds::List(&Holds::Object(&TAG))),
        kept("externalDocs", Holds::Object(&EXTERNAL_DOCS)),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.2
static INFO: Object = Object {
    name: "Info Object",
    fields: &[
        supported("title", Holds::Text).expected(),
        kept("summary", Holds::Text).from(Version::V31),
        kept("description", Holds::Text),
        kept("termsOfService", Holds::Text),
        kept("contact", Holds::Object(&CONTACT)),
        kept("license", Holds::Object(&LICENSE)),
        supported("version", Holds::Text).expected(),
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
        kept("identifier", Holds::Text).from(Version::V31),
        kept("url", Holds::Text),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.5
pub(super) static SERVER: Object = Object {
    name: "Server Object",
    fields: &[
        supported("url", Holds::Text).required(),
        kept("description", Holds::Text),
        kept("name", Holds::Text).from(Version::V32),
        supported(
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
        supported("enum", Holds::List(&Holds::Text)),
        supported("default", Holds::Text).required(),
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
        kept(
            "links",
            Holds::Map(Keys::ComponentName, &Holds::Object(&LINK)),
        )
        .apart(),
        supported(
            "callbacks",
            Holds::Map(Keys::ComponentName, &Holds::Object(&CALLBACK)),
        )
        .apart(),
        supported(
            "pathItems",
            Holds::Map(Keys::ComponentName, &Holds::Object(&PATH_ITEM)),
        )
        .from(Version::V31),
        supported(
            "mediaTypes",
            Holds::Map(Keys::ComponentName, &Holds::Object(&MEDIA_TYPE)),
        )
        .from(Version::V32),
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
        kept("name", Holds::Text).required(),
        kept("summary", Holds::Text).from(Version::V32),
        kept("description", Holds::Text),
        kept("parent", Holds::Text).from(Version::V32),
        kept("kind", Holds::Text).from(Version::V32),
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
        kept("dataValue", Holds::Anything).from(Version::V32),
        kept("serializedValue", Holds::Text).from(Version::V32),
        kept("externalValue", Holds::Text),
    ],
    rest: Rest::Refused,
    reference: true,
};
