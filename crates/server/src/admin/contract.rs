//! The administration's own contract, as it stands.

use actix_web::HttpResponse;
use actix_web::web::ServiceConfig;
use specmint::administration::{CONTRACT_JSON, CONTRACT_YAML};

use crate::page::page;

/// Adds the contract under `/openapi/`, as YAML and as JSON.
pub(crate) fn contract(config: &mut ServiceConfig) {
    page(config, "/openapi/specmint.yaml", || async {
        text("application/yaml", CONTRACT_YAML)
    });
    page(config, "/openapi/specmint.json", || async {
        text("application/json", CONTRACT_JSON)
    });
}

fn text(media_type: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type(media_type).body(text)
}
