//! The errors of OAuth 2.0, and the documented answer that each becomes.

use std::borrow::Cow;

use specmint::beyond_identity::models::{OAuthError, OAuthErrorError as Code};
use specmint::beyond_identity::{
    ApproveAuthorizationResponse, AuthorizeResponse, CreateTokenResponse, RevokeTokenResponse,
};
use specmint_runtime::{Kind, Rejection};
use specmint_store::StoreError;

use super::scopes::InvalidScope;
use crate::failure::Failure;

/// Why a request is not served: the codes of RFC 6749, sections 4.1.2.1 and 5.2, and RFC 6750, section 3.1.
#[derive(Debug)]
pub enum Error {
    /// A parameter is missing, malformed, or there twice.
    InvalidRequest(Cow<'static, str>),
    /// The framework refused the parameters, or the body by its content, its size or its media type.
    Rejected(Rejection),
    /// The client is unknown, or not who it says it is.
    InvalidClient,
    /// The grant is not good, or not this client's.
    InvalidGrant(&'static str),
    /// The client may not use the grant.
    UnauthorizedClient,
    /// There is no such grant.
    UnsupportedGrantType,
    /// A scope is malformed, unknown or not allowed.
    InvalidScope,
    /// The bearer's token is not good.
    InvalidToken,
    /// The bearer's token lacks the scope.
    InsufficientScope,
    /// The server failed.
    Failure,
}

impl Error {
    /// The same answer for a code that is unknown, expired, used or another client's: nobody learns which.
    pub(super) const BAD_CODE: Self = Self::InvalidGrant("The code is not good.");

    pub(super) const BAD_TICKET: Self = Self::InvalidRequest(Cow::Borrowed(
        "The page has been used or has expired; start again.",
    ));

    pub(super) const fn invalid_request(why: &'static str) -> Self {
        Self::InvalidRequest(Cow::Borrowed(why))
    }

    fn status(&self) -> u16 {
        match self {
            Self::InvalidRequest(_)
            | Self::InvalidGrant(_)
            | Self::UnauthorizedClient
            | Self::UnsupportedGrantType
            | Self::InvalidScope => 400,
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::InsufficientScope => 403,
            Self::Rejected(rejection) => match rejection.kind() {
                Kind::PayloadTooLarge { .. } => 413,
                Kind::UnsupportedMediaType { .. } => 415,
                _ => 400,
            },
            Self::Failure => 500,
        }
    }

    fn body(self) -> OAuthError {
        let (error, description): (Code, Cow<'static, str>) = match self {
            Self::InvalidRequest(why) => (Code::InvalidRequest, why),
            Self::Rejected(rejection) => (
                Code::InvalidRequest,
                description(&rejection.message()).into(),
            ),
            Self::InvalidClient => (Code::InvalidClient, "Client authentication failed.".into()),
            Self::InvalidGrant(why) => (Code::InvalidGrant, why.into()),
            Self::UnauthorizedClient => (
                Code::UnauthorizedClient,
                "The client may not use this grant type.".into(),
            ),
            Self::UnsupportedGrantType => (
                Code::UnsupportedGrantType,
                "grant_type must be client_credentials or authorization_code.".into(),
            ),
            Self::InvalidScope => (
                Code::InvalidScope,
                "A scope is malformed or not allowed for this application.".into(),
            ),
            Self::InvalidToken => (
                Code::InvalidToken,
                "The access token is not good for this.".into(),
            ),
            Self::InsufficientScope => (
                Code::InsufficientScope,
                "The access token lacks the scope tokens:delete.".into(),
            ),
            Self::Failure => (Code::ServerError, "The server failed; try again.".into()),
        };
        OAuthError {
            error,
            error_description: Some(description.into_owned()),
            error_uri: None,
        }
    }
}

/// A parameter's value; one without a value counts as omitted (RFC 6749, sections 3.1 and 3.2).
pub(super) fn given(parameter: &Option<String>) -> Option<&str> {
    parameter.as_deref().filter(|value| !value.is_empty())
}

/// `message` as a sentence of the characters that `error_description` may have (RFC 6749, section 5.2).
fn description(message: &str) -> String {
    let allowed = message.chars().map(|character| match character {
        '"' => '\'',
        ' '..='~' if character != '\\' => character,
        _ => '?',
    });
    allowed.chain(['.']).collect()
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(_) => Self::InvalidClient,
            Kind::Forbidden => Self::InsufficientScope,
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

impl From<InvalidScope> for Error {
    fn from(InvalidScope: InvalidScope) -> Self {
        Self::InvalidScope
    }
}

impl From<Error> for CreateTokenResponse {
    fn from(error: Error) -> Self {
        match error.status() {
            401 => Self::Unauthorized(error.body()),
            413 => Self::ContentTooLarge(error.body()),
            415 => Self::UnsupportedMediaType(error.body()),
            500 => Self::InternalServerError(error.body()),
            _ => Self::BadRequest(error.body()),
        }
    }
}

impl From<Error> for AuthorizeResponse {
    fn from(error: Error) -> Self {
        match error.status() {
            500 => Self::InternalServerError(error.body()),
            _ => Self::BadRequest(error.body()),
        }
    }
}

impl From<Error> for ApproveAuthorizationResponse {
    fn from(error: Error) -> Self {
        match error.status() {
            413 => Self::ContentTooLarge(error.body()),
            415 => Self::UnsupportedMediaType(error.body()),
            500 => Self::InternalServerError(error.body()),
            _ => Self::BadRequest(error.body()),
        }
    }
}

impl From<Error> for RevokeTokenResponse {
    fn from(error: Error) -> Self {
        match error.status() {
            401 => Self::Unauthorized(error.body()),
            403 => Self::Forbidden(error.body()),
            413 => Self::ContentTooLarge(error.body()),
            415 => Self::UnsupportedMediaType(error.body()),
            500 => Self::InternalServerError(error.body()),
            _ => Self::BadRequest(error.body()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::description;

    #[test]
    fn a_description_has_only_the_characters_of_the_rfc() {
        assert_eq!(
            description(r#"`a` must be "b\c" é"#),
            "`a` must be 'b?c' ?."
        );
    }
}
