//! Problem details (RFC 9457), for what the contract has no words for.

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use serde::Serialize;

use crate::rejection::{Kind, Rejection};
use crate::response::Response;
use crate::violation::Violation;

/// What went wrong where the contract has no words for it, as `application/problem+json`.
///
/// An operation that documents no failure fails with this: a [`Rejection`] is one, and so is what the implementer says.
#[derive(Clone, Debug)]
pub struct Problem(Cause);

#[derive(Clone, Debug)]
enum Cause {
    Refused(Rejection),
    Said {
        status: u16,
        detail: Cow<'static, str>,
    },
}

impl Problem {
    /// A problem at `status`, which is 400 or above (any other is taken for 500), told to the client by `detail`.
    #[must_use]
    pub fn new(status: u16, detail: impl Into<Cow<'static, str>>) -> Self {
        let is_failure = (400..600).contains(&status);
        Self(Cause::Said {
            status: if is_failure { status } else { 500 },
            detail: detail.into(),
        })
    }

    pub(crate) fn into_http(self) -> HttpResponse {
        match self.0 {
            Cause::Refused(rejection) => problem(&rejection),
            Cause::Said { status, detail } => rendered(status, &detail, &[]),
        }
    }
}

impl From<Problem> for HttpResponse {
    fn from(problem: Problem) -> Self {
        problem.into_http()
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        Self(Cause::Refused(rejection))
    }
}

/// The members of a problem details object; its `type` is `about:blank`.
#[derive(Serialize)]
struct Details<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    request_id: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    violations: &'a [Violation],
}

/// `rejection` as `application/problem+json`, with `Allow` for [`Kind::MethodNotAllowed`].
#[must_use]
pub fn problem(rejection: &Rejection) -> HttpResponse {
    let (status, message) = (rejection.status(), rejection.message());
    let mut response = rendered(status, &message, rejection.violations());
    if let Kind::MethodNotAllowed { allow } = rejection.kind()
        && let Ok(allow) = HeaderValue::from_str(allow)
    {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

fn rendered(status: u16, detail: &str, violations: &[Violation]) -> HttpResponse {
    let body = Details {
        r#type: "about:blank",
        title: title(status),
        status,
        detail,
        request_id: crate::request_id().to_string(),
        violations,
    };
    let response = Response::json_as(status, "application/problem+json", &body).into_http();
    response.unwrap_or_else(|| HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR))
}

/// Problem details for a path that nothing serves: for the server's default service.
pub async fn not_found() -> HttpResponse {
    problem(&Rejection::from(Kind::NotFound))
}

fn title(status: u16) -> &'static str {
    StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Error")
}
