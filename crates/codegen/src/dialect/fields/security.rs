//! Security: OpenAPI 3.1.1, 4.8.27 to 4.8.30.

use super::{Holds, Keys, Object, Rest, kept, supported};
use crate::diagnostic::Code;
use crate::dialect::version::Version;

/// 4.8.27
pub(super) static SECURITY_SCHEME: Object = Object {
    name: "Security Scheme Object",
    fields: &[
        supported(
            "type",
            Holds::Choice(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]),
        )
        .required()
        .within(&[Code::UnsupportedSecurityScheme]),
        kept("description", Holds::Text),
        supported("name", Holds::Text).required_where("type", "apiKey"),
        supported("in", Holds::Choice(&["query", "header", "cookie"]))
            .required_where("type", "apiKey"),
        supported("scheme", Holds::Text).required_where("type", "http"),
        kept("bearerFormat", Holds::Text),
        supported("flows", Holds::Object(&FLOWS)).required_where("type", "oauth2"),
        supported("openIdConnectUrl", Holds::Text).required_where("type", "openIdConnect"),
        kept("oauth2MetadataUrl", Holds::Text).from(Version::V32),
        kept("deprecated", Holds::Boolean).from(Version::V32),
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
        supported("deviceAuthorization", Holds::Object(&DEVICE)).from(Version::V32),
    ],
    rest: Rest::Refused,
    reference: false,
};

const SCOPES: Holds = Holds::Map(Keys::Any, &Holds::Text);

/// 4.8.29, of the implicit flow
static IMPLICIT: Object = Object {
    name: "OAuth Flow Object",
    fields: &[
        kept("authorizationUrl", Holds::Text).expected(),
        kept("refreshUrl", Holds::Text),
        supported("scopes", SCOPES).expected(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.29, of the password and client credentials flows
static TOKEN_ONLY: Object = Object {
    name: "OAuth Flow Object",
    fields: &[
        kept("tokenUrl", Holds::Text).expected(),
        kept("refreshUrl", Holds::Text),
        supported("scopes", SCOPES).expected(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.29, of the authorization code flow
static AUTHORIZATION_CODE: Object = Object {
    name: "OAuth Flow Object",
    fields: &[
        kept("authorizationUrl", Holds::Text).expected(),
        kept("tokenUrl", Holds::Text).expected(),
        kept("refreshUrl", Holds::Text),
        supported("scopes", SCOPES).expected(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// OpenAPI 3.2.0, OAuth Flow Object, of the device authorization flow
static DEVICE: Object = Object {
    name: "OAuth Flow Object",
    fields: &[
        kept("deviceAuthorizationUrl", Holds::Text).expected(),
        kept("tokenUrl", Holds::Text).expected(),
        kept("refreshUrl", Holds::Text),
        supported("scopes", SCOPES).expected(),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.30. A map, not an object: a scheme may well be called `x-key`.
pub(super) const SECURITY_REQUIREMENT: Holds = Holds::Map(Keys::Any, &Holds::List(&Holds::Text));
