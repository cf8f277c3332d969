//! Why administration does not do what it was asked, and the documented answers that it becomes.

use std::borrow::Cow;

use specmint::administration::models::{Problem, ProblemViolationsItem};
use specmint::administration::{
    CreateOwnerResponse, CreateTokenResponse, DeleteOwnerResponse, GetCountsResponse,
    GetOwnerResponse, GetTokenResponse, ListEventsResponse, ListOwnersResponse, ListTokensResponse,
    RevokeTokenResponse, RevokeTokensOfOwnerResponse,
};
use specmint_runtime::{Kind, Rejection};
use specmint_store::StoreError;

use crate::failure::Failure;

/// Why administration does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The framework refused it.
    #[error("{}", .0.message())]
    Rejected(Rejection),
    /// There is no key in the request, or it is not a good one.
    #[error("There is no good administration key in the request; `specmint admin key` makes one.")]
    Unauthorized,
    /// There is no such thing.
    #[error("There is no such {0}.")]
    NotFound(&'static str),
    /// It cannot be done to this one, or a name is taken.
    #[error("{0}")]
    Conflict(String),
    /// The name at this member of the request is taken.
    #[error("The {0} is taken: choose another.")]
    Taken(&'static str),
    /// What was asked is wrong at this member of the request.
    #[error("{message}")]
    Invalid {
        /// The member, as a JSON Pointer.
        pointer: Cow<'static, str>,
        /// What is wrong, and what would be right.
        message: String,
    },
    /// The server failed; what of is in the log.
    #[error("The server failed; its log says why.")]
    Failure,
}

impl From<Rejection> for Refused {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(_) | Kind::Forbidden => Self::Unauthorized,
            Kind::Internal | Kind::Timeout => Self::Failure,
            _ => Self::Rejected(rejection),
        }
    }
}

impl From<Failure> for Refused {
    fn from(Failure: Failure) -> Self {
        Self::Failure
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken { what } | StoreError::Missing { what } => {
                Self::Conflict(format!("It cannot be made: {what}."))
            }
            other => Failure::from(other).into(),
        }
    }
}

impl Refused {
    /// The status that says it.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Rejected(rejection) => match rejection.kind() {
                Kind::PayloadTooLarge { .. } => 413,
                Kind::UnsupportedMediaType { .. } => 415,
                Kind::Body => 422,
                _ => 400,
            },
            Self::Unauthorized => 401,
            Self::NotFound(_) => 404,
            Self::Conflict(_) | Self::Taken(_) => 409,
            Self::Invalid { .. } => 422,
            Self::Failure => 500,
        }
    }

    fn violations(&self) -> Option<Vec<ProblemViolationsItem>> {
        let violations: Vec<_> = match self {
            Self::Rejected(rejection) => rejection
                .violations()
                .iter()
                .map(|violation| ProblemViolationsItem {
                    pointer: violation.pointer.clone(),
                    message: violation.message.clone(),
                })
                .collect(),
            Self::Invalid { pointer, message } => vec![ProblemViolationsItem {
                pointer: pointer.clone().into_owned(),
                message: message.clone(),
            }],
            Self::Taken(member) => vec![ProblemViolationsItem {
                pointer: format!("/{member}"),
                message: self.to_string(),
            }],
            _ => Vec::new(),
        };
        (!violations.is_empty()).then_some(violations)
    }

    /// The problem details at `status`.
    fn problem(&self, status: u16) -> Problem {
        Problem {
            r#type: Some("about:blank".to_owned()),
            title: title(status).to_owned(),
            status: i64::from(status),
            detail: Some(self.to_string()),
            violations: self.violations(),
        }
    }
}

/// The status's phrase (RFC 9110, section 15).
const fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        _ => "Internal Server Error",
    }
}

/// What each operation documents; whatever else may be refused becomes the last.
macro_rules! refusals {
    ($($response:ident { $($status:literal => $variant:ident),* ; $last:literal => $otherwise:ident })*) => { $(
        impl From<Refused> for $response {
            fn from(refused: Refused) -> Self {
                match refused.status() {
                    $($status => Self::$variant(refused.problem($status)),)*
                    _ => Self::$otherwise(refused.problem($last)),
                }
            }
        }
    )* };
}

refusals! {
    GetCountsResponse { 401 => Unauthorized; 500 => InternalServerError }
    ListOwnersResponse { 401 => Unauthorized, 500 => InternalServerError; 400 => BadRequest }
    ListTokensResponse { 401 => Unauthorized, 500 => InternalServerError; 400 => BadRequest }
    ListEventsResponse { 401 => Unauthorized, 500 => InternalServerError; 400 => BadRequest }
    GetOwnerResponse { 401 => Unauthorized, 404 => NotFound, 500 => InternalServerError; 400 => BadRequest }
    GetTokenResponse { 401 => Unauthorized, 404 => NotFound, 500 => InternalServerError; 400 => BadRequest }
    RevokeTokenResponse { 401 => Unauthorized, 404 => NotFound, 500 => InternalServerError; 400 => BadRequest }
    RevokeTokensOfOwnerResponse { 401 => Unauthorized, 404 => NotFound, 500 => InternalServerError; 400 => BadRequest }
    DeleteOwnerResponse {
        401 => Unauthorized, 404 => NotFound, 409 => Conflict, 500 => InternalServerError; 400 => BadRequest
    }
    CreateOwnerResponse {
        401 => Unauthorized, 404 => NotFound, 409 => Conflict, 413 => ContentTooLarge, 415 => UnsupportedMediaType,
        500 => InternalServerError; 422 => UnprocessableContent
    }
    CreateTokenResponse {
        401 => Unauthorized, 404 => NotFound, 409 => Conflict, 413 => ContentTooLarge, 415 => UnsupportedMediaType,
        500 => InternalServerError; 422 => UnprocessableContent
    }
}
