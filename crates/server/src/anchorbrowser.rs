//! AnchorBrowser: identity tokens of a team's applications.

use chrono::TimeDelta;
use specmint::anchorbrowser::models::{
    CreateIdentityTokenRequest, ErrorResponse, ErrorResponseError, IdentityTokenResponse,
    IdentityTokenResponseData,
};
use specmint::anchorbrowser::{Api, CreateIdentityTokenResponse, Security};
use specmint_runtime::types::Uuid;
use specmint_runtime::{ApiKey, Kind, Rejection};
use specmint_store::{Digest, NewToken, OwnerId, Store, StoreError, split};

use crate::failure::Failure;
use crate::presented;

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "anchorbrowser";

/// What an API key starts with.
pub(crate) const API_KEY_PREFIX: &str = "sk-";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const TEAM: &str = "team";
    pub(crate) const APPLICATION: &str = "application";
    pub(crate) const API_KEY: &str = "api_key";
    pub(crate) const IDENTITY_TOKEN: &str = "identity_token";
}

const IDENTITY_TOKEN_PREFIX: &str = "idtok_";
const IDENTITY_TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// The teams, with their applications.
pub struct AnchorBrowser {
    store: Store,
}

impl AnchorBrowser {
    /// On `store`.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }
}

/// The team that an API key belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Team(OwnerId);

impl Security for AnchorBrowser {
    type Caller = Team;
    type Error = Error;

    async fn api_key_header(&self, key: ApiKey, _: &'static [&'static str]) -> Result<Team, Error> {
        let key = key.expose();
        let key = presented::live(&self.store, API, kind::API_KEY, API_KEY_PREFIX, key).await?;
        key.map(|key| Team(key.owner)).ok_or(Error::InvalidApiKey)
    }
}

impl Api for AnchorBrowser {
    async fn create_identity_token(
        &self,
        Team(team): Team,
        application_id: Uuid,
        request: CreateIdentityTokenRequest,
    ) -> Result<CreateIdentityTokenResponse, Error> {
        let application = self
            .store
            .find_owner(
                API,
                kind::APPLICATION,
                Some(team),
                &application_id.to_string(),
            )
            .await?
            .ok_or(Error::ApplicationNotFound)?;
        let (id, token, hash) = split::mint(IDENTITY_TOKEN_PREFIX);
        let expires_at = self.store.now() + IDENTITY_TOKEN_LIFETIME;
        self.store
            .mint(NewToken {
                id: Some(id),
                attributes: Some(request.callback_url.into_string()),
                expires_at: Some(expires_at),
                uses_limit: Some(1),
                ..NewToken::new(API, kind::IDENTITY_TOKEN, application.id, hash)
            })
            .await?;
        Ok(CreateIdentityTokenResponse::Created(
            IdentityTokenResponse {
                data: Some(IdentityTokenResponseData {
                    token_hash: Some(Digest::of(&token).to_hex()),
                    token: Some(token),
                    expires_at: Some(expires_at),
                }),
            },
        ))
    }
}

/// Why a request is not served.
#[derive(Debug)]
pub enum Error {
    /// The framework refused it.
    Rejected(Rejection),
    /// There is no API key, or not one of ours.
    InvalidApiKey,
    /// The team has no such application.
    ApplicationNotFound,
    /// The server failed.
    Failure,
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(_) | Kind::Forbidden => Self::InvalidApiKey,
            Kind::Internal | Kind::Timeout => Self::Failure,
            _ => Self::Rejected(rejection),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let Failure = Failure::from(error);
        Self::Failure
    }
}

impl From<Error> for CreateIdentityTokenResponse {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => match rejection.kind() {
                Kind::PayloadTooLarge { .. } => {
                    Self::ContentTooLarge(body(413, &rejection.message()))
                }
                Kind::UnsupportedMediaType { .. } => {
                    Self::UnsupportedMediaType(body(415, &rejection.message()))
                }
                _ => Self::BadRequest(body(400, &bad_request(&rejection))),
            },
            Error::InvalidApiKey => Self::Unauthorized(body(401, "Invalid API Key")),
            Error::ApplicationNotFound => Self::NotFound(body(404, "Application not found")),
            Error::Failure => {
                Self::InternalServerError(body(500, "Failed to create identity token"))
            }
        }
    }
}

/// The vendor's own words where the callback URL is a text that is no HTTPS URL; ours for all else.
fn bad_request(rejection: &Rejection) -> String {
    let only_the_url = rejection.violations().iter().all(|violation| {
        violation.pointer == "/callbackUrl"
            && matches!(violation.keyword.as_str(), "format" | "pattern")
    });
    if only_the_url && !rejection.violations().is_empty() {
        "callbackUrl must be a valid HTTPS URL".to_owned()
    } else {
        rejection.message().into_owned()
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
