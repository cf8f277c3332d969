//! Security: who may call.

/// One security scheme: a method of the trait `Security`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// Name of the method.
    pub name: String,
    /// Name in `components.securitySchemes`, or the one that a requirement has for what is not there.
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
    /// Any other HTTP authentication scheme, of this name.
    Http(String),
    /// `mutualTLS`: the client's certificate.
    Certificate,
    /// Of a scheme that is named and declared nowhere: whatever the head of a request has.
    Undeclared,
}

/// Who may call an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Security {
    /// Name of the function that finds the caller, shared by operations that ask for the same.
    pub function: String,
    /// Any of these lets the caller in.
    pub alternatives: Vec<Alternative>,
    /// `{}`: a caller without any credential is let in too.
    pub anonymous: bool,
}

/// One Security Requirement Object that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The schemes that must all pass, in the document's order.
    pub needs: Vec<Need>,
}

/// One scheme of a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Need {
    /// Place in [`Api::schemes`](super::Api::schemes).
    pub scheme: usize,
    /// The scopes it must carry; roles, where the scheme has no scopes.
    pub scopes: Vec<String>,
}
