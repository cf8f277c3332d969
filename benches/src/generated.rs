//! Our side: the generated stack on a store that only answers, and Specmint as it ships.

use std::io::{Error as IoError, Result};
use std::str::FromStr;

use actix_web::{App, HttpServer};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{TimeDelta, Utc};
use specmint_runtime::{ApiKey, Mount, Rejection};
use specmint_server::{Config, start};
use specmint_store::{Digest, Options, Store, split};
use uuid::Uuid;

use crate::fixture::{API_KEY, APPLICATION};
use contract::models::{
    CreateIdentityTokenRequest, ErrorResponse, ErrorResponseError, IdentityTokenResponse,
    IdentityTokenResponseData,
};
use contract::{Api, CreateIdentityTokenResponse, Security, service};

/// What is generated from the contract for the one operation that is measured.
#[allow(dead_code, missing_docs)]
mod contract {
    include!(concat!(env!("OUT_DIR"), "/openapi/mod.rs"));
}

/// The AnchorBrowser API on a store that only answers: one key, one application, nothing kept.
struct Answers {
    application: Uuid,
}

/// Why it refuses.
enum Refusal {
    Rejected(Rejection),
    Unauthorized,
    NotFound,
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl From<Refusal> for CreateIdentityTokenResponse {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Rejected(rejection) => Self::BadRequest(body(400, &rejection.message())),
            Refusal::Unauthorized => Self::Unauthorized(body(401, "Invalid API key")),
            Refusal::NotFound => Self::NotFound(body(404, "Application not found")),
        }
    }
}

fn body(code: i64, message: &str) -> ErrorResponse {
    ErrorResponse {
        error: Some(ErrorResponseError {
            code: Some(code),
            message: Some(message.to_owned()),
        }),
    }
}

impl Security for Answers {
    type Caller = ();
    type Error = Refusal;

    async fn api_key_header(
        &self,
        key: ApiKey,
        _: &'static [&'static str],
    ) -> std::result::Result<(), Refusal> {
        verify_slices_are_equal(key.expose().as_bytes(), API_KEY.as_bytes())
            .map_err(|_| Refusal::Unauthorized)
    }
}

impl Api for Answers {
    async fn create_identity_token(
        &self,
        (): (),
        application_id: Uuid,
        _: CreateIdentityTokenRequest,
    ) -> std::result::Result<CreateIdentityTokenResponse, Refusal> {
        if application_id != self.application {
            return Err(Refusal::NotFound);
        }
        let (_, token, _) = split::mint("idtok_");
        let token_hash = Digest::of(&token).to_hex();
        // As the one written by hand answers: in `data` alone.
        Ok(CreateIdentityTokenResponse::Created(
            IdentityTokenResponse {
                data: Some(IdentityTokenResponseData {
                    token: Some(token),
                    expires_at: Some(Utc::now() + TimeDelta::minutes(15)),
                    token_hash: Some(token_hash),
                }),
                token: None,
                expires_at: None,
                token_hash: None,
            },
        ))
    }
}

/// Serves the generated stack until the process is ended.
pub async fn serve(address: &str) -> Result<()> {
    let application = Uuid::from_str(APPLICATION).map_err(IoError::other)?;
    let mount = Mount::new().with(service(Answers { application }));
    HttpServer::new(move || App::new().service(mount.clone()))
        .workers(2)
        .bind(address)?
        .run()
        .await
}

/// Serves all five APIs on `database`, as the `specmint` command does.
pub async fn serve_specmint(address: &str, database: &str) -> Result<()> {
    let store = Store::open(Options::new(database))
        .await
        .map_err(IoError::other)?;
    let config = Config::new(address.parse().map_err(IoError::other)?);
    let server = start(config, store).await.map_err(IoError::other)?;
    server.run_until(std::future::pending()).await
}

/// What the load needs of the demo's objects.
pub struct Demo {
    /// AnchorBrowser's key.
    pub api_key: String,
    /// AnchorBrowser's application.
    pub application_id: String,
    /// The path of Beyond Identity's token endpoint.
    pub token_path: String,
    /// The value of `Authorization` for it.
    pub basic: String,
}

/// Makes the demo's objects in `database`.
pub fn demo(database: &str) -> Result<Demo> {
    actix_web::rt::System::new().block_on(async {
        let store = Store::open(Options::new(database))
            .await
            .map_err(IoError::other)?;
        let made = specmint_server::demo::make(&store)
            .await
            .map_err(IoError::other)?
            .demo;
        store.close().await;
        let ours = &made.beyond_identity;
        Ok(Demo {
            api_key: made.anchorbrowser.api_key,
            application_id: made.anchorbrowser.application_id,
            token_path: format!(
                "/v1/tenants/{}/realms/{}/applications/{}/token",
                ours.tenant_id, ours.realm_id, ours.application_id
            ),
            basic: format!(
                "Basic {}",
                STANDARD.encode(format!("{}:{}", ours.client_id, ours.client_secret))
            ),
        })
    })
}
