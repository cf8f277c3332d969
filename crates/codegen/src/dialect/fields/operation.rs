//! The objects of which operations are made: OpenAPI 3.1.1, 4.8.9 to 4.8.21.

use super::document::{EXAMPLE, EXTERNAL_DOCS, SERVER};
use super::security::SECURITY_REQUIREMENT;
use super::{
    Field, Holds, Keys, Object, Rest, Standing, kept, supported, unsupported, unsupported_map,
};
use crate::diagnostic::Code;
use crate::dialect::version::Version;

const EXAMPLES: Holds = Holds::Map(Keys::Any, &Holds::Object(&EXAMPLE));
const CONTENT: Holds = Holds::Map(Keys::MediaType, &Holds::Object(&MEDIA_TYPE));

/// 4.8.9
pub(super) static PATH_ITEM: Object = Object {
    name: "Path Item Object",
    fields: &[
        unsupported("$ref", Code::PathItemRef),
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
        kept("servers", Holds::List(&Holds::Object(&SERVER))),
        supported("parameters", Holds::List(&Holds::Object(&PARAMETER))),
    ],
    rest: Rest::Refused,
    reference: false,
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
        supported("responses", Holds::Object(&RESPONSES)).required_in(Version::V30),
        unsupported_map("callbacks", Code::Callbacks),
        kept("deprecated", Holds::Boolean),
        supported("security", Holds::List(&SECURITY_REQUIREMENT)),
        kept("servers", Holds::List(&Holds::Object(&SERVER))),
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
            Holds::Choice(&[
                ("query", Standing::Supported),
                ("header", Standing::Supported),
                ("path", Standing::Supported),
                ("cookie", Standing::Unsupported(Code::CookieParameter)),
            ]),
        )
        .required(),
        kept("description", Holds::Text),
        supported("required", Holds::Boolean),
        kept("deprecated", Holds::Boolean),
        Field::new(
            "allowEmptyValue",
            Standing::Unsupported(Code::AllowEmptyValue),
            Holds::Boolean,
        ),
        supported(
            "style",
            Holds::Choice(&[
                ("form", Standing::Supported),
                ("simple", Standing::Supported),
                ("matrix", Standing::Unsupported(Code::ParameterStyle)),
                ("label", Standing::Unsupported(Code::ParameterStyle)),
                (
                    "spaceDelimited",
                    Standing::Unsupported(Code::ParameterStyle),
                ),
                ("pipeDelimited", Standing::Unsupported(Code::ParameterStyle)),
                ("deepObject", Standing::Unsupported(Code::ParameterStyle)),
            ]),
        ),
        supported("explode", Holds::Boolean),
        // It only widens what a client may leave unescaped; a server decodes both.
        kept("allowReserved", Holds::Boolean),
        supported("schema", Holds::Schema).required_without("content"),
        kept("example", Holds::Anything),
        kept("examples", EXAMPLES),
        unsupported("content", Code::ParameterContent),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.13
pub(super) static REQUEST_BODY: Object = Object {
    name: "Request Body Object",
    fields: &[
        kept("description", Holds::Text),
        supported("content", CONTENT).required(),
        supported("required", Holds::Boolean),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.14
static MEDIA_TYPE: Object = Object {
    name: "Media Type Object",
    fields: &[
        supported("schema", Holds::Schema),
        kept("example", Holds::Anything),
        kept("examples", EXAMPLES),
        unsupported_map("encoding", Code::Encoding),
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
        supported("description", Holds::Text).required(),
        supported("headers", Holds::Map(Keys::Any, &Holds::Object(&HEADER))),
        supported("content", CONTENT),
        unsupported_map("links", Code::Links),
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
        supported("style", Holds::Choice(&[("simple", Standing::Supported)])),
        supported("explode", Holds::Boolean),
        supported("schema", Holds::Schema).required_without("content"),
        kept("example", Holds::Anything),
        kept("examples", EXAMPLES),
        unsupported("content", Code::ParameterContent),
    ],
    rest: Rest::Refused,
    reference: true,
};
