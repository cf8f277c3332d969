//! Why a request is not served.

use std::borrow::Cow;

use specmint::anchorbrowser::models::{ErrorResponse, ErrorResponseError};
use specmint_runtime::{Kind, Rejection};
use specmint_store::StoreError;

use crate::failure::Failure;
use crate::hosted_page::HostedPage;

/// Why a request is not served.
#[derive(Debug)]
pub enum Error {
    /// The framework refused it.
    Rejected(Rejection),
    /// It breaks a rule that no schema says: which one.
    Invalid(&'static str),
    /// There is no API key, or not one of ours.
    InvalidApiKey,
    /// The team has no such application.
    ApplicationNotFound,
    /// The application has no such authentication flow.
    AuthFlowNotFound,
    /// The team has no such identity.
    IdentityNotFound,
    /// What was to be made is there already.
    Taken,
    /// What it was to stand below is gone.
    Missing,
    /// The identity token cannot be redeemed.
    Ended(Ended),
    /// The form of the page is not filled in as it has to be; the page again, which says what is wrong.
    Form(HostedPage),
    /// The server failed.
    Failure,
}

/// What became of an identity token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// There is no such token.
    Unknown,
    /// It was redeemed before.
    Used,
    /// Its time is over.
    Expired,
    /// It ended with its application.
    Withdrawn,
}

impl Error {
    /// The status and the body of the answer; `failed` says what failed if the server did.
    pub(super) fn parts(self, failed: &str) -> (u16, ErrorResponse) {
        let (status, message): (u16, Cow<'_, str>) = match self {
            Self::Rejected(rejection) => (status(&rejection), message(&rejection)),
            Self::Invalid(message) => (400, message.into()),
            Self::InvalidApiKey => (401, "Invalid API Key".into()),
            Self::ApplicationNotFound => (404, "Application not found".into()),
            Self::AuthFlowNotFound => (404, "Authentication flow not found".into()),
            Self::IdentityNotFound => (404, "Identity not found".into()),
            // Only the page has tokens and forms, and it shows them as a page.
            Self::Taken | Self::Missing | Self::Ended(_) | Self::Form(_) | Self::Failure => {
                (500, failed.into())
            }
        };
        let error = ErrorResponseError {
            code: Some(status.into()),
            message: Some(message.into_owned()),
        };
        (status, ErrorResponse { error: Some(error) })
    }
}

/// The documented status of what the framework refuses.
pub(super) fn status(rejection: &Rejection) -> u16 {
    match rejection.kind() {
        Kind::PayloadTooLarge { .. } => 413,
        Kind::UnsupportedMediaType { .. } => 415,
        _ => 400,
    }
}

/// The vendor's own words where the callback URL is a text that is no HTTPS URL; ours for all else.
fn message(rejection: &Rejection) -> Cow<'static, str> {
    let only_the_url = rejection.violations().iter().all(|violation| {
        violation.pointer == "/callbackUrl"
            && matches!(violation.keyword.as_str(), "format" | "pattern")
    });
    if only_the_url && !rejection.violations().is_empty() {
        "callbackUrl must be a valid HTTPS URL".into()
    } else {
        rejection.message()
    }
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

impl From<Failure> for Error {
    fn from(Failure: Failure) -> Self {
        Self::Failure
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken { .. } => Self::Taken,
            StoreError::Missing { .. } => Self::Missing,
            error => Failure::from(error).into(),
        }
    }
}
