//! Pages of the server's own, beside the APIs: what only can be read.

use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpResponse, Responder};
use specmint_runtime::{Kind, Rejection, observe, problem};

const METHODS: &str = "GET, HEAD, OPTIONS";

/// Serves `handler` at `path` for GET and HEAD, answers OPTIONS, and refuses all else with 405.
pub(crate) fn page<F, Args>(config: &mut ServiceConfig, path: &str, handler: F)
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let resource = web::resource(path)
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
        .route(web::method(Method::OPTIONS).to(options))
        .default_service(web::to(refuse))
        .wrap(from_fn(observe));
    config.service(resource);
}

async fn options() -> HttpResponse {
    let mut response = HttpResponse::new(StatusCode::NO_CONTENT);
    let allow = HeaderValue::from_static(METHODS);
    response.headers_mut().insert(ALLOW, allow);
    response
}

async fn refuse() -> HttpResponse {
    let allow = METHODS.to_owned();
    problem(&Rejection::from(Kind::MethodNotAllowed { allow }))
}
