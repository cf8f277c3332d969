//! Security: OpenAPI 3.1.1, 4.8.27 to 4.8.30.

use super::{Holds, Keys, Object, Rest, Standing, kept, supported};
use crate::diagnostic::Code;

/// 4.8.27
pub(super) static SECURITY_SCHEME: Object = Object {
    name: "Security Scheme Object",
    fields: &[
        supported(
            "type",
            Holds::Choice(&[
                ("apiKey", Standing::Supported),
                ("http", Standing::Supported),
                ("oauth2", Standing::Supported),
                ("openIdConnect", Standing::Unsupported(Code::OpenIdConnect)),
                ("mutualTLS", Standing::Unsupported(Code::MutualTls)),
            ]),
        )
        .required(),
        kept("description", Holds::Text),
        supported("name", Holds::Text).required_where("type", "apiKey"),
        supported(
            "in",
            Holds::Choice(&[
                ("query", Standing::Supported),
                ("header", Standing::Supported),
                ("cookie", Standing::Supported),
            ]),
        )
        .required_where("type", "apiKey"),
        supported("scheme", Holds::Text).required_where("type", "http"),
        kept("bearerFormat", Holds::Text),
        supported("flows", Holds::Object(&FLOWS)).required_where("type", "oauth2"),
        kept("openIdConnectUrl", Holds::Text),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.28
static FLOWS: Object = Object {
    name: "OAuth Flows Object",
    fields: &[
        supported("implicit", Holds::Object(&IMPLICIT)),
        supported("password", Holds::Object(&TOKEN_ONLY)),
        supported("clientCredentials", Holds::Object(&TOKEN_ONLY)),
        supported("authorizationCode", Holds::Object(&AUTHORIZATION_CODE)),
    ],
    rest: Rest::Refused,
    reference: false,
};

const SCOPES: Holds = Holds::Map(Keys::Any, &Holds::Text);

/// 4.8.29, of the implicit flow
static IMPLICIT: Object = Object {
    name: "OAuth Flow Object",
    fields: &[
        kept("authorizationUrl", Holds::Text).required(),
        kept("refreshUrl", Holds::Text),
        supported("scopes", SCOPES).required(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.29, of the password and client credentials flows
static TOKEN_ONLY: Object = Object {
    name: "OAuth Flow Object",
    fields: &[
        kept("tokenUrl", Holds::Text).required(),
        kept("refreshUrl", Holds::Text),
        supported("scopes", SCOPES).required(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.29, of the authorization code flow
static AUTHORIZATION_CODE: Object = Object {
    name: "OAuth Flow Object",
    fields: &[
        kept("authorizationUrl", Holds::Text).required(),
        kept("tokenUrl", Holds::Text).required(),
        kept("refreshUrl", Holds::Text),
        supported("scopes", SCOPES).required(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.30. A map, not an object: a scheme may well be called `x-key`.
pub(super) const SECURITY_REQUIREMENT: Holds = Holds::Map(Keys::Any, &Holds::List(&Holds::Text));
