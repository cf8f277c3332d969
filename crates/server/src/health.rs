//! Whether the process lives, and whether it can do its work.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;
use specmint_store::Store;

use crate::page::page;

#[derive(Serialize)]
struct Status {
    status: &'static str,
}

/// Adds `/healthz`, which answers as long as the process does, and `/readyz`, which asks the store.
pub(crate) fn health(config: &mut ServiceConfig, store: Store) {
    page(config, "/healthz", || async {
        status(StatusCode::OK, "ok")
    });
    config.app_data(web::Data::new(store));
    page(config, "/readyz", ready);
}

async fn ready(store: web::Data<Store>) -> HttpResponse {
    match store.ping().await {
        Ok(()) => status(StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(cause = %error, "the store is not ready");
            status(StatusCode::SERVICE_UNAVAILABLE, "the store is not ready")
        }
    }
}

fn status(code: StatusCode, status: &'static str) -> HttpResponse {
    HttpResponse::build(code)
        .insert_header(("cache-control", "no-store"))
        .json(Status { status })
}
