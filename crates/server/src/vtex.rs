//! VTEX: the token that opens the Payment Provider Protocol's configuration flow.

use std::sync::Arc;

use specmint::vtex::models::{
    AuthorizationToken, CreateAuthorizationTokenRequest, Error as ErrorBody,
};
use specmint::vtex::{Api, CreateAuthorizationTokenResponse};
use specmint_runtime::types::Uuid;
use specmint_runtime::{Kind, Rejection};
use specmint_store::{Digest, NewOwner, NewToken, Owner, Store, StoreError};

use crate::failure::Failure;

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "vtex";

/// The one application that there is.
pub(crate) const APPLICATION_ID: &str = "vtex";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const APPLICATION: &str = "application";
    pub(crate) const AUTHORIZATION_TOKEN: &str = "authorization_token";
}

/// The provider that VTEX calls.
pub struct Vtex {
    store: Store,
}

impl Vtex {
    /// On `store`.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }
}

impl Api for Vtex {
    type Error = Error;

    async fn create_authorization_token(
        &self,
        request: CreateAuthorizationTokenRequest,
    ) -> Result<CreateAuthorizationTokenResponse, Error> {
        let application = application(&self.store).await?;
        let token = Uuid::new_v4().to_string();
        self.store
            .mint(NewToken {
                // The protocol's example is a bare UUID, which names no row: so its hash must.
                indexed: true,
                attributes: Some(request.return_url.into_string()),
                ..NewToken::new(
                    API,
                    kind::AUTHORIZATION_TOKEN,
                    application.id,
                    Digest::of(&token),
                )
            })
            .await?;
        Ok(CreateAuthorizationTokenResponse::Ok(AuthorizationToken {
            application_id: APPLICATION_ID.to_owned(),
            token,
        }))
    }
}

/// The application, made at its first use: the protocol has nobody who would register it.
pub(crate) async fn application(store: &Store) -> Result<Arc<Owner>, StoreError> {
    let find = || store.find_owner(API, kind::APPLICATION, None, APPLICATION_ID);
    if let Some(application) = find().await? {
        return Ok(application);
    }
    let made = store
        .create_owner(NewOwner {
            api: API,
            kind: kind::APPLICATION,
            parent: None,
            keys: vec![APPLICATION_ID.to_owned()],
            attributes: serde_json::Value::Null,
            secret_hash: None,
            sealed: None,
            by: "merchant:anonymous",
        })
        .await;
    match made {
        Ok(application) => Ok(Arc::new(application)),
        // Another request was first.
        Err(conflict @ StoreError::Conflict { .. }) => find().await?.ok_or(conflict),
        Err(error) => Err(error),
    }
}

/// Why a request is not served.
#[derive(Debug)]
pub enum Error {
    /// The framework refused it.
    Rejected(Rejection),
    /// The server failed.
    Failure,
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
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

impl From<Error> for CreateAuthorizationTokenResponse {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => {
                let message = rejection.message();
                match rejection.kind() {
                    Kind::PayloadTooLarge { .. } => Self::ContentTooLarge(body("413", &message)),
                    Kind::UnsupportedMediaType { .. } => {
                        Self::UnsupportedMediaType(body("415", &message))
                    }
                    _ => Self::BadRequest(body("400", &message)),
                }
            }
            Error::Failure => {
                Self::InternalServerError(body("500", "the token could not be created"))
            }
        }
    }
}

fn body(code: &str, message: &str) -> ErrorBody {
    ErrorBody {
        status: Default::default(),
        code: code.to_owned(),
        message: message.to_owned(),
    }
}
