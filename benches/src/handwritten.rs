//! The other side: the AnchorBrowser mint as one would write it on actix-web without a generator.
//!
//! It checks what the contract asks (key, UUID, https URL), makes the token in the same way, and answers with the same
//! bodies. Its durable form does one sqlx `INSERT` a request through a pool of one connection, `synchronous=FULL`.

use std::str::FromStr;

use actix_web::http::header::HeaderMap;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use chrono::{SecondsFormat, TimeDelta, Utc};
use fluent_uri::Uri;
use serde::{Deserialize, Serialize};
use specmint_store::split;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use uuid::Uuid;

use crate::fixture::{API_KEY, APPLICATION};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Create {
    callback_url: String,
}

#[derive(Serialize)]
struct Created {
    data: Data,
}

#[derive(Serialize)]
struct Data {
    token: String,
    expires_at: String,
    token_hash: String,
}

#[derive(Serialize)]
struct Failure {
    error: Fault,
}

#[derive(Serialize)]
struct Fault {
    code: u16,
    message: &'static str,
}

struct Shared {
    application: Uuid,
    pool: Option<SqlitePool>,
}

fn refuse(code: u16, message: &'static str) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(code).unwrap_or_default();
    HttpResponse::build(status).json(Failure {
        error: Fault { code, message },
    })
}

fn known(headers: &HeaderMap) -> bool {
    let key = headers
        .get("anchor-api-key")
        .map_or(&b""[..], |value| value.as_bytes());
    verify_slices_are_equal(key, API_KEY.as_bytes()).is_ok()
}

async fn create(
    request: HttpRequest,
    application: web::Path<Uuid>,
    body: Result<web::Json<Create>, actix_web::Error>,
    shared: web::Data<Shared>,
) -> HttpResponse {
    if !known(request.headers()) {
        return refuse(401, "Invalid API key");
    }
    let Ok(web::Json(Create { callback_url })) = body else {
        return refuse(400, "The body is not what the contract asks for");
    };
    let https = Uri::parse(callback_url.as_str()).is_ok_and(|uri| {
        uri.scheme().as_str().eq_ignore_ascii_case("https")
            && uri
                .authority()
                .is_some_and(|authority| !authority.host().is_empty())
    });
    if !https {
        return refuse(400, "callbackUrl must be a valid HTTPS URL");
    }
    if *application != shared.application {
        return refuse(404, "Application not found");
    }
    let (id, token, hash) = split::mint("idtok_");
    let now = Utc::now();
    let expires = now + TimeDelta::minutes(15);
    if let Some(pool) = &shared.pool {
        let insert = sqlx::query("INSERT INTO tokens (id, owner, hash, url, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(id.as_bytes().to_vec())
            .bind(application.as_bytes().to_vec())
            .bind(hash.as_bytes().to_vec())
            .bind(callback_url)
            .bind(now.timestamp_millis())
            .bind(expires.timestamp_millis());
        if insert.execute(pool).await.is_err() {
            return refuse(500, "Failed to create identity token");
        }
    }
    HttpResponse::Created().json(Created {
        data: Data {
            token,
            expires_at: expires.to_rfc3339_opts(SecondsFormat::Millis, true),
            token_hash: hash.to_hex(),
        },
    })
}

/// A database with the one table that the hand-written server needs, its rows appended by time.
async fn pool(database: &str) -> std::io::Result<SqlitePool> {
    let options = SqliteConnectOptions::from_str(database)
        .map_err(std::io::Error::other)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(std::io::Error::other)?;
    sqlx::query(
        "CREATE TABLE tokens (id BLOB PRIMARY KEY, owner BLOB NOT NULL, hash BLOB NOT NULL, url TEXT NOT NULL, \
         created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID",
    )
    .execute(&pool)
    .await
    .map_err(std::io::Error::other)?;
    Ok(pool)
}

/// Serves the hand-written mint until the process is ended; durable when `database` is given.
pub async fn serve(address: &str, database: Option<&str>) -> std::io::Result<()> {
    let pool = match database {
        Some(database) => Some(pool(database).await?),
        None => None,
    };
    let application = Uuid::from_str(APPLICATION).map_err(std::io::Error::other)?;
    let shared = web::Data::new(Shared { application, pool });
    HttpServer::new(move || {
        App::new().app_data(shared.clone()).route(
            "/v1/applications/{applicationId}/tokens",
            web::post().to(create),
        )
    })
    .workers(2)
    .bind(address)?
    .run()
    .await
}
