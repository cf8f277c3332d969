//! Problem details (RFC 9457), for what the contract has no words for.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use serde::Serialize;

use crate::rejection::{Kind, Rejection};
use crate::response::Response;
use crate::violation::Violation;

/// The members of a problem details object; its `type` is `about:blank`.
#[derive(Serialize)]
struct Problem<'a> {
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
    let status = rejection.status();
    let body = Problem {
        r#type: "about:blank",
        title: title(status),
        status,
        detail: &rejection.message(),
        request_id: crate::request_id().to_string(),
        violations: rejection.violations(),
    };
    let response = Response::json_as(status, "application/problem+json", &body).into_http();
    let mut response =
        response.unwrap_or_else(|| HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR));
    if let Kind::MethodNotAllowed { allow } = rejection.kind()
        && let Ok(allow) = HeaderValue::from_str(allow)
    {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
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
