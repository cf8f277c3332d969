//! Who implements the example.

use std::time::Duration;

use specmint_runtime::types::Uuid;
use specmint_runtime::{
    ApiKey, Basic, Bearer, ClientCertificate, Credentials, Nullable, Rejection,
};

use super::{
    Api, CreateItemResponse, EchoResponse, ErrorBody, Filter, Item, Mode, Revocation,
    RevokeResponse, Security,
};

pub struct Implementation;

pub enum Failure {
    Refused(Rejection),
    Denied,
    Forbidden,
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(rejection)
    }
}

impl Failure {
    fn body(&self) -> ErrorBody {
        let own = |code, message: &str| ErrorBody {
            code,
            message: message.to_owned(),
            violations: Vec::new(),
        };
        match self {
            Self::Denied => own(401, "denied"),
            Self::Forbidden => own(403, "forbidden"),
            Self::Refused(rejection) => ErrorBody {
                code: rejection.status(),
                message: rejection.message().into_owned(),
                violations: rejection.violations().to_vec(),
            },
        }
    }
}

impl From<Failure> for CreateItemResponse {
    fn from(failure: Failure) -> Self {
        let body = failure.body();
        match body.code {
            400 => Self::BadRequest(body),
            401 => Self::Unauthorized(body),
            403 => Self::Forbidden(body),
            413 => Self::PayloadTooLarge(body),
            415 => Self::UnsupportedMediaType(body),
            _ => Self::InternalServerError(body),
        }
    }
}

impl From<Failure> for EchoResponse {
    fn from(failure: Failure) -> Self {
        Self::Ok(failure.body().message)
    }
}

impl From<Failure> for RevokeResponse {
    fn from(failure: Failure) -> Self {
        Self::UnprocessableContent(failure.body())
    }
}

fn admit(given: &str, expected: &str, caller: &'static str) -> Result<&'static str, Failure> {
    match given == expected {
        true => Ok(caller),
        false => Err(Failure::Denied),
    }
}

impl Security for Implementation {
    type Caller = &'static str;
    type Error = Failure;

    async fn key(&self, key: ApiKey, _scopes: &[&str]) -> Result<&'static str, Failure> {
        match key.expose() {
            "narrow-key" => Err(Failure::Forbidden),
            key => admit(key, "good-key", "key"),
        }
    }

    async fn token(&self, token: Bearer, scopes: &[&str]) -> Result<&'static str, Failure> {
        assert_eq!(scopes, ["items:write"]);
        match token.expose() {
            "narrow-token" => Err(Failure::Forbidden),
            token => admit(token, "good-token", "token"),
        }
    }

    async fn client(&self, client: Basic, _scopes: &[&str]) -> Result<&'static str, Failure> {
        assert_eq!(client.username(), "user");
        admit(client.expose(), "pass:word", "client")
    }

    async fn digest(&self, digest: Credentials, _: &[&str]) -> Result<&'static str, Failure> {
        admit(digest.expose(), "username=\"me\"", "digest")
    }

    async fn certificate(
        &self,
        certificate: ClientCertificate,
        _: &[&str],
    ) -> Result<&'static str, Failure> {
        match certificate.der() {
            b"der" => Ok("certificate"),
            _ => Err(Failure::Denied),
        }
    }

    async fn combine_callers(
        &self,
        first: &'static str,
        second: &'static str,
    ) -> Result<&'static str, Failure> {
        assert_eq!(second, "key");
        Ok(first)
    }
}

impl Api for Implementation {
    async fn create_item(
        &self,
        caller: &'static str,
        item_id: Uuid,
        limit: i64,
        tag: Option<String>,
        mode: Option<Mode>,
        body: Item,
    ) -> Result<CreateItemResponse, Failure> {
        let location = format!("{caller} {item_id} {limit} {tag:?} {mode:?}");
        Ok(CreateItemResponse::Created { body, location })
    }

    async fn whoami(&self, caller: &'static str) -> Result<EchoResponse, Failure> {
        Ok(EchoResponse::Ok(caller.to_owned()))
    }

    async fn echo(&self, text: String) -> Result<EchoResponse, Failure> {
        Ok(EchoResponse::Ok(text))
    }

    async fn other(&self) -> Result<EchoResponse, Failure> {
        Ok(EchoResponse::Ok("other".to_owned()))
    }

    async fn revoke(
        &self,
        caller: Option<&'static str>,
        body: Revocation,
    ) -> Result<RevokeResponse, Failure> {
        Ok(RevokeResponse::Ok(format!("{caller:?} {body:?}")))
    }

    async fn fail(&self, how: String) -> Result<CreateItemResponse, Failure> {
        let item = |name: &str| Item {
            name: name.to_owned(),
            kind: None,
            note: Nullable::Null,
            count: None,
            id: None,
            at: None,
            link: None,
        };
        match how.as_str() {
            "panic" => panic!("as asked"),
            "sleep" => actix_web::rt::time::sleep(Duration::from_secs(5)).await,
            "schema" => {
                return Ok(CreateItemResponse::Created {
                    body: item("too long for its schema"),
                    location: String::new(),
                });
            }
            "header" => {
                return Ok(CreateItemResponse::Created {
                    body: item("ab"),
                    location: "a\r\nb: c".to_owned(),
                });
            }
            "yield" => actix_web::rt::task::yield_now().await,
            _ => {}
        }
        Ok(CreateItemResponse::Created {
            body: item("ab"),
            location: specmint_runtime::request_id().to_string(),
        })
    }

    async fn bare(&self, how: String) -> Result<EchoResponse, Failure> {
        match how.as_str() {
            "panic" => panic!("as asked"),
            _ => actix_web::rt::time::sleep(Duration::from_secs(5)).await,
        }
        Ok(EchoResponse::Ok(how))
    }

    async fn list(
        &self,
        ids: Option<Vec<i64>>,
        names: Option<Vec<String>>,
        filter: Option<Filter>,
        range: Option<Filter>,
        session: Option<String>,
    ) -> Result<EchoResponse, Failure> {
        let filter = filter.map(|filter| (filter.from, filter.to));
        let range = range.map(|range| (range.from, range.to));
        Ok(EchoResponse::Ok(format!(
            "{ids:?} {names:?} {filter:?} {range:?} {session:?}"
        )))
    }
}
