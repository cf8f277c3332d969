//! Why a request is not served, and how that reads on the wire.

use specmint::applivery::models::{
    Error as ErrorBody, ErrorError as ErrorBodyError, NotFoundError, NotFoundErrorError,
    UnauthorizedError, UnauthorizedErrorError, UnauthorizedErrorErrorCode as Code,
    UnauthorizedErrorErrorMessage as Message,
};
use specmint::applivery::{
    CreateApplicationResponse, CreateApplicationTokenResponse, DeleteApplicationTokenResponse,
    GetApplicationResponse, GetOrganizationResponse, ListApplicationTokensResponse,
    ListApplicationsResponse, ListIntegrationBuildsResponse, ListIntegrationDistributionsResponse,
    ListOrganizationsResponse,
};
use specmint_runtime::{Kind, Rejection, Unauthorized};
use specmint_store::StoreError;

use crate::failure::Failure;

/// Why a request is not served.
#[derive(Debug)]
pub enum Error {
    /// The framework refused it.
    Rejected(Rejection),
    /// It breaks a rule that no schema says: which one.
    Invalid(&'static str),
    /// There is no token in the request.
    NoAuthToken,
    /// The token is not one that opens this, or no longer good.
    InvalidToken,
    /// The service account lacks this permission.
    MissingPermission(&'static str),
    /// There is no such thing.
    EntityNotFound,
    /// Another application of the organization has the slug.
    SlugTaken,
    /// The server failed.
    Failure,
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(Unauthorized::Missing) => Self::NoAuthToken,
            Kind::Unauthorized(Unauthorized::Malformed) => Self::InvalidToken,
            Kind::Internal | Kind::Timeout => Self::Failure,
            _ => Self::Rejected(rejection),
        }
    }
}

impl From<Failure> for Error {
    fn from(Failure: Failure) -> Self {
        Self::Failure
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

/// An error as it is documented.
enum Refusal {
    BadRequest(ErrorBody),
    Unauthorized(UnauthorizedError),
    Forbidden(ErrorBody),
    NotFound(NotFoundError),
    Conflict(ErrorBody),
    ContentTooLarge(ErrorBody),
    UnsupportedMediaType(ErrorBody),
    Failure,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => {
                let message = rejection.message();
                match rejection.kind() {
                    Kind::PayloadTooLarge { .. } => Self::ContentTooLarge(body(4013, &message)),
                    Kind::UnsupportedMediaType { .. } => {
                        Self::UnsupportedMediaType(body(4015, &message))
                    }
                    _ => Self::BadRequest(body(4000, &message)),
                }
            }
            Error::Invalid(message) => Self::BadRequest(body(4000, message)),
            Error::NoAuthToken => {
                Self::Unauthorized(unauthorized(Code::Value4002, Message::NoAuthToken))
            }
            Error::InvalidToken => {
                Self::Unauthorized(unauthorized(Code::Value4004, Message::InvalidToken))
            }
            Error::MissingPermission(permission) => {
                let message = format!("The permission {permission} is missing");
                Self::Forbidden(body(4003, &message))
            }
            Error::EntityNotFound => Self::NotFound(NotFoundError {
                status: Some(Default::default()),
                error: Some(NotFoundErrorError {
                    code: Some(Default::default()),
                    message: Some(Default::default()),
                }),
            }),
            Error::SlugTaken => {
                Self::Conflict(body(4009, "Another application has the slug already"))
            }
            Error::Failure => Self::Failure,
        }
    }
}

/// Documents errors as answers of operations: of each, the statuses that it has beside 500, which is for all else.
macro_rules! refuse {
    ($($response:ident: $($status:ident)*;)*) => {$(
        impl From<Error> for $response {
            fn from(error: Error) -> Self {
                match Refusal::from(error) {
                    $(Refusal::$status(body) => Self::$status(body),)*
                    _ => Self::InternalServerError(body(5000, "The server failed")),
                }
            }
        }
    )*};
}

refuse! {
    ListOrganizationsResponse: BadRequest Unauthorized Forbidden;
    GetOrganizationResponse: BadRequest Unauthorized Forbidden NotFound;
    CreateApplicationResponse:
        BadRequest Unauthorized Forbidden NotFound Conflict ContentTooLarge UnsupportedMediaType;
    ListApplicationsResponse: BadRequest Unauthorized Forbidden NotFound;
    GetApplicationResponse: BadRequest Unauthorized Forbidden NotFound;
    CreateApplicationTokenResponse:
        BadRequest Unauthorized Forbidden NotFound ContentTooLarge UnsupportedMediaType;
    ListApplicationTokensResponse: BadRequest Unauthorized Forbidden NotFound;
    DeleteApplicationTokenResponse: BadRequest Unauthorized Forbidden NotFound;
    ListIntegrationDistributionsResponse: BadRequest Unauthorized;
    ListIntegrationBuildsResponse: BadRequest Unauthorized;
}

fn unauthorized(code: Code, message: Message) -> UnauthorizedError {
    UnauthorizedError {
        status: Some(Default::default()),
        error: Some(UnauthorizedErrorError {
            code: Some(code),
            message: Some(message),
        }),
    }
}

fn body(code: i64, message: &str) -> ErrorBody {
    ErrorBody {
        status: Default::default(),
        error: ErrorBodyError {
            code: code.into(),
            message: message.to_owned(),
        },
    }
}
