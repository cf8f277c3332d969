//! The objects of which operations are made: OpenAPI 3.1.1, 4.8.9 to 4.8.21.

use super::document::{EXAMPLE, EXTERNAL_DOCS, SERVER};
use super::security::SECURITY_REQUIREMENT;
use super::{Holds, Keys, Object, Rest, kept, supported};
use crate::diagnostic::Code;
use crate::dialect::version::Version;

const EXAMPLES: Holds = Holds::Map(Keys::Any, &Holds::Object(&EXAMPLE));

/// What `content` maps to. A static, since a Media Type Object leads to Header Objects, and those back to `content`.
static MEDIA: Holds = Holds::Object(&MEDIA_TYPE);

/// 4.8.9
pub(super) static PATH_ITEM: Object = Object {
    name: "Path Item Object",
    fields: &[
        kept("summary", Holds::Text),
        kept("description", Holds::Text),
        supported("get", Holds::Object(&OPERATION)),
        supported("put", Holds::Object(&OPERATION)),
        supported("post", Holds::Object(&OPERATION)),
        supported("delete", Holds::Object(&OPERATION)),
        supported("options", Holds::Object(&OPERATION)),
        supported("head", Holds::Object(&OPERATION)),
        supported("patch", Holds::Object(&OPERATION)),
        supported("trace", Holds::Object(&OPERATION)),
        supported("query", Holds::Object(&OPERATION)).from(Version::V32),
        supported(
            "additionalOperations",
            Holds::Map(Keys::Any, &Holds::Object(&OPERATION)),
        )
        .from(Version::V32),
        supported("servers", Holds::List(&Holds::Object(&SERVER))),
        supported("parameters", Holds::List(&Holds::Object(&PARAMETER))),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.10
static OPERATION: Object = Object {
    name: "Operation Object",
    fields: &[
        supported("tags", Holds::List(&Holds::Text)),
        kept("summary", Holds::Text),
        kept("description", Holds::Text),
        kept("externalDocs", Holds::Object(&EXTERNAL_DOCS)),
        supported("operationId", Holds::Text),
        supported("parameters", Holds::List(&Holds::Object(&PARAMETER))),
        supported("requestBody", Holds::Object(&REQUEST_BODY)),
        supported("responses", Holds::Object(&RESPONSES)).expected_until(Version::V30),
        supported(
            "callbacks",
            Holds::Map(Keys::Any, &Holds::Object(&CALLBACK)),
        )
        .apart(),
        kept("deprecated", Holds::Boolean),
        supported("security", Holds::List(&SECURITY_REQUIREMENT)),
        supported("servers", Holds::List(&Holds::Object(&SERVER))),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.12
pub(super) static PARAMETER: Object = Object {
    name: "Parameter Object",
    fields: &[
        supported("name", Holds::Text).required(),
        supported(
            "in",
            Holds::Choice(&["query", "querystring", "header", "path", "cookie"]),
        )
        .required(),
        kept("description", Holds::Text),
        supported("required", Holds::Boolean),
        kept("deprecated", Holds::Boolean),
        supported("allowEmptyValue", Holds::Boolean),
        supported(
            "style",
            Holds::Choice(&[
                "form",
                "simple",
                "matrix",
                "label",
                "spaceDelimited",
                "pipeDelimited",
                "deepObject",
                "cookie",
            ]),
        ),
        supported("explode", Holds::Boolean),
        // Of what the server sends itself; what it is sent it decodes in both forms.
        supported("allowReserved", Holds::Boolean),
        supported("schema", Holds::Schema).required_without("content"),
        kept("example", Holds::Anything),
        kept("examples", EXAMPLES),
        supported("content", Holds::Map(Keys::MediaType, &MEDIA)),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.13
pub(super) static REQUEST_BODY: Object = Object {
    name: "Request Body Object",
    fields: &[
        kept("description", Holds::Text),
        supported("content", Holds::Map(Keys::MediaType, &MEDIA))
            .required()
            .within(&[Code::UnsupportedMediaType]),
        supported("required", Holds::Boolean),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.14
pub(crate) static MEDIA_TYPE: Object = Object {
    name: "Media Type Object",
    fields: &[
        supported("schema", Holds::Schema),
        supported("itemSchema", Holds::Schema).from(Version::V32),
        kept("example", Holds::Anything),
        kept("examples", EXAMPLES),
        supported("encoding", Holds::Map(Keys::Any, &Holds::Object(&ENCODING))),
        supported("prefixEncoding", Holds::List(&Holds::Object(&ENCODING))).from(Version::V32),
        supported("itemEncoding", Holds::Object(&ENCODING)).from(Version::V32),
    ],
    rest: Rest::Refused,
    // Since 3.2; before, a `$ref` here is found to be followed all the same.
    reference: true,
};

/// 4.8.15
static ENCODING: Object = Object {
    name: "Encoding Object",
    fields: &[
        supported("contentType", Holds::Text),
        supported("headers", Holds::Map(Keys::Any, &Holds::Object(&HEADER))),
        supported(
            "style",
            Holds::Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        supported("explode", Holds::Boolean),
        kept("allowReserved", Holds::Boolean),
        supported("encoding", Holds::Map(Keys::Any, &Holds::Object(&ENCODING))).from(Version::V32),
        supported("prefixEncoding", Holds::List(&Holds::Object(&ENCODING))).from(Version::V32),
        supported("itemEncoding", Holds::Object(&ENCODING)).from(Version::V32),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.16
static RESPONSES: Object = Object {
    name: "Responses Object",
    fields: &[],
    rest: Rest::Patterned(Keys::Status, Holds::Object(&RESPONSE)),
    reference: false,
};

/// 4.8.17
pub(super) static RESPONSE: Object = Object {
    name: "Response Object",
    fields: &[
        kept("summary", Holds::Text).from(Version::V32),
        supported("description", Holds::Text).expected_until(Version::V31),
        supported("headers", Holds::Map(Keys::Any, &Holds::Object(&HEADER))),
        supported("content", Holds::Map(Keys::MediaType, &MEDIA)),
        kept("links", Holds::Map(Keys::Any, &Holds::Object(&LINK))).apart(),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.18
pub(super) static CALLBACK: Object = Object {
    name: "Callback Object",
    fields: &[],
    rest: Rest::Patterned(Keys::Any, Holds::Object(&PATH_ITEM)),
    reference: true,
};

/// 4.8.20
pub(super) static LINK: Object = Object {
    name: "Link Object",
    fields: &[
        kept("operationRef", Holds::Text),
        kept("operationId", Holds::Text).required_without("operationRef"),
        kept("parameters", Holds::Map(Keys::Any, &Holds::Anything)),
        kept("requestBody", Holds::Anything),
        kept("description", Holds::Text),
        kept("server", Holds::Object(&SERVER)),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.21
pub(super) static HEADER: Object = Object {
    name: "Header Object",
    fields: &[
        kept("description", Holds::Text),
        supported("required", Holds::Boolean),
        kept("deprecated", Holds::Boolean),
        supported("style", Holds::Choice(&["simple"])),
        supported("explode", Holds::Boolean),
        supported("schema", Holds::Schema).expected_without("content"),
        kept("example", Holds::Anything),
        kept("examples", EXAMPLES),
        supported("content", Holds::Map(Keys::MediaType, &MEDIA)),
    ],
    rest: Rest::Refused,
    reference: true,
};
