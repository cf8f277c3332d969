//! Security: who may call.

/// One security scheme: a method of the trait `Security`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// Name of the method.
    pub name: String,
    /// Name in `components.securitySchemes`.
    pub wire: String,
    /// Rustdoc.
    pub docs: String,
    /// What the caller presents.
    pub credential: Credential,
    /// The value of `WWW-Authenticate` that asks for it.
    pub challenge: String,
}

/// What a caller presents.
#[derive(Clone, Debug, PartialEq)]
pub enum Credential {
    /// `apiKey` in a header field of this name.
    ApiKeyHeader(String),
    /// `apiKey` in a query parameter of this name.
    ApiKeyQuery(String),
    /// `apiKey` in a cookie of this name.
    ApiKeyCookie(String),
    /// HTTP Basic, RFC 7617.
    Basic,
    /// HTTP Bearer, RFC 6750: also what `oauth2` and `openIdConnect` stand on.
    Bearer,
}

/// Who may call an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Security {
    /// Any of these lets the caller in.
    pub alternatives: Vec<Alternative>,
    /// `{}`: a caller without any credential is let in too.
    pub anonymous: bool,
}

/// One Security Requirement Object.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The scheme that must pass. Requirements of several schemes are refused by a diagnostic.
    pub need: Need,
}

/// One scheme of a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Place in [`Api::schemes`](super::Api::schemes).
    pub scheme: usize,
    /// The scopes it must carry.
    pub scopes: Vec<String>,
}
