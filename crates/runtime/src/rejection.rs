//! What the framework itself refuses, before a handler sees it.

use std::borrow::Cow;

use crate::violation::{Location, Violation};

/// A message names no more violations than these, and counts the others.
const MAX_NAMED: usize = 8;

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Parameters break their schemas.
    Parameters,
    /// The body breaks its schema, isn't of its media type's syntax, or did not arrive whole and in time.
    Body,
    /// No credential, or none that can be read.
    Unauthorized(Unauthorized),
    /// The credential is good, its permission does not suffice.
    Forbidden,
    /// The body is larger than `limit` bytes.
    PayloadTooLarge {
        /// In bytes.
        limit: usize,
    },
    /// The client takes none of the media types that the operation `produces`.
    NotAcceptable {
        /// The documented media types.
        produces: &'static [&'static str],
    },
    /// The body's media type is not one of `supported`.
    UnsupportedMediaType {
        /// The documented media types.
        supported: &'static [&'static str],
    },
    /// A fault of the server: a panic, or a response that breaks the contract (debug builds).
    Internal,
    /// The handler took longer than [`crate::Limits::handler_timeout`].
    Timeout,
    /// No path template matches.
    NotFound,
    /// The path exists, the method doesn't.
    MethodNotAllowed {
        /// The value of `Allow` (RFC 9110, section 10.2.1).
        allow: String,
    },
}

/// Why a request is not authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unauthorized {
    /// No alternative's credentials were all presented.
    Missing,
    /// A credential was presented that cannot be read.
    Malformed,
}

/// A refusal with the status that the contract documents for it. Holds no submitted value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: Kind,
    status: u16,
    violations: Vec<Violation>,
    challenges: &'static [&'static str],
}

impl From<Kind> for Rejection {
    fn from(kind: Kind) -> Self {
        Self::with_violations(kind, Vec::new())
    }
}

impl Rejection {
    /// A refusal with the violations that caused it, at the status that HTTP has for `kind`.
    #[must_use]
    pub fn with_violations(kind: Kind, violations: Vec<Violation>) -> Self {
        let status = kind.usual_status();
        Self(Box::new(Inner {
            kind,
            status,
            violations,
            challenges: &[],
        }))
    }

    /// A refusal of the whole body.
    pub(crate) fn body(keyword: &str, message: impl Into<String>) -> Self {
        Self::with_violations(Kind::Body, vec![Violation::of_body(keyword, message)])
    }

    /// The same refusal at another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = status;
        self
    }

    /// The same refusal by an operation that lets callers in by these.
    pub(crate) fn with_challenges(mut self, challenges: &'static [&'static str]) -> Self {
        self.0.challenges = challenges;
        self
    }

    /// Whether the operation lets callers in by this authentication scheme (RFC 9110, section 11.1), in either case. So an
    /// implementer may tell who asks for a bearer token from who asks for a client's own credentials.
    #[must_use]
    pub fn asks_for(&self, scheme: &str) -> bool {
        let mut schemes = self
            .0
            .challenges
            .iter()
            .map(|challenge| challenge.split(' ').next());
        schemes.any(|own| own.is_some_and(|own| own.eq_ignore_ascii_case(scheme)))
    }

    /// Why.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The documented status; where none is documented, the one that HTTP has for the kind.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// Every violation, for [`Kind::Parameters`] and [`Kind::Body`]; one for a content coding.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// One sentence for a person, without a full stop. It names the first eight violations and counts the others.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match &self.0.kind {
            Kind::Parameters => self.all_violations("a parameter is not valid"),
            Kind::Body => self.all_violations("the request body is not valid"),
            Kind::Unauthorized(Unauthorized::Missing) => "a credential is required".into(),
            Kind::Unauthorized(Unauthorized::Malformed) => "the credential is malformed".into(),
            Kind::Forbidden => "the credential does not permit this operation".into(),
            Kind::PayloadTooLarge { limit } => {
                format!("the request body is larger than {limit} bytes").into()
            }
            Kind::NotAcceptable { produces } => {
                format!("the client must accept {}", produces.join(" or ")).into()
            }
            Kind::UnsupportedMediaType { supported } => self.all_violations(format!(
                "the request body must be {}",
                supported.join(" or ")
            )),
            Kind::Internal => "the server failed to answer".into(),
            Kind::Timeout => "the server took too long to answer".into(),
            Kind::NotFound => "no resource has this path".into(),
            Kind::MethodNotAllowed { allow } => {
                format!("this path takes the methods {allow}").into()
            }
        }
    }

    /// Every violation in turn: where a contract's error has one text, that is all a client gets to see.
    fn all_violations(&self, otherwise: impl Into<Cow<'static, str>>) -> Cow<'static, str> {
        let violations = &self.0.violations;
        let mut clauses: Vec<String> = violations.iter().take(MAX_NAMED).map(described).collect();
        if clauses.is_empty() {
            return otherwise.into();
        }
        if violations.len() > MAX_NAMED {
            clauses.push(format!("and {} more", violations.len() - MAX_NAMED));
        }
        clauses.join("; ").into()
    }
}

fn described(violation: &Violation) -> String {
    let message = &violation.message;
    match (violation.location, violation.pointer.strip_prefix('/')) {
        (Location::Body, None) => format!("the request body {message}"),
        (_, None) => format!("the parameter {message}"),
        (_, Some(name)) => format!("`{name}` {message}"),
    }
}

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Rejection {}

impl Kind {
    /// The status that HTTP has for it.
    pub(crate) fn usual_status(&self) -> u16 {
        match self {
            Self::Parameters | Self::Body => 400,
            Self::Unauthorized(_) => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed { .. } => 405,
            Self::NotAcceptable { .. } => 406,
            Self::PayloadTooLarge { .. } => 413,
            Self::UnsupportedMediaType { .. } => 415,
            Self::Internal => 500,
            Self::Timeout => 503,
        }
    }
}

/// Why the glue of an operation ends without the handler's answer.
#[derive(Debug)]
pub enum Stop<E> {
    /// The framework refused.
    Rejected(Rejection),
    /// The implementer's security or handler failed.
    Failed(E),
}

impl<E> From<Rejection> for Stop<E> {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(count: usize) -> Rejection {
        let violation = |n| Violation {
            pointer: format!("/m{n}"),
            ..Violation::of_body("required", "is required")
        };
        Rejection::with_violations(Kind::Body, (0..count).map(violation).collect())
    }

    #[test]
    fn a_message_names_every_violation() {
        assert_eq!(rejection(0).message(), "the request body is not valid");
        assert_eq!(rejection(1).message(), "`m0` is required");
        assert_eq!(rejection(2).message(), "`m0` is required; `m1` is required");
    }

    #[test]
    fn a_message_is_bounded() {
        assert!(rejection(8).message().ends_with("; `m7` is required"));
        assert!(
            rejection(64)
                .message()
                .ends_with("; `m7` is required; and 56 more")
        );
    }
}
